// ruleid: llm-key-in-browser
const a = new OpenAI({ apiKey, dangerouslyAllowBrowser: true });
// ruleid: llm-key-in-browser
const b = new Anthropic({ dangerouslyAllowBrowser: true, apiKey });
// ok: llm-key-in-browser
const c = new OpenAI({ apiKey });
// ok: llm-key-in-browser
const d = new OpenAI({ apiKey, dangerouslyAllowBrowser: false });
