// ruleid: llm-agent-dangerous-option
for await (const m of query({ prompt, options: { permissionMode: "bypassPermissions" } })) log(m);
// ruleid: llm-agent-dangerous-option
const shell = new ShellTool();
// ok: llm-agent-dangerous-option
for await (const m of query({ prompt, options: { permissionMode: "default" } })) log(m);
// ok: llm-agent-dangerous-option
const search = new SearchTool();
