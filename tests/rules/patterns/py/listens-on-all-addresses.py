import socket

from flask import Flask

app = Flask(__name__)
# ruleid: listens-on-all-addresses
app.run(host="0.0.0.0", port=80)
server = socket.socket()
# ruleid: listens-on-all-addresses
server.bind(("0.0.0.0", 8080))
# ok: listens-on-all-addresses
server.bind(("127.0.0.1", 8080))
# ok: listens-on-all-addresses
app.run(host="127.0.0.1")


async def serve():
    # ruleid: listens-on-all-addresses
    await asyncio.start_server(handle, "0.0.0.0", 8888)
    # ok: listens-on-all-addresses
    await asyncio.start_server(handle, "127.0.0.1", 8888)
