export async function find(name: string, age: number) {
  // ruleid: sql-from-values
  await db.query(`SELECT * FROM users WHERE name = '${name}'`);
  // ruleid: sql-from-values
  await db.query("SELECT * FROM users WHERE name = '" + name + "'");
  // ruleid: sql-from-values
  db.run(`INSERT INTO users (name) VALUES ('${name}')`);
  // ruleid: sql-from-values
  await client.execute(`DELETE FROM users WHERE name like '%${name}%'`);
  // ok: sql-from-values
  await db.query("SELECT * FROM users WHERE name = $1", [name]);
  // ok: sql-from-values
  await db.query(`SELECT * FROM users WHERE name = ?`, [name]);
  // ok: sql-from-values
  await sql`SELECT * FROM users WHERE name = ${name}`;
  // ok: sql-from-values
  await db.query("SELECT name " + "FROM users WHERE age = 3");
  // ok: sql-from-values
  await db.query(`SELECT * FROM ${TABLE} WHERE id = $1`, [age]);
  // ok: sql-from-values
  log.get(`update the set ${name}`);
  // ok: sql-from-values
  await db.query(`SELECT * FROM users WHERE name = ${escape(name)}`);
}
function findUser(name, callback) {
  const sql = "SELECT * FROM users WHERE name = '" + name + "'";
  // ruleid: sql-from-values
  pool.query(sql, callback);
}
function findUserSafely(name, callback) {
  const sql = "SELECT * FROM users WHERE name = ?";
  // ok: sql-from-values
  pool.query(sql, [name], callback);
}
