# ruleid: tls-verify-off
curl -k https://api.example.com/data
# ruleid: tls-verify-off
curl -sSfk https://api.example.com/data
# ruleid: tls-verify-off
wget --no-check-certificate https://example.com/a.tgz
# ruleid: tls-verify-off
git config --global http.sslVerify false
# ruleid: tls-verify-off
ssh -o StrictHostKeyChecking=no deploy@example.com
# ok: tls-verify-off
curl -sSf https://api.example.com/data
# ok: tls-verify-off
curl -k https://localhost:8443/health
# ok: tls-verify-off
wget https://example.com/a.tgz
# ok: tls-verify-off
git config --global user.name deploy
# ok: tls-verify-off
ssh -o StrictHostKeyChecking=accept-new deploy@example.com
