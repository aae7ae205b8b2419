// What screen readers get: who is here, and messages gathered instead of one by one. Urgent is only what cannot wait.
import type { Person } from "./people";
import { el, handIcon } from "./ui";
import { say, type Words } from "./words";

const GATHER = 3000; // milliseconds
const NAMED = 3; // arrivals told by name; more are counted

export class Mirror {
  private arrivals: string[] = [];
  private departures: string[] = [];
  private messages: string[] = [];
  private timer: number | null = null;
  private drawn = "";

  constructor(readonly polite: HTMLElement, readonly alert: HTMLElement, readonly list: HTMLElement, readonly words: Words) {}

  arrived(person: Person): void { this.arrivals.push(person.short || person.label); this.soon(); }
  departed(person: Person): void { this.departures.push(person.short || person.label); this.soon(); }
  say(message: string): void { if (message) { this.messages.push(message); this.soon(); } }

  /** At once: "you have the floor", "a vote is open". */
  urge(message: string): void {
    this.alert.textContent = "";
    requestAnimationFrame(() => { this.alert.textContent = message; });
  }

  /** The list of people with their hands and the floor; drawn anew only when it changed. */
  people(rows: { label: string; short: string; hand: boolean; speaking: boolean; me: boolean }[]): void {
    const text = JSON.stringify(rows);
    if (text === this.drawn) return;
    this.drawn = text;
    const items = rows.map((r) => el("li", r.speaking ? { "aria-current": "true" } : {}, el("span", {}, r.label),
      r.short && r.short !== r.label ? el("span", { class: "muted small" }, ` ${r.short}`) : null,
      r.hand ? el("span", { class: "pill" }, handIcon(), ` ${this.words["hand"] ?? ""}`) : null,
      r.speaking ? el("span", { class: "pill pill-good" }, `● ${this.words["speaking"] ?? ""}`) : null));
    this.list.replaceChildren(...items);
  }

  private soon(): void {
    this.timer ??= window.setTimeout(() => this.flush(), GATHER);
  }

  private flush(): void {
    this.timer = null;
    const told = [...this.messages, ...this.counted(this.arrivals, "joined"), ...this.counted(this.departures, "left_hall")];
    this.arrivals = [];
    this.departures = [];
    this.messages = [];
    this.polite.textContent = told.join(" ");
  }

  private counted(names: string[], key: string): string[] {
    if (names.length === 0) return [];
    const shown = names.slice(0, NAMED).join(", ");
    const all = names.length > NAMED ? `${shown}, ${say(this.words["and_more"], names.length - NAMED)}` : shown;
    return [`${say(this.words[key], all)}.`];
  }
}
