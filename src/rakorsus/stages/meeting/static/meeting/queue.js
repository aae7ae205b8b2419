// Check-in through a lost connection: what cannot be sent is kept in the browser and sent again.
// Each arrival has an id made here once, so that sending it twice does not count it twice. Only the
// server's own word (noted, or refused with a reason) takes an arrival off the list.
const KEY = "rakorsus.arrivals", REFUSED = "rakorsus.arrivals.refused";
const english = document.documentElement.lang === "en";
const WORDS = english
  ? { wait: (n) => `${n} arrivals wait for the connection; they are sent by themselves.`, sign: "Sign in again as secretariat to send them.", refused: "Refused:", noted: "noted", looking: "Hold the guest's code before the camera.", none: "This browser cannot read codes; use the phone's own camera app.", kept: "kept, waits for the connection", foreign: "This is no invitation's code." }
  : { wait: (n) => `${n} kehadiran menunggu sambungan; dikirim sendiri begitu tersambung.`, sign: "Masuk lagi sebagai sekretariat untuk mengirimnya.", refused: "Ditolak:", noted: "dicatat", looking: "Arahkan kamera ke kode tamu.", none: "Peramban ini tidak dapat membaca kode; pakai aplikasi kamera ponsel.", kept: "disimpan, menunggu sambungan", foreign: "Ini bukan kode undangan." };
const load = (key) => JSON.parse(localStorage.getItem(key) || "[]");
const save = (key, all) => localStorage.setItem(key, JSON.stringify(all));
const box = document.querySelector("[data-queue]");
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
let signedOut = false;

function show() {
  if (!box) return;
  const count = load(KEY).length, refused = load(REFUSED);
  box.hidden = count === 0 && refused.length === 0;
  box.replaceChildren();
  if (count) box.append(`${WORDS.wait(count)} ${signedOut ? WORDS.sign : ""}`);
  for (const one of refused) {
    const line = document.createElement("p");
    line.className = "bad-text";
    line.textContent = `${WORDS.refused} ${one.name} – ${one.why}`;
    box.append(line);
  }
}

// Gives the server's word; throws when there is none, so that the arrival stays on the list.
async function send(arrival) {
  const body = new URLSearchParams({ ...arrival.fields, csrfmiddlewaretoken: token() });
  const answer = await fetch(arrival.url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
  signedOut = answer.status === 403;
  if (answer.status !== 200 && answer.status !== 409 && answer.status !== 400) throw new Error(String(answer.status));
  return answer.json();
}

let draining = false;
async function drain() {
  if (draining) return;
  draining = true;
  for (const arrival of load(KEY)) {
    try {
      const said = await send(arrival);
      if (said.error) save(REFUSED, [...load(REFUSED), { name: arrival.name, why: said.error }].slice(-8));
    } catch { break; }
    save(KEY, load(KEY).filter((other) => other.fields.client !== arrival.fields.client));
  }
  draining = false;
  show();
}

// Send now, or keep it. Gives what the page should say.
async function arrive(arrival) {
  arrival.fields.at = new Date().toISOString();
  try {
    const said = await send(arrival);
    return { good: !said.error, text: said.error || said.who || "✓" };
  } catch {
    if (!load(KEY).some((other) => other.fields.client === arrival.fields.client)) save(KEY, [...load(KEY), arrival]);
    show();
    return { good: true, kept: true, text: WORDS.kept };
  }
}

function pill(said) {
  const mark = document.createElement("span");
  mark.className = `pill ${said.kept ? "pill-medium" : said.good ? "pill-good" : "pill-bad"}`;
  mark.setAttribute("role", "status");
  mark.textContent = said.text;
  return mark;
}

const nameOf = (row) => row?.querySelector("strong")?.textContent || "";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-arrive]")) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    fields.client = form.dataset.client;
    form.replaceWith(pill(await arrive({ url: location.pathname, name: nameOf(form.closest("li")), fields })));
  } else if (form.matches("[data-arrive-walk]")) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    fields.client = fresh();
    const said = await arrive({ url: new URL(form.action).pathname, name: fields.name || fields.post || "", fields });
    form.querySelector("[data-said]").replaceChildren(pill(said));
    if (said.good) form.reset();
  } else if (form.matches("#serentak") && !navigator.onLine) {
    // Without a connection a delegation is kept one by one, under the same ids as its single buttons.
    event.preventDefault();
    for (const tick of document.querySelectorAll("input[name=participant][form=serentak]:checked")) {
      const row = tick.closest("li"), single = row.querySelector("[data-arrive]");
      if (!single) continue;
      const fields = { participant: tick.value, client: single.dataset.client };
      tick.disabled = true;
      single.replaceWith(pill(await arrive({ url: location.pathname, name: nameOf(row), fields })));
    }
  }
});

// Codes by this page's own camera, also while there is no connection.
const scan = document.querySelector("[data-scan]");
if (scan) {
  const video = scan.querySelector("video"), says = scan.querySelector("[data-scan-says]"), button = scan.querySelector("button");
  const seen = new Map();
  let running = null;
  const able = "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia;
  button.hidden = !able;
  if (!able) says.textContent = WORDS.none;
  const stop = () => { running?.getTracks().forEach((track) => track.stop()); running = null; video.hidden = true; button.textContent = button.dataset.start; };
  async function look(detector) {
    if (!running) return;
    try {
      for (const code of await detector.detect(video)) {
        const found = /\/rapat\/(?:masuk|u)\/([^/?#]+)/.exec(code.rawValue);
        if (!found) { says.replaceChildren(pill({ good: false, text: WORDS.foreign })); continue; }
        const key = found[1];
        if (Date.now() - (seen.get(key) || 0) < 15000) continue; // the same code is still before the camera
        seen.set(key, Date.now());
        const url = `/rapat/masuk/${key}/`;
        const said = await arrive({ url, name: key.slice(0, 6), fields: { client: fresh() } });
        says.replaceChildren(pill(said));
        navigator.vibrate?.(said.good ? 80 : [80, 60, 80]);
      }
    } catch { /* a picture that cannot be read: the next one will */ }
    setTimeout(look, 250, detector);
  }
  button.addEventListener("click", async () => {
    if (running) { stop(); return; }
    try {
      running = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = running;
      video.hidden = false;
      await video.play();
      button.textContent = button.dataset.stop;
      says.textContent = WORDS.looking;
      look(new window.BarcodeDetector({ formats: ["qr_code"] }));
    } catch { says.textContent = WORDS.none; stop(); }
  });
}

addEventListener("online", drain);
setInterval(drain, 5000);
save(REFUSED, []);
show();
drain();
