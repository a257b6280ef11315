from flask import request
from mcp import StdioServerParameters

# ruleid: mcp-server-from-input
server = StdioServerParameters(command="bash", args=["-c", command])

# ruleid: mcp-server-from-input
server = StdioServerParameters(command=request.json["command"], args=[])

# ok: mcp-server-from-input
server = StdioServerParameters(command="/opt/app/server", args=["--stdio"])

# ok: mcp-server-from-input
server = StdioServerParameters(command=PROGRAMS[name], args=[])
