const mongoose = require("mongoose");

app.post("/login", async (req, res) => {
  // ruleid: nosql-injection
  const user = await User.findOne({ email: req.body.email, password: req.body.password });
  // ruleid: nosql-injection
  const all = await User.find(req.query);
  // ok: nosql-injection
  const one = await User.findOne({ email: String(req.body.email) });
  // ok: nosql-injection
  const two = await User.findOne({ email: { $eq: req.body.email } });
  // ok: nosql-injection
  const names = list.find((item) => item.id === req.body.id);
});

app.post("/reset", async (req, res) => {
  const { email } = req.body;
  // ruleid: nosql-injection
  await User.updateOne({ email }, { $set: { reset: true } });
  // ruleid: nosql-injection
  await User.findOne({ mail: email });
});

app.post("/checked", async (req, res) => {
  const { email } = req.body;
  if (typeof email !== "string") return res.status(400).end();
  // ok: nosql-injection
  await User.findOne({ mail: email });
});
