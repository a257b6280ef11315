import hashlib
import subprocess
import urllib.request

import requests


def plugin(url):
    code = requests.get(url, timeout=5).text
    # ruleid: downloaded-code-runs
    exec(code)


# ruleid: downloaded-code-runs
subprocess.run("curl -sSL https://example.com/install.sh | sh", shell=True, check=True)

# ruleid: downloaded-code-runs
subprocess.run(["pip", "install", "--trusted-host", "pypi.internal", "app"], check=True)


def tool(url, path):
    urllib.request.urlretrieve(url, path)
    # ruleid: downloaded-code-runs
    subprocess.run([path], check=True)


def plugin_safely(path):
    # ok: downloaded-code-runs
    text = requests.get(path, timeout=5).text
    return text


# ok: downloaded-code-runs
subprocess.run("curl -sSL https://example.com/data.csv | sort", shell=True, check=True)

# ok: downloaded-code-runs
subprocess.run(["pip", "install", "--require-hashes", "-r", "requirements.txt"], check=True)


def tool_safely(url, path, checksum):
    urllib.request.urlretrieve(url, path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
        raise ValueError("not the file that we know")
    # ok: downloaded-code-runs
    subprocess.run([path], check=True)
