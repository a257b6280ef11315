import ctypes
import os
import sys

# ruleid: search-path-unsafe
sys.path.insert(0, "/tmp/plugins")

# ruleid: search-path-unsafe
os.environ["PATH"] = ".:" + os.environ["PATH"]

# ruleid: search-path-unsafe
library = ctypes.CDLL("./helper.so")

# ok: search-path-unsafe
sys.path.insert(0, "/opt/app/plugins")

# ok: search-path-unsafe
os.environ["PATH"] = "/opt/app/bin:" + os.environ["PATH"]

# ok: search-path-unsafe
library = ctypes.CDLL("libc.so.6")
