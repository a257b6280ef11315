const vm = require("vm");

app.post("/calc", (req, res) => {
  // ruleid: code-injection
  const result = eval(req.body.expression);
  // ruleid: code-injection
  const f = new Function("x", "return " + req.body.formula);
  const { script } = req.body;
  // ruleid: code-injection
  vm.runInNewContext(script, {});
  // ruleid: code-injection
  const plugin = require(req.query.plugin);
  // ruleid: code-injection
  res.send(ejs.render(req.body.template, { user }));
  // ok: code-injection
  const data = JSON.parse(req.body.expression);
  // ok: code-injection
  res.send(ejs.render("<p><%= name %></p>", data));
  // ok: code-injection
  const action = ACTIONS[req.body.name];
  // ok: code-injection
  eval("1 + 1");
  const n = Number(req.query.n);
  // ok: code-injection
  eval(`f(${n})`);
});

// ok: code-injection
const fs = require("fs");
// ruleid: code-injection
eval(decodeURIComponent(window.location.hash.slice(1)));
