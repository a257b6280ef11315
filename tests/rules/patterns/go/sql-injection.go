package main

func find(db *sql.DB, name string, id int) {
	// ruleid: sql-injection
	db.Query("SELECT * FROM users WHERE name = '" + name + "'")
	// ruleid: sql-injection
	db.QueryContext(ctx, fmt.Sprintf("SELECT * FROM users WHERE name = '%s'", name))
	query := fmt.Sprintf("DELETE FROM users WHERE name = '%s'", name)
	// ruleid: sql-injection
	db.Exec(query)
	text := "SELECT id FROM accounts WHERE email = '" + name + "'"
	// ruleid: sql-injection
	db.QueryContext(ctx, text)
	// ruleid: sql-injection
	db.Where("name LIKE '%" + name + "%'").Find(&users)
	// ruleid: sql-injection
	db.Where(fmt.Sprintf("name = '%s'", name)).Find(&users)
	// ok: sql-injection
	db.Where("active = ?", true).Find(&users)
	// ok: sql-injection
	db.Where("name LIKE ?", "%"+name+"%").Find(&users)
	// ok: sql-injection
	db.Query("SELECT * FROM users WHERE name = $1", name)
	// ok: sql-injection
	db.Query(fmt.Sprintf("SELECT * FROM users WHERE id = %d", id))
	// ok: sql-injection
	db.Exec(fmt.Sprintf("SELECT * FROM %s WHERE id = $1", table), id)
	// ok: sql-injection
	log.Get("SELECT * FROM users WHERE id = 1")
}
