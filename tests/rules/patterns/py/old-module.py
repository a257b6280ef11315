# ruleid: old-module
import imp

# ruleid: old-module
import telnetlib

# ok: old-module
import importlib

# ok: old-module
import argon2
