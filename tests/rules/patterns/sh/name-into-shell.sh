# ruleid: name-into-shell
find . -name "*.log" -exec sh -c "gzip {}" \;
# ruleid: name-into-shell
ls | xargs -I % sh -c "wc -l %"
# ok: name-into-shell
find . -exec sh -c 'gzip -- "$1"' sh {} \;
# ok: name-into-shell
find . -name "*.log" -exec gzip {} +
# ok: name-into-shell
ls | xargs -I % wc -l %
