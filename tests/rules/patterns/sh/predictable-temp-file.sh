# ruleid: predictable-temp-file
echo "$data" > /tmp/report.txt
# ruleid: predictable-temp-file
sort names > /tmp/names.$$
# ok: predictable-temp-file
echo "$data" > "$file"
# ok: predictable-temp-file
cat /tmp/report.txt
# ok: predictable-temp-file
echo "$data" > report.txt
# ruleid: predictable-temp-file
work=/tmp/build.$$
# ok: predictable-temp-file
work=$(mktemp)
# ok: predictable-temp-file
work=/tmp/build
