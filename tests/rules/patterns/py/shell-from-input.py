import os
import shlex
import subprocess

folder = input()

# ruleid: shell-from-input
subprocess.run(f"ls {folder}", shell=True, check=True)

# ruleid: shell-from-input
subprocess.check_output("ls " + folder, shell=True)

# ruleid: shell-from-input
os.system("rm -r %s" % folder)

# ruleid: shell-from-input
os.popen("cat {}".format(folder))

# ok: shell-from-input
subprocess.run(["ls", folder], check=True)

# ok: shell-from-input
subprocess.run("ls -l | wc -l", shell=True, check=True)

# ok: shell-from-input
os.system("ls " + "-l")

# ok: shell-from-input
subprocess.run(f"ls {folder}".split(), check=True)
