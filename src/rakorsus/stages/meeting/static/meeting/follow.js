// Pages that follow: one stream of events per page (<div data-stream data-renew>), as long as it can be
// had; otherwise each box asks again and again, and the server answers 304 as long as nothing changed.
//   <div data-topic="order:12" data-follow="/…/">  is drawn again by the event's HTML, or, where the
//   event says only that something changed, by what its address gives.
// Others listen to `document` for "rakorsus:news" ({topic, head, body}) and "rakorsus:live".
(() => {
  const PAUSE = 2500, PATIENCE = 5000, AGAIN = 20000;
  const root = document.querySelector("[data-stream]");
  const boxes = [...document.querySelectorAll("[data-follow]")];
  const heads = new Map();
  let skew = 0, open = false, source = null, tries = 0;

  const clockFrom = (seconds) => { if (seconds) skew = seconds * 1000 - Date.now(); };
  if (root) clockFrom(Number(root.dataset.now));

  function state(now) {
    open = now;
    document.documentElement.dataset.live = now ? "stream" : "asking";
    for (const mark of document.querySelectorAll("[data-live-mark]")) {
      mark.textContent = now ? mark.dataset.on : mark.dataset.off;
      mark.classList.toggle("pill-good", now);
    }
    document.dispatchEvent(new CustomEvent("rakorsus:live", { detail: { open: now } }));
  }

  // Fragments come without the form's token, since they are the same for everybody.
  function tokens(box) {
    const token = root && root.dataset.csrf;
    if (!token) return;
    for (const form of box.querySelectorAll("form[method=post]")) {
      if (form.querySelector("[name=csrfmiddlewaretoken]")) continue;
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: token });
      form.prepend(field);
    }
  }

  function draw(box, text) {
    if (window.htmx) {
      window.htmx.swap({ target: box, text, swap: "innerMorph", sourceElement: box }).finally(() => drawn(box));
    } else if (!box.contains(document.activeElement)) {
      box.innerHTML = text;
      drawn(box);
    }
  }
  function drawn(box) {
    tokens(box);
    tick();
    document.dispatchEvent(new CustomEvent("rakorsus:drawn", { detail: { box } }));
  }

  const tags = new Map();
  async function ask(box) {
    const tag = tags.get(box);
    const answer = await fetch(box.dataset.follow, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (answer.status !== 200) return;
    tags.set(box, answer.headers.get("ETag") || "");
    draw(box, await answer.text());
  }

  function news(event) {
    const said = JSON.parse(event.data);
    heads.set(said.topic, said.head);
    for (const box of boxes) {
      if (box.dataset.topic !== said.topic) continue;
      if (typeof said.body === "string") draw(box, said.body);
      else if (box.dataset.seen !== said.head) setTimeout(() => ask(box).catch(() => {}), Math.random() * 400);
      box.dataset.seen = said.head;
    }
    // What a page shows with a form half filled in is not drawn again: its reader is told.
    const note = document.querySelector("[data-changed]");
    if (note && said.topic === note.dataset.changed && note.dataset.seen !== said.head) note.hidden = false;
    document.dispatchEvent(new CustomEvent("rakorsus:news", { detail: said }));
  }

  function listen(address) {
    if (!address) return;
    const since = root.dataset.topics.split(" ").map((t) => heads.get(t) || "").join(".");
    source = new EventSource(heads.size ? `${address}&sejak=${encodeURIComponent(since)}` : address);
    const limit = setTimeout(() => { if (!open) lost(); }, PATIENCE);
    source.addEventListener("halo", (event) => { clearTimeout(limit); clockFrom(Number(event.data)); tries = 0; state(true); });
    source.addEventListener("message", news);
    source.addEventListener("lagi", () => { source.close(); renew(); });
    source.addEventListener("error", () => {
      state(false);
      if (source.readyState === EventSource.CLOSED) { clearTimeout(limit); later(); }
    });
  }
  function lost() { source.close(); state(false); later(); }
  function later() { tries += 1; setTimeout(renew, Math.min(AGAIN, 1000 * 2 ** tries) * (0.5 + Math.random())); }
  async function renew() {
    try {
      const answer = await fetch(root.dataset.renew, { cache: "no-store", headers: { Accept: "application/json" }, redirect: "error" });
      listen((await answer.json()).stream);
    } catch { later(); }
  }

  async function poll() {
    if (!open && !document.hidden) {
      for (const box of boxes) {
        try { await ask(box); } catch { /* no connection: the next round asks again */ }
      }
    }
    setTimeout(poll, PAUSE);
  }

  function tick() {
    const now = (Date.now() + skew) / 1000;
    for (const clock of document.querySelectorAll("[data-ends]")) {
      const left = Math.round(Number(clock.dataset.ends) - now);
      const whole = Math.abs(left);
      const text = `${left < 0 ? "−" : ""}${Math.floor(whole / 60)}.${String(whole % 60).padStart(2, "0")}`;
      if (clock.textContent !== text) clock.textContent = text;
      clock.classList.toggle("over", left < 0);
    }
  }

  // The reader's own entries are marked, and what comes next for them is said.
  function mine(box) {
    const own = (box.dataset.mine || "").split(" ").filter(Boolean);
    const note = document.querySelector("[data-turn]");
    if (!own.length || !note) return;
    let next = "";
    for (const row of box.querySelectorAll("[data-offices]")) {
      const hit = row.dataset.offices.split(" ").some((o) => own.includes(o));
      row.classList.toggle("mine", hit);
      if (hit && !next && !row.classList.contains("current")) {
        next = `${row.querySelector("th").textContent.trim()}, ${row.querySelector("td a").textContent.trim()}`;
      }
    }
    const text = next ? `${note.dataset.words} ${next}` : "";
    if (note.textContent.trim() !== text) note.textContent = text;
    note.hidden = !text;
  }
  document.addEventListener("rakorsus:drawn", (event) => mine(event.detail.box));
  for (const box of boxes) mine(box);

  state(false);
  if (root && root.dataset.stream) listen(root.dataset.stream);
  if (boxes.length) setTimeout(poll, PAUSE);
  setInterval(tick, 1000);
  tick();
})();
