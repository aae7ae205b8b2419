// The year at the city table: the chosen day, what runs and clashes on it, and the year played as a film.
import type { Finding, Scene } from "./data";
import { cityPanel } from "./ui";
import { active, clashes } from "./year";

const PLAYED = 9000; // milliseconds for a year

export class Calendar {
  day: number;
  program = -1; // the one that is looked at
  private playing = 0;
  private panel: ReturnType<typeof cityPanel> | null = null;

  constructor(readonly scene: Scene, readonly calm: () => boolean, readonly drawn: () => void) {
    this.day = scene.day;
  }

  /** The panel's nodes. */
  words(extra: HTMLElement[]): Node[] {
    this.panel = cityPanel(this.scene, this.day, this.shown(), this.hot(), (day) => { this.playing = 0; this.set(day); }, () => this.toggle(), extra);
    return this.panel.nodes;
  }

  /** Another place's words are shown. */
  leave(): void {
    this.panel = null;
    this.playing = 0;
  }

  set(day: number): void {
    this.day = Math.max(0, Math.min(364, day));
    this.drawn();
    this.panel?.update(this.day, this.shown(), this.hot(), this.playing > 0);
  }

  choose(program: number): void {
    this.program = program;
    this.drawn();
  }

  tick(now: number): void {
    if (!this.playing) return;
    const day = Math.floor(((now - this.playing) / PLAYED) * 365);
    if (day >= 365) { this.playing = 0; this.set(364); return; }
    if (day !== this.day && day % 2 === 0) this.set(day);
  }

  private shown(): { works: number; clashes: number } {
    const works = this.scene.programs.filter((p) => !p.vague && active(p, this.day)).length;
    return { works, clashes: this.hot().length };
  }

  private hot(): Finding[] {
    return this.scene.findings.filter((f) => clashes(f, this.scene.programs, this.day));
  }

  private toggle(): void {
    this.playing = this.playing ? 0 : performance.now() - (this.day >= 364 ? 0 : (this.day / 365) * PLAYED);
    if (this.calm() && this.playing) { this.playing = 0; this.set((this.day + 30) % 365); return; }
    this.set(this.day);
  }
}
