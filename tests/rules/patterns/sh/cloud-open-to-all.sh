# ruleid: cloud-open-to-all
aws s3 cp dump.sql s3://acme-site/ --acl public-read
# ruleid: cloud-open-to-all
aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 0.0.0.0/0
# ruleid: cloud-open-to-all
gcloud run deploy api --image api --allow-unauthenticated
# ruleid: cloud-open-to-all
kubectl create clusterrolebinding ci --clusterrole=cluster-admin --serviceaccount=ci:default
# ok: cloud-open-to-all
aws s3 cp site s3://acme-site/ --recursive
# ok: cloud-open-to-all
aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 443 --cidr 0.0.0.0/0
# ok: cloud-open-to-all
gcloud run deploy api --image api --no-allow-unauthenticated
# ok: cloud-open-to-all
kubectl create rolebinding ci --role=deployer --serviceaccount=ci:default
