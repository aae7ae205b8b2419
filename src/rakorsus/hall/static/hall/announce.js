// What a screen reader hears of the acts: gathered for two seconds and said politely; that one has
// the floor, or that a vote is open, is said at once.
(() => {
  const box = document.querySelector("[data-acts]");
  if (!box) return;
  const polite = box.querySelector("[data-polite]"), assertive = box.querySelector("[data-assertive]");
  const words = { raise_hand: "hand", grant: "grant", begin: "begin", finish: "finish", settle: "settle", decide: "decide", close_vote: "decide", slide: "slide" };
  const fill = (text, data) => text.replace(/\{(\w+)\}/g, (_, name) => data[name] ?? "").replace(": .", ".");
  let waiting = [], timer = 0;

  function say() {
    timer = 0;
    const few = waiting.slice(0, 3);
    if (waiting.length > 3) few.push(fill(box.dataset.many, { n: waiting.length - 3 }));
    polite.textContent = few.join(" ");
    waiting = [];
  }

  document.addEventListener("rakorsus:news", (event) => {
    const { topic, body } = event.detail;
    if (topic !== box.dataset.acts || !Array.isArray(body)) return;
    for (const act of body) {
      if (act.name === "grant" && String(act.user) === box.dataset.own) assertive.textContent = box.dataset.floor;
      else if (act.name === "open_vote") assertive.textContent = `${box.dataset.vote} ${act.data.title || ""}`;
      else if (words[act.name]) waiting.push(fill(box.dataset[words[act.name]], act.data));
    }
    if (waiting.length && !timer) timer = setTimeout(say, 2000);
  });
})();
