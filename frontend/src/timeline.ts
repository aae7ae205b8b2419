// The timeline of works: one bar a program, months across, rows gathered by agency or area.
//
// Reads `<div data-timeline data-source="…json">`: {from, to, today, items: [{title, agency, area,
// start, end, money, url, grade, mark}]}, dates as YYYY-MM-DD. `grade` "year" draws a pale bar: the
// plan says only "the whole year". `mark` names a kind of finding that touches the program.
import { money } from "./numbers";

interface Item { title: string; agency: string; area?: string; start: string; end: string; money: number;
  url: string; grade?: string; mark?: string }
interface Data { from: string; to: string; today?: string; items: Item[] }

const DAY = 86_400_000;

for (const box of document.querySelectorAll<HTMLElement>("[data-timeline]")) void show(box);

async function show(box: HTMLElement): Promise<void> {
  const answer = await fetch(box.dataset.source ?? "", { headers: { Accept: "application/json" } });
  if (!answer.ok) return; // the server's own table stays
  const data = (await answer.json()) as Data;
  if (data.items.length === 0) return;
  const choice = document.querySelector<HTMLSelectElement>("[data-timeline-group]");
  const draw = (): void => box.replaceChildren(chart(data, (choice?.value ?? "agency") as "agency" | "area"));
  choice?.addEventListener("change", draw);
  draw();
  box.classList.add("timeline-ready");
  box.dataset.state = "ready";
}

function chart(data: Data, group: "agency" | "area"): HTMLElement {
  const [from, to] = [Date.parse(data.from), Date.parse(data.to) + DAY];
  const share = (day: string, after = 0): number =>
    Math.min(1, Math.max(0, (Date.parse(day) + after - from) / (to - from)));
  const root = element("div", "tl");
  root.append(scale(from, to));
  const groups = new Map<string, Item[]>();
  for (const item of data.items) {
    const name = item[group] || "–";
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  for (const [name, items] of [...groups].sort(([a], [b]) => a.localeCompare(b, "id"))) {
    const section = element("section", "tl-group");
    const heading = element("h3", "tl-name");
    heading.textContent = name;
    section.append(heading);
    for (const item of items.sort((a, b) => a.start.localeCompare(b.start))) section.append(bar(item, share));
    root.append(section);
  }
  if (data.today) {
    const today = element("div", "tl-today");
    today.style.setProperty("--at", String(share(data.today)));
    root.append(today);
  }
  return root;
}

function bar(item: Item, share: (day: string, after?: number) => number): HTMLElement {
  const row = element("div", "tl-row");
  const link = document.createElement("a");
  link.href = item.url;
  link.className = `tl-bar${item.grade === "year" ? " tl-pale" : ""}${item.mark ? ` tl-${item.mark}` : ""}`;
  const [start, end] = [share(item.start), share(item.end, DAY)];
  link.style.setProperty("--from", String(start));
  link.style.setProperty("--span", String(Math.max(end - start, 0.004)));
  link.title = `${item.title}\n${item.agency} · ${item.start} – ${item.end} · ${money(item.money)}`;
  const text = element("span", "tl-label");
  text.textContent = item.title;
  link.append(text);
  row.append(link);
  return row;
}

function scale(from: number, to: number): HTMLElement {
  const line = element("div", "tl-scale");
  const language = document.documentElement.lang || "id";
  const day = new Date(from);
  for (day.setUTCDate(1); day.getTime() < to; day.setUTCMonth(day.getUTCMonth() + 1)) {
    const tick = element("span", "tl-month");
    tick.style.setProperty("--from", String(Math.max(0, (day.getTime() - from) / (to - from))));
    tick.textContent = day.toLocaleDateString(language, { month: "short", timeZone: "UTC" });
    line.append(tick);
  }
  return line;
}

function element(tag: string, name: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}
