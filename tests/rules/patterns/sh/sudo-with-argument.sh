# ruleid: sudo-with-argument
sudo bash -c "install $1"
# ruleid: sudo-with-argument
sudo $1
# ruleid: sudo-with-argument
sudo sh -c "$cmd"
# ok: sudo-with-argument
sudo systemctl restart "$1"
# ok: sudo-with-argument
sudo bash -c "systemctl restart app"
# ok: sudo-with-argument
echo "$1"
