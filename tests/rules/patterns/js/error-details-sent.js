app.use((error, req, res, next) => {
  // ruleid: error-details-sent
  res.status(500).send(error.stack);
});
app.get("/x", (req, res) => {
  try {
    work();
  } catch (error) {
    // ruleid: error-details-sent
    res.status(500).json({ message: "failed", stack: error.stack });
    // ok: error-details-sent
    res.status(500).json({ message: "failed" });
    // ok: error-details-sent
    logger.error(error.stack);
    if (process.env.NODE_ENV !== "production") {
      // ok: error-details-sent
      res.json({ stack: error.stack });
    }
  }
});
// ruleid: error-details-sent
app.get("/debug", (req, res) => res.json(process.env));
// ok: error-details-sent
app.get("/env", (req, res) => res.json({ region: process.env.REGION }));
