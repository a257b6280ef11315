# ruleid: weak-key
openssl genrsa -out server.key 1024
# ruleid: weak-key
openssl req -x509 -newkey rsa:1024 -keyout k.pem -out c.pem
# ruleid: weak-key
ssh-keygen -t dsa -f key
# ruleid: weak-key
openssl enc -des3 -in a -out b
# ok: weak-key
openssl genrsa -out server.key 4096
# ok: weak-key
ssh-keygen -t ed25519 -f key
# ok: weak-key
openssl enc -aes-256-cbc -pbkdf2 -in a -out b
# ok: weak-key
openssl req -x509 -newkey rsa:3072 -keyout k.pem -out c.pem
