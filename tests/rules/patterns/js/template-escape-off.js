// ruleid: template-escape-off
nunjucks.configure("views", { autoescape: false, express: app });
// ruleid: template-escape-off
const t = Handlebars.compile(source, { noEscape: true });
// ruleid: template-escape-off
Mustache.escape = (text) => text;
// ruleid: template-escape-off
const md = new MarkdownIt({ html: true });
// ok: template-escape-off
nunjucks.configure("views", { autoescape: true, express: app });
// ok: template-escape-off
const u = Handlebars.compile(source);
// ok: template-escape-off
Mustache.escape = (text) => escapeHtml(text);
// ok: template-escape-off
const plain = new MarkdownIt({ html: false });
