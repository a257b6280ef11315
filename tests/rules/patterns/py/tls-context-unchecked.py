import ssl

import ldap3
import urllib3
from OpenSSL import SSL

# ruleid: tls-context-unchecked
context = ssl._create_unverified_context()

# ruleid: tls-context-unchecked
ssl._create_default_https_context = ssl._create_unverified_context

context = ssl.create_default_context()
# ruleid: tls-context-unchecked
context.check_hostname = False
# ruleid: tls-context-unchecked
context.verify_mode = ssl.CERT_NONE

# ruleid: tls-context-unchecked
pool = urllib3.PoolManager(cert_reqs="CERT_NONE")

# ruleid: tls-context-unchecked
pool = urllib3.HTTPSConnectionPool("api.internal", assert_hostname=False)

# ruleid: tls-context-unchecked
tls = ldap3.Tls(validate=ssl.CERT_NONE)

# ruleid: tls-context-unchecked
SSL.Context(SSL.TLS_METHOD).set_verify(SSL.VERIFY_NONE, None)

# ok: tls-context-unchecked
context = ssl.create_default_context()

# ok: tls-context-unchecked
context.verify_mode = ssl.CERT_REQUIRED

# ok: tls-context-unchecked
context.check_hostname = True

# ok: tls-context-unchecked
pool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED")

# ok: tls-context-unchecked
tls = ldap3.Tls(validate=ssl.CERT_REQUIRED)

# ok: tls-context-unchecked
trusted = context.verify_mode == ssl.CERT_NONE


def context_as_asked(verify):
    context = ssl.create_default_context()
    if not verify:
        # ok: tls-context-unchecked
        context.check_hostname = False
    return context



# ok: tls-context-unchecked
pool = urllib3.PoolManager(cert_reqs=ssl.CERT_REQUIRED)

# ok: tls-context-unchecked
SSL.Context(SSL.TLS_METHOD).set_verify(SSL.VERIFY_PEER, None)
