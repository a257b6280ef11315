import asyncssh
import paramiko
import pysftp

client = paramiko.SSHClient()
# ruleid: ssh-host-key-unchecked
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())

# ruleid: ssh-host-key-unchecked
client.set_missing_host_key_policy(paramiko.WarningPolicy)

options = pysftp.CnOpts()
# ruleid: ssh-host-key-unchecked
options.hostkeys = None

# ruleid: ssh-host-key-unchecked
command = ["ssh", "-o", "StrictHostKeyChecking=no", host, "uptime"]


async def connect(host):
    # ruleid: ssh-host-key-unchecked
    return await asyncssh.connect(host, known_hosts=None)


# ok: ssh-host-key-unchecked
client.load_system_host_keys()

# ok: ssh-host-key-unchecked
client.set_missing_host_key_policy(paramiko.RejectPolicy())

# ok: ssh-host-key-unchecked
command = ["ssh", "-o", "StrictHostKeyChecking=yes", host, "uptime"]

# ok: ssh-host-key-unchecked
policy = paramiko.AutoAddPolicy

# ok: ssh-host-key-unchecked
options.hostkeys.load("/etc/ssh/known_hosts")
