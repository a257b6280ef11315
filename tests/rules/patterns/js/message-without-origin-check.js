// ruleid: message-without-origin-check
window.addEventListener("message", (event) => {
  store.token = event.data.token;
});
// ruleid: message-without-origin-check
window.onmessage = function (event) {
  run(event.data);
};
// ok: message-without-origin-check
window.addEventListener("message", (event) => {
  if (event.origin !== "https://app.example.com") return;
  run(event.data);
});
// ok: message-without-origin-check
window.addEventListener("resize", (event) => {
  run(event);
});
