import getpass

# ruleid: password-echoed
password = input("Password: ")

# ruleid: password-echoed
password = input("Enter your password:")

# ok: password-echoed
password = getpass.getpass("Password: ")

# ok: password-echoed
length = input("Password length: ")
