// Trying other dates at the city table: the engine judges the draft, nothing changes until it is adopted.
import type { Scene } from "./data";
import { money } from "../numbers";
import { el } from "./ui";
import { dayName } from "./words";

interface Told { kind: string; kind_name: string; text: string; url: string | null }
interface Answer { draft: number; state: "waiting" | "done" | "failed"; gone: Told[]; new: Told[]; stay: Told[]; may_adopt: boolean }

const AGAIN = 1500; // milliseconds between two looks at a draft that is being judged

export class CityDrafts {
  readonly element: HTMLElement;
  private readonly select: HTMLSelectElement;
  private readonly days: HTMLInputElement;
  private readonly out = el("div", { role: "status" });
  private readonly period = el("p", { class: "small muted" });

  constructor(readonly address: string, readonly scene: Scene, readonly chosen: (program: number) => void) {
    const w = scene.words;
    const touched = new Set(scene.findings.flatMap((f) => f.programs));
    const order = scene.programs.map((p, n) => ({ p, n })).filter(({ p }) => !p.vague).sort((a, b) => Number(touched.has(b.n)) - Number(touched.has(a.n)) || b.p.money - a.p.money);
    this.select = el("select", { id: "hall-program", change: () => this.pick() }, el("option", { value: "" }, "–"),
      ...order.map(({ p, n }) => el("option", { value: String(n) }, `${touched.has(n) ? "● " : ""}${p.title.slice(0, 80)} · ${scene.agencies[p.agency]?.short ?? ""}`)));
    this.days = el("input", { type: "number", id: "hall-shift", min: "-330", max: "330", step: "1", value: "30", input: () => this.say() });
    this.element = el("details", { class: "hall-draft" }, el("summary", {}, w["move_title"] ?? ""),
      el("form", { submit: (e) => { e.preventDefault(); void this.ask(0); } },
        el("div", { class: "field" }, el("label", { for: "hall-program" }, w["move_program"] ?? ""), this.select),
        el("div", { class: "field" }, el("label", { for: "hall-shift" }, w["move_days"] ?? ""), this.days), this.period,
        el("button", { class: "btn btn-primary" }, w["try"] ?? "")), this.out);
  }

  /** A column was tapped. */
  choose(program: number): void {
    if (this.scene.programs[program]?.vague) return;
    this.select.value = String(program);
    (this.element as HTMLDetailsElement).open = true;
    this.pick();
    this.element.scrollIntoView({ block: "nearest" });
  }

  private pick(): void {
    this.out.replaceChildren();
    this.chosen(this.select.value === "" ? -1 : Number(this.select.value));
    this.say();
  }

  private say(): void {
    const p = this.scene.programs[Number(this.select.value)];
    if (this.select.value === "" || !p) { this.period.textContent = ""; return; }
    const shift = Number(this.days.value) || 0;
    const { year } = this.scene;
    this.period.textContent = `${dayName(year, p.from)} – ${dayName(year, p.to)} → ${dayName(year, p.from + shift)} – ${dayName(year, p.to + shift)} · ${money(p.money)}`;
  }

  private async ask(adopt: number): Promise<void> {
    const p = this.scene.programs[Number(this.select.value)];
    if (this.select.value === "" || !p) return;
    const w = this.scene.words;
    const reason = this.element.querySelector<HTMLInputElement>("#hall-reason")?.value ?? "";
    this.out.replaceChildren(el("p", { class: "muted" }, w["trying"] ?? ""));
    let told = await this.send(adopt ? { draft: adopt, adopt: true, reason } : { program: p.key, days: Number(this.days.value) });
    while (told?.state === "waiting") {
      const { draft } = told;
      await new Promise((done) => setTimeout(done, AGAIN));
      told = await this.send({ draft });
    }
    if (!told) return;
    if (adopt) { this.out.replaceChildren(el("p", { class: "good" }, w["adopted"] ?? "")); setTimeout(() => location.reload(), 1200); return; }
    this.tell(told);
  }

  /** The answer; none when it was refused, which is then said. */
  private async send(body: object): Promise<Answer | null> {
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const answer = await fetch(this.address, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body) });
    const told = await answer.json() as Answer & { error?: string };
    if (answer.ok && told.state !== "failed") return told;
    this.out.replaceChildren(el("p", { class: "error" }, told.error ?? this.scene.words["failed_draft"] ?? ""));
    return null;
  }

  private tell(told: Answer): void {
    const w = this.scene.words;
    const list = (name: string, rows: Told[], mark: string): Node[] => rows.length ? [el("h4", {}, `${mark} ${w[name]} (${rows.length})`),
      el("ul", { class: "list" }, ...rows.map((r) => el("li", {}, r.url ? el("a", { href: r.url }, r.kind_name) : el("strong", {}, r.kind_name), el("p", { class: "small" }, r.text))))] : [];
    const stay = told.stay.length;
    this.out.replaceChildren(el("p", { class: told.new.length ? "warn" : told.gone.length ? "good" : "note" },
      `${w["before"]}: ${told.gone.length + stay} · ${w["after"]}: ${told.new.length + stay}`),
      ...list("vanish", told.gone, "✓"), ...list("appear", told.new, "!"), stay ? el("p", { class: "small muted" }, `${w["stay"]}: ${stay}`) : "",
      told.may_adopt ? el("form", { submit: (e) => { e.preventDefault(); void this.ask(told.draft); } },
        el("div", { class: "field" }, el("label", { for: "hall-reason" }, w["reason"] ?? ""), el("input", { id: "hall-reason", required: true, maxlength: "300" })),
        el("button", { class: "btn btn-primary" }, w["adopt"] ?? "")) : "");
  }
}
