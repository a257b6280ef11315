import os

# ruleid: default-password
password = os.environ.get("DB_PASSWORD", "postgres")


# ruleid: default-password
def connect(host, user="admin", password="admin123"):
    return open_session(host, user, password)


# ruleid: default-password
parser.add_argument("--password", default="letmein")

# ok: default-password
password = os.environ["DB_PASSWORD"]


# ok: default-password
def connect_safely(host, user, password=None):
    return open_session(host, user, password)


# ok: default-password
parser.add_argument("--password", default=None)

# ok: default-password
password = os.environ.get("DB_PASSWORD", "")
