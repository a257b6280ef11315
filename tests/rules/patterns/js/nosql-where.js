// ruleid: nosql-where
users.find({ $where: `this.name == '${name}'` });
// ruleid: nosql-where
users.find({ $where: "this.age > " + req.query.age });
// ruleid: nosql-where
query.$where("this.owner == '" + owner + "'");
// ok: nosql-where
users.find({ $where: "this.credits == this.debits" });
// ok: nosql-where
users.find({ age: { $gt: Number(age) } });
// ok: nosql-where
users.find({ $where: "this.a " + "> 1" });
