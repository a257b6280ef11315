# ruleid: sudo-without-password
echo "deploy ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers
# ruleid: sudo-without-password
echo "$USER ALL=(ALL:ALL) NOPASSWD:ALL" | sudo tee /etc/sudoers.d/dev
# ok: sudo-without-password
echo "deploy ALL=(root) NOPASSWD: /usr/bin/systemctl restart app" > /etc/sudoers.d/deploy
# ok: sudo-without-password
# deploy ALL=(ALL) NOPASSWD: ALL
