function run(name, value) {
  // ruleid: eval-of-values
  eval("handler_" + name + "()");
  // ruleid: eval-of-values
  const f = new Function("x", `return x.${name}`);
  // ruleid: eval-of-values
  setTimeout("show('" + value + "')", 100);
  // ok: eval-of-values
  setTimeout(() => show(value), 100);
  // ok: eval-of-values
  setTimeout(show, 100);
  // ok: eval-of-values
  setInterval(() => log(`${name} is waiting`), 100);
  // ok: eval-of-values
  const g = new Function("return " + "this");
  // ok: eval-of-values
  handlers["on" + name]();
}
