# ruleid: protection-off
sudo ufw disable
# ruleid: protection-off
setenforce 0
# ruleid: protection-off
iptables -F
# ruleid: protection-off
systemctl disable --now firewalld
# ruleid: protection-off
sed -i 's/SELINUX=enforcing/SELINUX=disabled/' /etc/selinux/config
# ok: protection-off
ufw allow 443/tcp
# ok: protection-off
setenforce 1
# ok: protection-off
systemctl restart firewalld
# ok: protection-off
# ufw disable
# ok: protection-off
iptables -A INPUT -p tcp --dport 443 -j ACCEPT
