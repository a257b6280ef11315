function a(req, res, next) {
  // ruleid: error-means-allowed
  try {
    req.user = jwt.verify(req.token, key);
    next();
  } catch (error) {
    console.log(error);
    next();
  }
}
function b(user) {
  // ruleid: error-means-allowed
  try {
    acl.checkPermission(user);
    return true;
  } catch (error) {
    return true;
  }
}
function c(req, res, next) {
  // ok: error-means-allowed
  try {
    req.user = jwt.verify(req.token, key);
    next();
  } catch (error) {
    res.sendStatus(401);
  }
}
function d(user) {
  // ok: error-means-allowed
  try {
    cache.load(user);
  } catch (error) {
    return true;
  }
}
