# ruleid: sql-from-values
psql -d app -c "SELECT * FROM users WHERE name = '$1'"
# ruleid: sql-from-values
mysql shop -e "DELETE FROM carts WHERE email = '${email}'"
# ruleid: sql-from-values
sqlite3 app.db "INSERT INTO log VALUES ('$username')"
# ok: sql-from-values
psql -d app -v name="$1" -f find.sql
# ok: sql-from-values
mysql shop -e "SELECT count(*) FROM carts"
# ok: sql-from-values
psql -d "$database" -c "SELECT 1"
# ok: sql-from-values
sqlite3 "$1" "SELECT count(*) FROM log"
