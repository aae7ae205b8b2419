// The planning page: sliders that show their effect at once, and boards on which an entry is dragged to
// another time (or moved with the arrow keys). Everything here can also be done by the forms.

// Sliders
const effect = document.querySelector("[data-effect]");
const form = effect && effect.closest("form");
if (form) {
  let waiting = 0, asked = 0;
  const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}.${String(minutes % 60).padStart(2, "0")}`;
  const say = (slider) => {
    const value = Number(slider.value);
    const words = "clock" in slider.dataset ? clock(value) : `${value} ${slider.dataset.unit || ""}`;
    form.querySelector(`output[for="${slider.id}"]`).textContent = words;
    slider.setAttribute("aria-valuetext", words);
  };
  const show = async () => {
    const mine = ++asked;
    effect.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${effect.dataset.effect}?${new URLSearchParams(new FormData(form))}`, { headers: { Accept: "text/html" } });
      const text = await answer.text();
      if (mine === asked && (answer.ok || answer.status === 400)) { effect.innerHTML = text; effect.hidden = false; }
    } catch { /* the button below still works */ }
    if (mine === asked) effect.removeAttribute("aria-busy");
  };
  for (const slider of form.querySelectorAll("input[type=range]")) {
    say(slider);
    slider.addEventListener("input", () => say(slider));
  }
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input[type=range], select, input[type=number], input[type=checkbox]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, 350);
  });
}

// Boards
const english = document.documentElement.lang === "en";
const live = document.querySelector("[data-board-says]");
const two = (n) => String(n).padStart(2, "0");
const stamp = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;

for (const board of document.querySelectorAll("[data-board]")) {
  const scale = Number(board.dataset.scale), step = Number(board.dataset.step);
  const at = (block, minutes) => new Date(new Date(block.dataset.start).getTime() + minutes * 60000);
  const say = (block, minutes) => {
    const time = at(block, minutes);
    const text = `${two(time.getHours())}.${two(time.getMinutes())}`;
    block.querySelector(".time").textContent = text;
    if (live) live.textContent = english ? `To ${text}. Enter plans the rest around it, Escape puts it back.` : `Ke ${text}. Enter menyusun sisanya di sekelilingnya, Escape mengembalikannya.`;
  };
  const put = (block, minutes) => {
    if (!minutes) return;
    const sent = document.querySelector("form[data-drag]");
    sent.action = block.dataset.item;
    sent.elements.version.value = block.dataset.version;
    sent.elements.start.value = stamp(at(block, minutes));
    block.classList.add("sent");
    sent.submit();
  };
  for (const block of board.querySelectorAll("[data-item]")) {
    const top = parseInt(block.style.top, 10);
    let from = null, moved = 0;
    const to = (minutes) => { moved = minutes; block.style.top = `${top + minutes * scale}px`; block.classList.toggle("moving", minutes !== 0); say(block, minutes); };
    block.addEventListener("pointerdown", (event) => { if (event.button === 0) { from = event.clientY; block.setPointerCapture(event.pointerId); } });
    block.addEventListener("pointermove", (event) => {
      if (from === null) return;
      to(Math.round((event.clientY - from) / scale / step) * step);
    });
    block.addEventListener("pointerup", () => { if (from !== null) { from = null; put(block, moved); } });
    block.addEventListener("pointercancel", () => { from = null; to(0); });
    block.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); to(moved + (event.key === "ArrowDown" ? step : -step)); }
      else if (event.key === "Enter" && moved) { event.preventDefault(); put(block, moved); }
      else if (event.key === "Escape") to(0);
    });
  }
}
