// What pages gain when scripts run; every page works without.

// Ask before what cannot be undone: <form data-confirm="…">.
document.addEventListener("submit", (event) => {
  const words = event.target.dataset && event.target.dataset.confirm;
  if (words && !window.confirm(words)) event.preventDefault();
});

// A choice that sends its form at once: <select data-send>; the button beside it is then not needed.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
});

// Tick all rows of a table: <input type=checkbox data-all="name">.
document.addEventListener("change", (event) => {
  const name = event.target.dataset && event.target.dataset.all;
  if (!name) return;
  for (const box of document.querySelectorAll(`input[type=checkbox][name="${name}"]`)) box.checked = event.target.checked;
});

// Print and copy: <button data-print>, <button data-copy="text">.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print], [data-copy]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  else navigator.clipboard.writeText(button.dataset.copy || location.href).then(() => { button.textContent = "✓"; });
});

// Where tabs or the menu are wider than the phone, the present one is in sight.
for (const bar of document.querySelectorAll(".tabs, .site nav")) {
  const here = bar.querySelector("[aria-current]");
  if (here && bar.scrollWidth > bar.clientWidth) bar.scrollLeft += here.getBoundingClientRect().right - bar.getBoundingClientRect().right + 48;
}
