# ruleid: world-writable-file
chmod 777 /srv/data
# ruleid: world-writable-file
chmod -R 0777 "$folder"
# ruleid: world-writable-file
chmod a+w run.sh
# ok: world-writable-file
chmod 755 /srv/data
# ok: world-writable-file
chmod 1777 /srv/tmp
# ok: world-writable-file
chmod u+w run.sh
# ok: world-writable-file
chmod +x run.sh
