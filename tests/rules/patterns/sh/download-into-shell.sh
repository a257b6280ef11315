# ruleid: download-into-shell
curl -fsSL https://example.com/install.sh | sh
# ruleid: download-into-shell
curl -fsSL https://example.com/install.sh | sudo bash -s -- --yes
# ruleid: download-into-shell
wget -qO- https://example.com/install.sh | bash
# ruleid: download-into-shell
bash <(curl -s https://example.com/install.sh)
# ok: download-into-shell
curl -fsSLo install.sh https://example.com/install.sh
# ok: download-into-shell
curl -s https://example.com/data.json | jq .name
# ok: download-into-shell
curl -s https://example.com/a.tgz | tar xz
# ok: download-into-shell
wget -q https://example.com/install.sh
