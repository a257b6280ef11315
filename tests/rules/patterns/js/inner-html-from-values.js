function show(user, list, count) {
  // ruleid: inner-html-from-values
  card.innerHTML = `<h2>${user.name}</h2>`;
  // ruleid: inner-html-from-values
  list.innerHTML += "<li>" + user.comment + "</li>";
  // ruleid: inner-html-from-values
  box.insertAdjacentHTML("beforeend", `<p class="m">${message}</p>`);
  // ok: inner-html-from-values
  card.innerHTML = "";
  // ok: inner-html-from-values
  card.innerHTML = `<h2>${escapeHtml(user.name)}</h2>`;
  // ok: inner-html-from-values
  card.textContent = `<h2>${user.name}</h2>`;
  // ok: inner-html-from-values
  card.innerHTML = `<td>${count}</td>`;
  // ok: inner-html-from-values
  card.innerHTML = DOMPurify.sanitize(`<p>${user.name}</p>`);
}
