const router = express.Router();

// ok: route-without-auth
router.get("/items", list);
// ok: route-without-auth
router.post("/items", requireAuth, create);
// ok: route-without-auth
router.put("/items/:id", requireAuth, (req, res) => {
  res.json(update(req.params.id));
});
// ruleid: route-without-auth
router.delete("/items/:id", (req, res) => {
  res.json(remove(req.params.id));
});
// ruleid: route-without-auth
router.patch("/items/:id", change);
// ok: route-without-auth
router.post("/login", login);
