# ruleid: program-without-tls
wget http://mirror.acme.dev/tool.deb && dpkg -i tool.deb
# ruleid: program-without-tls
curl -O http://get.acme.dev/releases/agent-1.2.tar.gz
# ruleid: program-without-tls
sudo rpm -ivh http://repo.acme.dev/release.rpm
# ok: program-without-tls
wget https://mirror.acme.dev/tool.deb
# ok: program-without-tls
curl -s http://localhost:8080/health.sh
# ok: program-without-tls
curl http://acme.dev/index.html
# ok: program-without-tls
# wget http://mirror.acme.dev/tool.deb
