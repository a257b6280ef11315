const name = new URLSearchParams(location.search).get("name");
// ruleid: dom-xss
document.getElementById("hello").innerHTML = "Hello " + name;
// ruleid: dom-xss
document.write(decodeURIComponent(location.hash.slice(1)));
// ruleid: dom-xss
$("#out").html(`<b>${window.location.search}</b>`);
window.addEventListener("message", (event) => {
  // ruleid: dom-xss
  box.insertAdjacentHTML("beforeend", event.data);
});
// ok: dom-xss
document.getElementById("hello").textContent = "Hello " + name;
// ok: dom-xss
box.innerHTML = DOMPurify.sanitize(location.hash);
// ok: dom-xss
box.innerHTML = "<b>fixed</b>";
// ok: dom-xss
box.innerHTML = escapeHtml(name);
