app.post("/login", (req, res) => {
  // ruleid: log-injection
  console.log(`login of ${req.body.user}`);
  // ruleid: log-injection
  logger.warn("no such page: " + req.query.page);
  // ok: log-injection
  logger.info({ user: req.body.user }, "login");
  // ok: log-injection
  console.log(`login of ${JSON.stringify(req.body.user)}`);
  // ok: log-injection
  console.log(`login of ${user.id}`);
});
