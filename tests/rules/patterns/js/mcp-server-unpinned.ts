// ruleid: mcp-server-unpinned
const a = new StdioClientTransport({ command: "npx", args: ["-y", "@example/mcp-server-files"] });
// ruleid: mcp-server-unpinned
const b = new StdioClientTransport({ command: "uvx", args: ["example-mcp@latest", "--root", "."] });
// ok: mcp-server-unpinned
const c = new StdioClientTransport({ command: "npx", args: ["-y", "@example/mcp-server-files@1.4.2"] });
// ok: mcp-server-unpinned
const d = new StdioClientTransport({ command: "node", args: ["server.js"] });
