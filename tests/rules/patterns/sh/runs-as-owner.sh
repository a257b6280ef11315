# ruleid: runs-as-owner
chmod u+s /usr/local/bin/backup
# ruleid: runs-as-owner
sudo chmod 4755 /opt/tool
# ruleid: runs-as-owner
chmod +s ./helper
# ok: runs-as-owner
chmod 0755 /opt/tool
# ok: runs-as-owner
chmod 1777 /srv/drop
# ok: runs-as-owner
chmod u+x run.sh
# ok: runs-as-owner
chmod -R 755 site
