import sqlite3

from flask import request
from psycopg2 import sql

TABLE = "users"
COLUMNS = {"name": "name", "date": "created_at"}


def get_user(cursor, username):
    # ruleid: sql-from-values
    cursor.execute(f"SELECT * FROM users WHERE name = '{username}'")


def add(cursor, name):
    # ruleid: sql-from-values
    cursor.execute("INSERT INTO users (name) VALUES ('%s')" % name)


def filtered(cursor, filters):
    query = "SELECT * FROM users WHERE 1=1"
    for key, value in filters.items():
        # ruleid: sql-from-values
        query += f" AND {key} = '{value}'"
    cursor.execute(query)


def search():
    term = request.args.get("q")
    # ruleid: sql-from-values
    query = "SELECT id FROM products WHERE name LIKE '%" + term + "%'"
    # ruleid: sql-from-values
    other = "UPDATE products SET name = '{}'".format(term)
    return sqlite3.connect("shop.db").execute(query), other


def listed(cursor):
    column = request.args["column"]
    # ruleid: sql-from-values
    cursor.execute(f"SELECT {column} FROM products")


def raw(cursor):
    # ruleid: sql-from-values
    cursor.execute(request.form["query"])


def bound(cursor, username):
    # ok: sql-from-values
    cursor.execute("SELECT * FROM users WHERE name = ?", (username,))


def counted(cursor, ids):
    marks = ",".join("?" for _ in ids)
    # ok: sql-from-values
    cursor.execute(f"SELECT * FROM t WHERE id IN ({marks})", list(ids))


def sorted_by(cursor, sort):
    # ok: sql-from-values
    cursor.execute(f"SELECT * FROM t ORDER BY {COLUMNS.get(sort, 'name')}")


def allowed(cursor, sort):
    if sort not in COLUMNS:
        raise ValueError(sort)
    # ok: sql-from-values
    cursor.execute("SELECT * FROM t ORDER BY " + sort)


def number(cursor, uid):
    # ok: sql-from-values
    cursor.execute(f"SELECT * FROM t WHERE id = {int(uid)}")


def typed(cursor, uid: int):
    # ok: sql-from-values
    cursor.execute(f"SELECT * FROM t WHERE id = {uid}")


def constant(cursor):
    # ok: sql-from-values
    cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE active = 1")


def composed(cursor, table):
    # ok: sql-from-values
    cursor.execute(sql.SQL("SELECT * FROM {} WHERE a = 1").format(sql.Identifier(table)))


def overwritten(cursor, name):
    if 7 * 18 + 106 > 200:
        name = "fixed"
    else:
        name = request.args["name"]
    # ok: sql-from-values
    cursor.execute(f"SELECT * FROM t WHERE name = '{name}'")


def sorted_items(cursor, column, direction):
    statement = "SELECT id FROM items "
    # ruleid: sql-from-values
    statement += "ORDER BY " + column + " " + direction
    cursor.execute(statement)


def of_author(request):
    author = request.GET.get("author")
    # ruleid: sql-from-values
    return Book.objects.extra(where=["author = '%s'" % author])


def of_author_safely(request):
    # ok: sql-from-values
    return Book.objects.extra(where=["author = %s"], params=[request.GET.get("author")])


def sorted_safely(cursor, number):
    statement = "SELECT id FROM items "
    # ok: sql-from-values
    statement += "LIMIT " + str(int(number))
    cursor.execute(statement)


def greeting(name, choices):
    # ok: sql-from-values
    text = "Order by " + name
    # ok: sql-from-values
    text += "Limit reached? " + name
    return text


def user(request):
    number = request.matchdict["number"]
    # ruleid: sql-from-values
    return connection.execute("SELECT name FROM users WHERE id = " + number).fetchone()


class Search(tornado.web.RequestHandler):
    def get(self):
        text = self.get_query_argument("q", "")
        # ruleid: sql-from-values
        self.cursor.execute("SELECT id FROM docs WHERE body ILIKE '%%%s%%'" % text)

    def post(self):
        text = self.get_query_argument("q", "")
        # ok: sql-from-values
        self.cursor.execute("SELECT id FROM docs WHERE body ILIKE %s", (f"%{text}%",))


@router.get("/logs")
async def logs(order: Literal["asc", "desc"] = "asc", limit: int = Query(10, le=100)):
    # ok: sql-from-values
    return await database.fetch_all(f"SELECT id FROM logs ORDER BY id {order} LIMIT {limit}")


@router.get("/days")
async def days(day: datetime.date, code: str = Query(..., pattern="^[a-z]{3}$")):
    # ok: sql-from-values
    return await database.fetch_all(f"SELECT id FROM logs WHERE day = '{day}'")


@router.get("/authors")
async def authors(name: str = Query(...)):
    # ruleid: sql-from-values
    return await database.fetch_all(f"SELECT id FROM authors WHERE name = '{name}'")
