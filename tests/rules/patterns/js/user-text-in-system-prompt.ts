const a = [
  // ruleid: user-text-in-system-prompt
  { role: "system", content: `You help with ${userInput}. Be brief.` },
  // ok: user-text-in-system-prompt
  { role: "user", content: `About ${userInput}` },
  // ok: user-text-in-system-prompt
  { role: "system", content: "Answer in one line." },
  // ok: user-text-in-system-prompt
  { role: "system", content: `Today is ${today}.` },
];
// ruleid: user-text-in-system-prompt
await generateText({ model, system: "You answer: " + req.body.question, prompt: "go" });
// ruleid: user-text-in-system-prompt
await client.messages.create({ model, system: `Help. ${req.body.message}`, messages });
// ok: user-text-in-system-prompt
await client.messages.create({ model, system: RULES, messages: [{ role: "user", content: req.body.message }] });
