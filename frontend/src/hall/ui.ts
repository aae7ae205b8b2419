// The hall's words beside its picture: where to go, what a place says. Plain lists and buttons; the picture shows
// nothing that is not here too.
import type { Agency, Entry, Finding, Place, Scene, Table } from "./data";
import { money } from "../numbers";
import { clock, dayName, say, shortDate } from "./words";
import { css, groupColour, KIND } from "./world/palette";

type Child = Node | string | null | undefined | false;

/** An element with attributes, listeners and children. */
export function el<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string | boolean | ((e: Event) => void)> = {},
  ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, value);
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

/** A raised hand, drawn: not every computer has one among its letters. */
export function handIcon(): SVGSVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: "18", height: "18", "aria-hidden": "true", fill: "none", stroke: "currentColor",
    "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round" })) made.setAttribute(name, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M7 12V5.5a1.5 1.5 0 0 1 3 0V11m0-7.5a1.5 1.5 0 0 1 3 0V11m0-6a1.5 1.5 0 0 1 3 0v7m0-4.5a1.5 1.5 0 0 1 3 0V15a7 7 0 0 1-7 7c-3.2 0-4.6-1.600-6-4.200L3.300 14a1.500 1.500 0 0 1 2.600-1.500L7 14");
  made.append(path);
  return made;
}

export type Target = { kind: "place"; key: Place["key"] } | { kind: "above" } | { kind: "agency"; index: number }
  | { kind: "table"; index: number };

export class Guide {
  private readonly buttons = new Map<string, HTMLButtonElement>();

  constructor(nav: HTMLElement, readonly scene: Scene, go: (target: Target) => void) {
    const words = scene.words;
    const list = el("ul", { class: "hall-places" });
    const add = (key: string, name: string, target: Target): void => {
      const button = el("button", { type: "button", class: "btn", click: () => go(target) }, name);
      this.buttons.set(key, button);
      list.append(el("li", {}, button));
    };
    for (const place of scene.places) add(place.key, place.name, { kind: "place", key: place.key });
    add("above", words["from_above"] ?? "", { kind: "above" });
    const booths = el("select", { "aria-label": words["choose"] ?? "", change: (e) => {
      const value = (e.target as HTMLSelectElement).value;
      if (value) go({ kind: "agency", index: Number(value) });
    } }, el("option", { value: "" }, words["choose"] ?? ""));
    scene.agencies.forEach((agency, n) => booths.append(el("option", { value: String(n) }, agency.name)));
    nav.replaceChildren(list, el("div", { class: "hall-choose" }, booths));
  }

  here(key: string): void {
    for (const [name, button] of this.buttons) {
      if (name === key) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }
}

export function kindMark(kind: string): HTMLElement {
  const made = el("span", { class: "hall-mark", "aria-hidden": "true" }, KIND[kind]?.mark ?? "•");
  made.style.setProperty("--kind", css(KIND[kind]?.colour ?? 0x55656e));
  return made;
}

export function findingItem(finding: Finding, scene: Scene): HTMLElement {
  const sides = finding.agencies.map((n) => scene.agencies[n]?.short).filter(Boolean).join(" × ");
  return el("li", { class: "hall-finding" }, kindMark(finding.kind),
    el("div", {}, el("a", { href: finding.url }, `${finding.kind_name}${finding.money ? ` · ${money(finding.money)}` : ""}`),
      el("p", { class: "small" }, finding.text.length > 190 ? `${finding.text.slice(0, 188)}…` : finding.text),
      sides ? el("p", { class: "small muted" }, sides) : null));
}

export function findingList(findings: Finding[], scene: Scene, most: number): HTMLElement {
  if (findings.length === 0) return el("p", { class: "muted" }, scene.words["none"] ?? "");
  const list = el("ul", { class: "list hall-findings" });
  for (const finding of findings.slice(0, most)) list.append(findingItem(finding, scene));
  if (findings.length > most) list.append(el("li", { class: "muted small" }, say(scene.words["and_more"], findings.length - most)));
  return list;
}

export function head(title: string, question?: string): HTMLElement {
  return el("header", { class: "hall-head" }, el("h2", {}, title), question ? el("p", { class: "hall-question" }, question) : null);
}

export function fact(name: string, value: Child): DocumentFragment {
  const made = document.createDocumentFragment();
  made.append(el("dt", {}, name), el("dd", {}, value));
  return made;
}

export function agencyPanel(agency: Agency, scene: Scene, extra: Child[] = []): Node[] {
  const w = scene.words;
  const stripe = el("span", { class: "hall-stripe", "aria-hidden": "true" });
  stripe.style.setProperty("--kind", css(groupColour(agency)));
  const facts = el("dl", { class: "facts" });
  facts.append(fact(w["program"] ?? "", el("a", { href: agency.url }, `${agency.count.toLocaleString("id")} · ${money(agency.money)}`)));
  if (agency.in_charge) facts.append(fact(w["in_charge"] ?? "", agency.in_charge));
  facts.append(fact(w["open_findings"] ?? "", el("a", { href: agency.findings_url },
    `${agency.open}${agency.heavy ? ` (▲ ${agency.heavy} ${w["heavy"]})` : ""}`)));
  facts.append(fact(w["promised"] ?? "", agency.overdue ? `${agency.promised} · ! ${agency.overdue} ${w["overdue"]}` : String(agency.promised)));
  const programs = el("ul", { class: "list" });
  for (const p of agency.programs) {
    programs.append(el("li", {}, el("a", { href: p.url }, p.title), el("span", { class: "small muted" }, ` ${money(p.money)}${p.place ? ` · ${p.place}` : ""}`)));
  }
  const own = scene.findings.filter((f) => agency.findings.includes(f.id));
  return [stripe, head(agency.name, scene.places.find((p) => p.key === "booths")?.question), facts, ...(extra.filter(Boolean) as Node[]),
    el("h3", {}, w["open_findings"] ?? ""), findingList(own, scene, 5),
    el("h3", {}, w["programs"] ?? ""), programs];
}

export function boothsPanel(scene: Scene, go: (index: number) => void): Node[] {
  const w = scene.words;
  const place = scene.places.find((p) => p.key === "booths")!;
  const list = el("ul", { class: "list hall-rows" });
  const busy = scene.agencies.map((a, n) => ({ a, n })).sort((x, y) => y.a.open - x.a.open || x.n - y.n);
  for (const { a, n } of busy) {
    list.append(el("li", {}, el("button", { type: "button", class: "hall-row", click: () => go(n) }, el("span", {}, a.name),
      el("span", { class: "small muted" }, `${a.open} ${w["open"]}${a.heavy ? ` · ▲ ${a.heavy}` : ""} · ${money(a.money)}`))));
  }
  return [head(place.name, place.question), list];
}

export function tablePanel(table: Table, scene: Scene, extra: Child[] = []): Node[] {
  const w = scene.words;
  const facts = el("dl", { class: "facts" });
  facts.append(fact(w["seats"] ?? "", table.seats.map((n) => scene.agencies[n]?.name).join(", ")));
  if (table.start) facts.append(fact(w["agenda"] ?? "", `${clock(table.start)} · ${table.minutes} ${w["minutes"]}${table.desk ? ` · ${w["table"]} ${table.desk}` : ""}`));
  facts.append(fact(w["outcome"] ?? "", table.outcome ? `✓ ${table.outcome}` : `○ ${w["no_outcome"]}`));
  return [head(`${w["table"]} ${[table.number, table.kind_name].filter(Boolean).join(" · ")}`, scene.places.find((p) => p.key === "tables")?.question),
    ...(table.title ? [el("p", {}, kindMark(table.kind), " ", table.title)] : []), facts, ...(extra.filter(Boolean) as Node[]),
    el("p", { class: "actions" }, table.url ? el("a", { class: "btn btn-primary", href: table.url }, w["record_outcome"] ?? "") : null,
      table.finding_url ? el("a", { class: "btn", href: table.finding_url }, w["read_finding"] ?? "") : null)];
}

export function tablesPanel(scene: Scene, go: (index: number) => void): Node[] {
  const w = scene.words;
  const place = scene.places.find((p) => p.key === "tables")!;
  const list = el("ul", { class: "list hall-rows" });
  scene.tables.forEach((t, n) => {
    const sides = t.seats.map((k) => scene.agencies[k]?.short).join(" × ");
    list.append(el("li", {}, el("button", { type: "button", class: "hall-row", "data-key": `table${t.item}`, click: () => go(n) },
      el("span", {}, kindMark(t.kind), ` ${[t.number, t.kind_name, sides].filter(Boolean).join(" · ")}`),
      el("span", { class: "small muted" }, `${t.start ? `${clock(t.start)} · ` : ""}${t.outcome ? `✓ ${t.outcome}` : `○ ${t.state_name}`}`))));
  });
  if (!scene.tables.length) list.append(el("li", { class: "muted" }, w["none"] ?? ""));
  return [head(place.name, place.question), list];
}

export function corridorPanel(scene: Scene): Node[] {
  const w = scene.words;
  const place = scene.places.find((p) => p.key === "corridor")!;
  const list = el("ul", { class: "list" });
  for (const row of scene.agreed) {
    list.append(el("li", {}, el("a", { href: row.url }, row.text), el("p", { class: "small muted" },
      [scene.agencies[row.agency]?.name ?? row.post, row.due ? `${row.late ? `! ${w["late"]}` : w["due"]} ${shortDate(row.due)}` : "", row.kind]
        .filter(Boolean).join(" · "))));
  }
  return [head(place.name, place.question), el("h3", {}, w["agreed"] ?? ""),
    scene.agreed.length ? list : el("p", { class: "muted" }, w["agreed_none"] ?? ""),
    el("h3", {}, w["agenda"] ?? ""), agendaList(scene.agenda.filter((e) => e.start), scene)];
}

export function agendaList(entries: Entry[], scene: Scene): HTMLElement {
  const list = el("ul", { class: "list hall-agenda" });
  for (const entry of entries) {
    list.append(el("li", entry.state === "running" ? { "aria-current": "time" } : {}, el("span", { class: "hall-time" }, clock(entry.start)),
      el("a", { href: entry.url }, entry.title), entry.state === "running" ? el("span", { class: "pill pill-good" }, scene.words["now"] ?? "") : null));
  }
  return list;
}

export interface CityControls { day(day: number): void; move(program: number, days: number): void }

/** The city table in words: a slider over the year, what runs, what clashes on the chosen day. */
export function cityPanel(scene: Scene, day: number, shown: { works: number; clashes: number }, hot: Finding[], onDay: (day: number) => void,
  play: () => void, extra: Child[] = []): { nodes: Node[]; update(day: number, shown: { works: number; clashes: number }, hot: Finding[], playing: boolean): void } {
  const w = scene.words;
  const place = scene.places.find((p) => p.key === "city")!;
  const out = el("output", { class: "hall-day", for: "hall-day" });
  const slider = el("input", { type: "range", id: "hall-day", min: "0", max: "364", step: "1", value: String(day), "aria-label": w["day_of_year"] ?? "",
    input: (e) => onDay(Number((e.target as HTMLInputElement).value)) });
  const button = el("button", { type: "button", class: "btn", click: play }, w["play"] ?? "");
  const works = el("p", { class: "hall-works" });
  const list = el("div", {});
  const notes = [w["columns"], w["not_placed"], scene.city?.approximate ? w["approximate"] : "", scene.city?.islands.length ? w["islands_near"] : ""]
    .filter(Boolean).join(" ");
  const update = (d: number, s: { works: number; clashes: number }, h: Finding[], playing: boolean): void => {
    out.textContent = dayName(scene.year, d);
    slider.value = String(d);
    slider.setAttribute("aria-valuetext", dayName(scene.year, d));
    button.textContent = (playing ? w["pause"] : w["play"]) ?? "";
    works.replaceChildren(el("strong", {}, String(s.works)), ` ${w["works"]} · `, el("strong", { class: s.clashes ? "hall-red" : "" },
      `${s.clashes ? "✕ " : ""}${s.clashes}`), ` ${w["clashes"]}`);
    list.replaceChildren(findingList(h, scene, 6));
  };
  update(day, shown, hot, false);
  return { update, nodes: [head(place.name, place.question), el("div", { class: "hall-year" }, el("label", { for: "hall-day" }, `${w["year"]} ${scene.year}`), out, slider, button),
    works, list, ...(extra.filter(Boolean) as Node[]), el("p", { class: "small muted" }, notes)] };
}
