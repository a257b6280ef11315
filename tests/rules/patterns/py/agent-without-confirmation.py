# ruleid: agent-without-confirmation
agent = UserProxyAgent("user", human_input_mode="NEVER", code_execution_config={"work_dir": "work"})

# ruleid: agent-without-confirmation
tool = {"type": "mcp", "server_url": address, "require_approval": "never"}

# ruleid: agent-without-confirmation
options = AgentOptions(permission_mode="bypassPermissions")

# ok: agent-without-confirmation
agent = UserProxyAgent("user", human_input_mode="ALWAYS", code_execution_config={"work_dir": "work"})

# ok: agent-without-confirmation
tool = {"type": "mcp", "server_url": address, "require_approval": "always"}

# ok: agent-without-confirmation
options = AgentOptions(permission_mode="default")
