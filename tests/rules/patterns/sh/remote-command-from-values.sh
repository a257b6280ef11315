# ruleid: remote-command-from-values
ssh web1 "rm -rf /srv/uploads/$1"
# ruleid: remote-command-from-values
ssh -i key deploy@web1 "sudo systemctl restart $name"
# ok: remote-command-from-values
ssh web1 "rm -- ${1@Q}"
# ok: remote-command-from-values
ssh "$1" "uptime"
# ok: remote-command-from-values
ssh web1 "systemctl restart app"
