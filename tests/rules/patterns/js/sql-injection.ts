app.get("/users", async (req, res) => {
  // ruleid: sql-injection
  const rows = await db.query(`SELECT * FROM users WHERE name = '${req.query.name}'`);
  const sql = "SELECT * FROM orders WHERE id = " + req.params.id;
  // ruleid: sql-injection
  connection.query(sql, done);
  // ruleid: sql-injection
  await prisma.$queryRawUnsafe("SELECT * FROM t WHERE id = " + req.params.id);
  // ruleid: sql-injection
  await knex("users").whereRaw(`name like '%${req.query.q}%'`);
  const { sort } = req.query;
  // ruleid: sql-injection
  await pool.query({ text: `SELECT * FROM users ORDER BY ${sort}` });
  // ok: sql-injection
  await db.query("SELECT * FROM users WHERE name = $1", [req.query.name]);
  // ok: sql-injection
  await prisma.$queryRaw`SELECT * FROM t WHERE id = ${req.params.id}`;
  const id = Number(req.params.id);
  // ok: sql-injection
  await db.query(`SELECT * FROM users WHERE id = ${id}`);
  const column = COLUMNS[req.query.sort];
  // ok: sql-injection
  await db.query(`SELECT * FROM users ORDER BY ${column}`);
  // ok: sql-injection
  await db.query("SELECT 1 FROM users WHERE id = ?", req.params.id);
  // ok: sql-injection
  await db.query(`SELECT * FROM t WHERE name = ${db.escape(req.query.name)}`);
});
