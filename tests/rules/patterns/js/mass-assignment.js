app.post("/users", async (req, res) => {
  // ruleid: mass-assignment
  const user = new User(req.body);
  // ruleid: mass-assignment
  await User.create(req.body);
  // ruleid: mass-assignment
  Object.assign(user, req.body);
  // ruleid: mass-assignment
  await User.findByIdAndUpdate(req.params.id, req.body, { new: true });
  // ruleid: mass-assignment
  await prisma.user.update({ where: { id }, data: req.body });
  // ruleid: mass-assignment
  await user.update(req.body);
  // ok: mass-assignment
  await User.create({ name: req.body.name, email: req.body.email });
  // ok: mass-assignment
  const dto = new CreateUserDto(req.body);
  // ok: mass-assignment
  const parsed = schema.parse(req.body);
  // ok: mass-assignment
  await User.create(parsed);
  // ok: mass-assignment
  Object.assign(user, { name: req.body.name });
  // ok: mass-assignment
  hash.update(req.body);
});
