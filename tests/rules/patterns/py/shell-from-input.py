import asyncio
import os
import shlex
import subprocess

from flask import request

COMMANDS = {"up": "uptime"}
folder = input()

# ruleid: shell-from-input
subprocess.run(f"ls {folder}", shell=True, check=True)

# ruleid: shell-from-input
os.popen("cat {}".format(folder))


def execute(command):
    # ruleid: shell-from-input
    return subprocess.Popen(command, shell=True, stdout=subprocess.PIPE)


async def tool(name: str):
    # ruleid: shell-from-input
    return await asyncio.create_subprocess_shell(f"tool --name {name}")


def restart(client, service):
    # ruleid: shell-from-input
    client.exec_command("systemctl restart " + service)


def ping():
    host = request.args.get("host")
    # ruleid: shell-from-input
    os.system("ping -c 1 %s" % host)
    # ruleid: shell-from-input
    subprocess.run(["bash", "-c", "ping " + host], check=True)


def lookup():
    values = {"a": "fixed", "b": request.args["b"]}
    # ok: shell-from-input
    os.system("echo " + values["a"])
    # ruleid: shell-from-input
    os.system("echo " + values["b"])


def fixed():
    # ok: shell-from-input
    subprocess.run(["ls", folder], check=True)
    # ok: shell-from-input
    subprocess.run("ls -l | wc -l", shell=True, check=True)
    # ok: shell-from-input
    os.system("ls " + "-l")


def quoted(name):
    # ok: shell-from-input
    os.system("tar czf out.tgz " + shlex.quote(name))


def split(name):
    # ok: shell-from-input
    subprocess.run(["ls", "--", name], check=True)


def listed():
    command = COMMANDS.get(request.args.get("c"))
    # ok: shell-from-input
    return subprocess.check_output(command, shell=True)


def number():
    count = int(request.args["count"])
    # ok: shell-from-input
    os.system(f"head -n {count} log.txt")


def shadowed(name):
    name = "fixed"
    # ok: shell-from-input
    os.system("echo " + name)


class Converter:
    def __init__(self, source):
        self.source = source
        self.program = "convert"

    def convert(self):
        # ruleid: shell-from-input
        return os.system("convert {} out.png".format(self.source))

    def convert_safely(self):
        # ok: shell-from-input
        return subprocess.run([self.program, self.source, "out.png"], check=True)

    def quoted(self):
        # ok: shell-from-input
        return os.system("convert " + shlex.quote(self.source) + " out.png")


def count():
    arguments = argparse.ArgumentParser().parse_args()
    # ruleid: shell-from-input
    with os.popen("wc -l %s" % arguments.log) as pipe:
        print(pipe.read())


def render(template, number):
    command = " ".join(["wkhtmltopdf", template, "out.pdf"])
    # ruleid: shell-from-input
    subprocess.call(command, shell=True)
    # ok: shell-from-input
    subprocess.call(" ".join(["wkhtmltopdf", "in.html", "out.pdf"]), shell=True)
    # ok: shell-from-input
    subprocess.call(["wkhtmltopdf", template, "out.pdf"])


def chosen(host):
    if not re.fullmatch(r"[a-z.]+", host):
        raise ValueError(host)
    # ok: shell-from-input
    os.system("ping " + host)
