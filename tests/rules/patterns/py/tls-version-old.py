import ssl

from OpenSSL import SSL

# ruleid: tls-version-old
context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)

# ruleid: tls-version-old
context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)

# ruleid: tls-version-old
connection = ssl.wrap_socket(plain)

# ruleid: tls-version-old
context.minimum_version = ssl.TLSVersion.TLSv1

# ruleid: tls-version-old
context = SSL.Context(SSL.SSLv3_METHOD)

# ruleid: tls-version-old
context.set_ciphers("DEFAULT:RC4")

# ok: tls-version-old
context = ssl.create_default_context()

# ok: tls-version-old
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

# ok: tls-version-old
context.minimum_version = ssl.TLSVersion.TLSv1_2

# ok: tls-version-old
connection = context.wrap_socket(plain, server_hostname=host)

# ok: tls-version-old
context = SSL.Context(SSL.TLS_METHOD)

# ok: tls-version-old
context.set_ciphers("HIGH:!aNULL:!MD5:!RC4")
