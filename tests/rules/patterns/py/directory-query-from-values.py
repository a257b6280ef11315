import ldap
from flask import request
from ldap3.utils.conv import escape_filter_chars


def find_user(connection, username):
    # ruleid: directory-query-from-values
    return connection.search_s("dc=example", ldap.SCOPE_SUBTREE, f"(uid={username})")


def find_person(connection, name):
    # ruleid: directory-query-from-values
    connection.search("dc=example", "(&(objectClass=person)(cn=" + name + "))")


def find_node(tree, user):
    # ruleid: directory-query-from-values
    return tree.xpath("//user[name='" + user + "']")


def find_logs(collection, name):
    # ruleid: directory-query-from-values
    return collection.find({"$where": f"this.name == '{name}'"})


def login(db):
    data = request.get_json()
    # ruleid: directory-query-from-values
    return db.users.find_one({"name": data["name"]})


def escaped(connection, username):
    # ok: directory-query-from-values
    connection.search("dc=example", f"(uid={escape_filter_chars(username)})")


def everyone(connection):
    # ok: directory-query-from-values
    return connection.search_s("dc=example", ldap.SCOPE_SUBTREE, "(objectClass=person)")


def variable(tree, user):
    # ok: directory-query-from-values
    return tree.xpath("//user[name=$u]", u=user)


def as_text(db):
    data = request.get_json()
    # ok: directory-query-from-values
    return db.users.find_one({"name": str(data["name"])})


def checked(tree):
    name = request.args["name"]
    if "'" in name:
        return "no"
    # ok: directory-query-from-values
    return tree.xpath(f"//user[name='{name}']")


def bind(server, username, password):
    # ruleid: directory-query-from-values
    return Connection(server, user=f"uid={username},ou=people,dc=corp", password=password)


def bind_escaped(server, username, password):
    # ok: directory-query-from-values
    return Connection(server, user=f"uid={escape_rdn(username)},ou=people,dc=corp", password=password)
