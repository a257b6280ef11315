import mysql.connector
import psycopg2
from sqlalchemy import create_engine

# ruleid: database-without-tls
connection = psycopg2.connect(host="db.internal", dbname="app", sslmode="disable")

# ruleid: database-without-tls
engine = create_engine("postgresql://db.internal/app?sslmode=disable")

# ruleid: database-without-tls
connection = mysql.connector.connect(host="db.internal", ssl_disabled=True)

# ruleid: database-without-tls
options = {"host": "db.internal", "sslmode": "disable"}

# ok: database-without-tls
connection = psycopg2.connect(host="db.internal", dbname="app", sslmode="verify-full")

# ok: database-without-tls
engine = create_engine("postgresql://db.internal/app?sslmode=require")

# ok: database-without-tls
connection = mysql.connector.connect(host="db.internal", ssl_verify_identity=True)

# ok: database-without-tls
options = {"host": "db.internal", "sslmode": "require"}
