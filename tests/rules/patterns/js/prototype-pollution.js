app.post("/settings", (req, res) => {
  // ruleid: prototype-pollution
  _.merge(settings, req.body);
  // ruleid: prototype-pollution
  _.set(settings, req.body.path, req.body.value);
  // ruleid: prototype-pollution
  $.extend(true, settings, req.query);
  // ruleid: prototype-pollution
  settings[req.body.group][req.body.key] = req.body.value;
  // ruleid: prototype-pollution
  deepMerge(settings, req.body);
  // ok: prototype-pollution
  _.merge(settings, { theme: req.body.theme });
  // ok: prototype-pollution
  _.set(settings, "theme", req.body.theme);
  // ok: prototype-pollution
  audit(settings, req.body);
  // ok: prototype-pollution
  settings.theme = req.body.theme;
  // ok: prototype-pollution
  validate(schema, req.body);
});
