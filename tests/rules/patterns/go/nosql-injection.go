package main

func find(c *mongo.Collection, r *http.Request) {
	// ruleid: nosql-injection
	filter := bson.M{"$where": "this.name == '" + r.FormValue("name") + "'"}
	// ok: nosql-injection
	fixed := bson.M{"$where": "this.credits > this.debits"}
	// ok: nosql-injection
	byName := bson.M{"name": r.FormValue("name")}
	use(filter, fixed, byName)
}
