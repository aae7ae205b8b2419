// Check-in through a lost connection: what cannot be sent is kept in the browser and sent again.
// Each arrival has an id made here once, so that sending it twice does not count it twice.
const KEY = "rakorsus.arrivals";
const read = () => JSON.parse(localStorage.getItem(KEY) || "[]");
const write = (all) => localStorage.setItem(KEY, JSON.stringify(all));
const box = document.querySelector("[data-queue]");

function show() {
  const count = read().length;
  if (!box) return;
  box.hidden = count === 0;
  box.textContent = document.documentElement.lang === "en"
    ? `${count} arrivals wait for the connection; they are sent by themselves.`
    : `${count} kehadiran menunggu sambungan; dikirim sendiri begitu tersambung.`;
}

async function send(arrival) {
  const body = new URLSearchParams(arrival.fields);
  const answer = await fetch(arrival.url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
  if (answer.status >= 500) throw new Error(String(answer.status));
  return answer;
}

async function drain() {
  for (const arrival of read()) {
    try { await send(arrival); } catch { break; }
    write(read().filter((other) => other.fields.client !== arrival.fields.client));
  }
  show();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-arrive]")) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  fields.client = form.dataset.client;
  fields.at = new Date().toISOString();
  const arrival = { url: location.pathname, fields };
  const mark = document.createElement("span");
  mark.className = "pill pill-good";
  mark.setAttribute("role", "status");
  try {
    const answer = await send(arrival);
    const said = await answer.json();
    mark.textContent = said.error || "✓";
    if (said.error) mark.className = "pill pill-bad";
  } catch {
    write([...read(), arrival]);
    mark.textContent = "…";
  }
  form.replaceWith(mark);
  show();
});

addEventListener("online", drain);
setInterval(drain, 5000);
show();
drain();
