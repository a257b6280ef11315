package main

func list(c echo.Context, r *http.Request) {
	// ruleid: sql-from-request
	db.Query("SELECT * FROM items ORDER BY " + c.QueryParam("sort"))
	var form struct{ Name string }
	json.NewDecoder(r.Body).Decode(&form)
	// ruleid: sql-from-request
	db.ExecContext(ctx, "UPDATE items SET name = '"+form.Name+"'")
	// ruleid: sql-from-request
	orm.Order(r.FormValue("order")).Find(&items)
	// ok: sql-from-request
	db.Query("SELECT * FROM items ORDER BY " + columns[c.QueryParam("sort")])
	// ok: sql-from-request
	db.Query("SELECT * FROM items WHERE id = $1", c.QueryParam("id"))
	// ok: sql-from-request
	orm.Where("name = ?", form.Name).Find(&items)
	// ok: sql-from-request
	orm.Raw("SELECT * FROM items WHERE name = ?", c.Query("name")).Scan(&items)
}
