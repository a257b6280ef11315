from mcp import StdioServerParameters

# ruleid: mcp-server-not-pinned
server = StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem", "/srv"])

# ruleid: mcp-server-not-pinned
server = {"command": "uvx", "args": ["mcp-server-git"]}

# ok: mcp-server-not-pinned
server = StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "/srv"])

# ok: mcp-server-not-pinned
server = {"command": "uvx", "args": ["mcp-server-git==2025.8.4"]}

# ok: mcp-server-not-pinned
server = StdioServerParameters(command="python", args=["server.py"])
