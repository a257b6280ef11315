# ruleid: signature-check-off
apt-get install -y --allow-unauthenticated acme-agent
# ruleid: signature-check-off
yum install -y --nogpgcheck acme-agent
# ruleid: signature-check-off
apk add --allow-untrusted acme.apk
# ruleid: signature-check-off
echo "deb [trusted=yes] https://repo.acme.dev stable main" > /etc/apt/sources.list.d/acme.list
# ok: signature-check-off
apt-get install -y acme-agent
# ok: signature-check-off
echo "deb [signed-by=/etc/apt/keyrings/acme.gpg] https://repo.acme.dev stable main"
# ok: signature-check-off
yum install -y acme-agent
# ok: signature-check-off
# apt-get install --allow-unauthenticated x
