import os
import stat
import subprocess
from pathlib import Path

# ruleid: file-open-to-all
os.chmod(path, 0o777)

# ruleid: file-open-to-all
os.makedirs(folder, mode=0o777)

# ruleid: file-open-to-all
Path(path).chmod(0o666)

# ruleid: file-open-to-all
os.chmod(path, stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)

# ruleid: file-open-to-all
subprocess.run(["sudo", "chmod", "-R", "777", "/var/www"], check=True)

# ruleid: file-open-to-all
os.system("chmod 777 /srv/app")

# ok: file-open-to-all
os.chmod(path, 0o600)

# ok: file-open-to-all
os.makedirs(folder, mode=0o750, exist_ok=True)

# ok: file-open-to-all
Path(path).chmod(0o755)

# ok: file-open-to-all
os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)

# ok: file-open-to-all
subprocess.run(["chmod", "640", path], check=True)

# ok: file-open-to-all
os.system("chmod 755 /srv/app")

# ok: file-open-to-all
handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)


# ruleid: file-open-to-all
os.open(path, os.O_CREAT | os.O_WRONLY, 0o777)
# ok: file-open-to-all
os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
# ok: file-open-to-all
os.open(path, os.O_CREAT | os.O_WRONLY, 0o666)
