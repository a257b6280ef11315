# ruleid: secret-on-command-line
mysql -u root -p"$DB_PASSWORD" app
# ruleid: secret-on-command-line
sshpass -p "$PASSWORD" ssh deploy@example.com
# ruleid: secret-on-command-line
curl -u "admin:$TOKEN" https://api.example.com
# ruleid: secret-on-command-line
docker login -u deploy -p "$TOKEN" registry.example.com
# ok: secret-on-command-line
mysql --defaults-extra-file=my.cnf app
# ok: secret-on-command-line
docker login -u deploy --password-stdin registry.example.com < token
# ok: secret-on-command-line
curl --netrc-file netrc https://api.example.com
# ok: secret-on-command-line
mysql -u root -p app
