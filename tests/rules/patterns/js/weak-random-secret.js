// ruleid: weak-random-secret
const token = Math.random().toString(36).slice(2);
// ruleid: weak-random-secret
user.resetToken = `${user.id}-${Math.random()}`;
// ruleid: weak-random-secret
const otp = Math.floor(100000 + Math.random() * 900000);
// ruleid: weak-random-secret
save({ apiKey: "k_" + Math.random().toString(36) });
function generatePassword() {
  // ruleid: weak-random-secret
  return Math.random().toString(36);
}
// ok: weak-random-secret
const secret = crypto.randomBytes(32).toString("hex");
// ok: weak-random-secret
const delay = Math.random() * 1000;
// ok: weak-random-secret
const tokenColor = Math.random();
// ok: weak-random-secret
user.position = Math.random();
// ok: weak-random-secret
function shuffle(list) {
  return list.sort(() => Math.random() - 0.5);
}
function generateToken(length) {
  let token = "";
  for (let i = 0; i < length; i++) {
    // ruleid: weak-random-secret
    token += LETTERS[Math.floor(Math.random() * LETTERS.length)];
  }
  return token;
}
function roll(sides) {
  // ok: weak-random-secret
  return Math.floor(Math.random() * sides);
}
