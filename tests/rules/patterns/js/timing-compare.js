function check(req) {
  const expected = crypto.createHmac("sha256", key).update(req.rawBody).digest("hex");
  // ruleid: timing-compare
  if (req.headers["x-signature"] !== expected) throw new Error("bad signature");
  // ruleid: timing-compare
  if (expected === req.get("x-signature")) return true;
  // ok: timing-compare
  if (crypto.timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return true;
  // ok: timing-compare
  return req.method === "POST";
}
