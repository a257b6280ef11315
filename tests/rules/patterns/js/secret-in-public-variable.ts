// ruleid: secret-in-public-variable
const a = new OpenAI({ apiKey: process.env.NEXT_PUBLIC_OPENAI_API_KEY });
// ruleid: secret-in-public-variable
const b = import.meta.env.VITE_STRIPE_SECRET_KEY;
// ruleid: secret-in-public-variable
const c = createClient(url, process.env.REACT_APP_SUPABASE_SERVICE_ROLE_KEY);
// ok: secret-in-public-variable
const d = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
// ok: secret-in-public-variable
const e = process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY;
// ok: secret-in-public-variable
const f = import.meta.env.VITE_API_URL;
