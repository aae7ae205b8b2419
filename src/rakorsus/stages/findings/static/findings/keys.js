// The list and the page of a finding by keyboard: j k move, x choose, a r n answer, Enter open.
// Keys do nothing while one types; all of it can be done without them.
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  let at = -1;

  function go(to) {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows.forEach((row, n) => row.classList.toggle("current", n === at));
    rows[at].scrollIntoView({ block: "nearest" });
    const link = rows[at].querySelector(".main-link");
    if (link) link.focus({ preventScroll: true });
  }

  function answer(value) {
    const scope = document.querySelector("[data-bulk]") || document.querySelector(".answer");
    const radio = scope && scope.querySelector(`input[name=answer][value=${value}]`);
    if (!radio) return;
    if (rows.length && !document.querySelector("input[name=finding]:checked")) tick(true);
    radio.checked = true;
    const next = value === "accept" ? scope.querySelector("button:not([type=button])")
      : scope.querySelector(value === "reject" ? "select[name=cause]" : "textarea[name=reason]");
    if (next) next.focus();
  }

  function tick(force) {
    const box = at >= 0 && rows[at].querySelector("input[name=finding]");
    if (box) box.checked = force || !box.checked;
  }

  const keys = {
    j: () => go(at + 1), k: () => go(at - 1), x: () => tick(false),
    a: () => answer("accept"), r: () => answer("reject"), n: () => answer("need_data"),
    ArrowRight: () => follow("[data-next]"), ArrowLeft: () => follow("[data-prev]"),
  };

  function follow(what) {
    const link = document.querySelector(what);
    if (link) link.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, .map")) return;
    const action = keys[event.key];
    if (action) { event.preventDefault(); action(); }
  });
})();
