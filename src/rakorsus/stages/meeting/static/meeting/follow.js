// Screens that follow the day: ask for the fragment again and again; the server answers 304 as long
// as nothing changed. Between answers the countdown runs in the browser.
const PAUSE = 2000;

for (const box of document.querySelectorAll("[data-follow]")) {
  let tag = "";
  const ask = async () => {
    try {
      const busy = box.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
      if (!document.hidden && !busy) {
        const answer = await fetch(box.dataset.follow, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
        if (answer.status === 200) {
          tag = answer.headers.get("ETag") || "";
          box.innerHTML = await answer.text();
        }
      }
    } catch { /* no connection: the next round asks again */ }
    setTimeout(ask, PAUSE);
  };
  setTimeout(ask, PAUSE);
}

setInterval(() => {
  for (const clock of document.querySelectorAll("[data-left]")) {
    const left = Number(clock.dataset.left) - 1;
    clock.dataset.left = String(left);
    const whole = Math.abs(left);
    clock.textContent = `${left < 0 ? "−" : ""}${Math.floor(whole / 60)}.${String(whole % 60).padStart(2, "0")}`;
    clock.classList.toggle("over", left < 0);
  }
}, 1000);
