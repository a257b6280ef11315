import re

# ruleid: regex-backtracks
MAIL = re.compile(r"^([a-zA-Z0-9]+)+@example$")
# ruleid: regex-backtracks
WORDS = re.compile(r"^(\w+)*$")
# ruleid: regex-backtracks
ANY = re.match("(.*)+x", "text")
# ok: regex-backtracks
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
# ok: regex-backtracks
ADDRESS = re.compile(r"^[\w.+-]+@[\w-]+\.[\w.]+$")
# ok: regex-backtracks
PAIR = re.compile(r"(a+)(b+)")


# ruleid: regex-backtracks
re.match(r"^(\w+\s?)*$", name)
# ok: regex-backtracks
re.match(r"^\w+(?:,\w+)*$", name)
