// The hall at work: one picture, one line to the server, one panel of words, kept in step.
import { Calendar } from "./calendar";
import type { Scene } from "./data";
import { CityDrafts } from "./drafts";
import { planView, type Chosen } from "./drawing";
import { Easel } from "./easel";
import { Floor } from "./floor";
import { Link, type State, type Ticket } from "./link";
import { Mirror } from "./mirror";
import { Motion } from "./motion";
import { FLAG } from "./people";
import { Present } from "./present";
import { choice, choose, type Choice } from "./quality";
import { asked, closeTo, nameOf, solid, spotOf, viewOf } from "./spots";
import { agencyPanel, boothsPanel, corridorPanel, el, Guide, tablePanel, tablesPanel, type Target } from "./ui";
import { say } from "./words";
import type { Hit } from "./world/world";
import * as xr from "./xr";

const SEND = 50; // milliseconds between two of one's own poses

export class Hall {
  private readonly easel: Easel;
  private readonly guide: Guide;
  private readonly mirror: Mirror;
  private readonly floor: Floor;
  private readonly present: Present;
  private readonly motion: Motion;
  private readonly calendar: Calendar;
  private readonly link: Link | null;
  private readonly drafts: CityDrafts | null;
  private state: State | null = null;
  private ticket: Ticket | null = null;
  private target: Target = { kind: "above" };
  private lastFrame = 0;
  private lastSent = 0;
  private lastPose = "";
  private glasses: xr.Glasses | null = null;
  private slides: HTMLImageElement | null = null;
  private slideAddress = "";
  private drawnFor = "";
  private looks = "";
  private changes = 0; // of what the picture shows besides places and people
  private frames = 0;
  private shown1: (() => void) | null = null;

  constructor(readonly box: HTMLElement, readonly scene: Scene) {
    const part = (name: string): HTMLElement => box.querySelector<HTMLElement>(`[data-hall-${name}]`)!;
    this.easel = new Easel(box, scene, { frame: (now) => this.frame(now), note: (words) => this.note(words),
      again: () => { this.looks = ""; this.show(this.target); } });
    this.guide = new Guide(part("go"), scene, (target) => this.go(target));
    this.mirror = new Mirror(part("polite"), part("alert"), part("people"), scene.words);
    this.present = new Present(scene, this.mirror, box.querySelector<HTMLElement>("[data-hall-count]"));
    const { ticket, act, stateUrl: state } = box.dataset;
    this.link = ticket && act && state ? this.connect({ ticket, act, state }) : null;
    this.floor = new Floor(part("acts"), part("clock"), scene, this.mirror, (name, data) => this.act(name, data), () => this.seatOf());
    this.motion = new Motion(part("picture"), scene.bounds, (x, z) => this.solid(x, z), (x, y) => this.tapped(x, y),
      () => this.jumped(), () => box.querySelector<HTMLElement>(".hall-places button")?.focus());
    this.calendar = new Calendar(scene, () => this.motion.calm, () => this.easel.picture.day(this.calendar.day, this.calendar.program));
    this.drafts = box.dataset["draft"] ? new CityDrafts(box.dataset["draft"], scene, (program) => this.calendar.choose(program)) : null;
    this.controls();
  }

  async begin(): Promise<void> {
    await this.easel.begin(this.box.dataset["view"] === "plan" ? "plan" : "room");
    this.motion.body.x = this.scene.spawn[0];
    this.motion.body.z = this.scene.spawn[1];
    this.go(asked(this.scene), true);
    this.stage();
    await new Promise<void>((done) => { this.shown1 = done; });
    this.shown1 = null;
    this.box.dataset["state"] = "ready";
    void this.offerGlasses();
    await this.link?.start();
    (window as unknown as { __hall: unknown }).__hall = this.handle();
  }

  private frame(now: number): void {
    const took = this.lastFrame ? now - this.lastFrame : 16;
    this.lastFrame = now;
    const seconds = Math.min(0.25, took / 1000);
    if (!this.glasses) this.easel.look(now, took);
    else xr.sticks?.(seconds);
    this.motion.step(seconds);
    this.calendar.tick(now);
    this.near();
    this.send(now);
    const seen = this.present.seen();
    const { picture } = this.easel;
    const { day, program } = this.calendar;
    const still = picture.kind === "plan" || (this.motion.calm && !this.glasses);
    const { x, z, yaw, pitch, eye } = this.motion.body;
    const looks = still ? [x, z, yaw, pitch, eye, day, program, this.easel.size, this.changes, JSON.stringify(this.chosen()),
      ...seen.map((s) => `${s.id} ${s.x.toFixed(2)} ${s.z.toFixed(2)} ${s.yaw.toFixed(2)} ${s.flags}`)].join("|") : "";
    if (still && looks === this.looks) return; // nothing moved: nothing to draw
    this.looks = looks;
    picture.draw({ seen, who: (id) => this.present.who(id), colour: (p) => this.present.colour(p), body: this.motion.body,
      seconds: this.motion.calm ? 0 : now / 1000, chosen: this.chosen(), day });
    this.frames++;
    this.shown1?.();
  }

  // -- going about

  private go(target: Target, now = false): void {
    this.target = target;
    this.view(target, now);
    this.show(target);
    this.guide.here(target.kind === "place" ? target.key : target.kind === "agency" ? "booths" : target.kind === "table" ? "tables" : "above");
    if (!now) this.mirror.say(say(this.scene.words["you_are_at"], nameOf(target, this.scene)));
  }

  /** Move to where the target is seen best; the plan shows that part, and in a place one stands on the ground. */
  private view(target: Target, now: boolean): void {
    const { plan } = this.easel;
    const spot = spotOf(target, this.scene);
    if (target.kind === "above") plan?.look(0, 9, 1);
    else if (target.kind === "place") plan?.look(...planView(target.key));
    else if (spot) plan?.look(spot.x, spot.z, 4.5);
    const to = viewOf(target, this.scene, this.easel.upright);
    if (!to || (plan && target.kind === "above")) return;
    this.motion.go(to.x, to.z, plan && target.kind === "place" ? 1.65 : to.eye, to.look, now);
  }

  private solid(x: number, z: number): boolean {
    return solid(this.scene, x, z, Boolean(this.ticket && this.state?.floor?.user === this.ticket.you.user));
  }

  private tapped(x: number, y: number): void {
    const hit = this.easel.picture.pick(x, y);
    if (hit) this.picked(hit);
  }

  private picked(hit: Hit): void {
    const atCity = this.targetKey() === "city";
    if (hit.kind === "agency" || hit.kind === "table") this.go(hit);
    else if (hit.kind === "stage") this.go({ kind: "place", key: "stage" });
    else if (hit.kind === "day" && (atCity || this.glasses)) this.calendar.set(hit.day);
    else if (hit.kind === "program" && atCity) this.drafts?.choose(hit.index);
    else if (hit.kind === "city" || hit.kind === "program" || hit.kind === "day") { if (!atCity) this.go({ kind: "place", key: "city" }); }
    else if (this.easel.plan) { Object.assign(this.motion.body, { x: hit.x, z: hit.z }); this.jumped(); }
    else this.motion.walk(hit.x, hit.z);
  }

  private targetKey(): string {
    return this.target.kind === "place" ? this.target.key : this.target.kind;
  }

  /** Whoever walks up to a booth or a table gets its words. */
  private near(): void {
    if (!this.motion.body.moving) return;
    const target = closeTo(this.scene, this.motion.body);
    if (!target || JSON.stringify(target) === JSON.stringify(this.target)) return;
    this.target = target;
    this.show(target);
  }

  private chosen(): Chosen | null {
    return this.target.kind === "agency" || this.target.kind === "table" ? this.target : null;
  }

  private jumped(): void {
    this.lastPose = "";
    const { x, z, yaw } = this.motion.body;
    this.link?.go(x, z, ((Math.round((yaw / (Math.PI * 2)) * 256) % 256) + 256) % 256);
  }

  private send(now: number): void {
    if (!this.link || now - this.lastSent < SEND) return;
    const { x, z, yaw, moving } = this.motion.body;
    const flags = (moving ? FLAG.moving : 0) | (document.hidden ? FLAG.away : 0);
    const pose = `${x.toFixed(2)} ${z.toFixed(2)} ${yaw.toFixed(2)} ${flags}`;
    if (pose === this.lastPose && now - this.lastSent < 1000) return;
    this.lastPose = pose;
    this.lastSent = now;
    this.link.pose({ x, z, yaw, flags });
  }

  // -- words

  private get side(): HTMLElement {
    return this.box.querySelector<HTMLElement>("[data-hall-side]")!;
  }

  private show(target: Target): void {
    this.calendar.leave();
    this.box.dataset["place"] = this.targetKey();
    this.side.replaceChildren(...this.words(target));
    this.side.scrollTop = 0;
  }

  private words(target: Target): Node[] {
    const { scene } = this;
    if (target.kind === "agency") return agencyPanel(scene.agencies[target.index]!, scene, [this.floor.askSync(target.index)]);
    if (target.kind === "table") return tablePanel(scene.tables[target.index]!, scene, this.floor.table(scene.tables[target.index]!));
    if (target.kind === "above") return this.floor.overview((t) => this.go(t));
    switch (target.key) {
      case "booths": return boothsPanel(scene, (n) => this.go({ kind: "agency", index: n }));
      case "tables": return tablesPanel(scene, (n) => this.go({ kind: "table", index: n }));
      case "corridor": return corridorPanel(scene);
      case "stage": return this.floor.stage();
      case "city": return this.calendar.words(this.drafts ? [this.drafts.element] : []);
    }
  }

  /** Words that follow the state: the stage and tables, without taking the focus from a field. */
  private refresh(): void {
    const { side } = this;
    const live = this.targetKey();
    if (live !== "stage" && live !== "table" && live !== "above") return;
    const focused = document.activeElement;
    if (focused && side.contains(focused) && focused.matches("input, textarea, select")) return;
    const key = focused && side.contains(focused) ? focused.getAttribute("data-key") : null;
    side.replaceChildren(...this.words(this.target));
    if (key) side.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
  }

  private stage(): void {
    const show = this.floor.onStage(this.slides);
    const text = JSON.stringify({ ...show, slide: this.slideAddress, loaded: Boolean(this.slides) });
    if (text === this.drawnFor) return;
    this.drawnFor = text;
    this.changes++;
    this.easel.picture.stage(show);
  }

  private slide(address: string): void {
    if (address === this.slideAddress) return;
    this.slideAddress = address;
    this.slides = null;
    if (!address) return;
    const image = new Image();
    image.onload = () => { if (this.slideAddress === address) { this.slides = image; this.stage(); } };
    image.src = address;
  }

  private note(message: string): void {
    const place = this.box.querySelector<HTMLElement>("[data-hall-note]");
    if (place) place.textContent = message;
    this.mirror.say(message);
  }

  // -- the meeting

  private connect(addresses: { ticket: string; act: string; state: string }): Link {
    return new Link(addresses, this.box.dataset["view"] === "plan" ? "plan" : "3d", {
      ticket: (ticket) => { this.ticket = ticket; this.floor.known(ticket); },
      welcome: (welcome) => {
        this.present.welcome(welcome);
        this.box.dataset["body"] = welcome.kind;
        if (welcome.id !== null) this.jumped();
      },
      state: (state) => {
        this.state = state;
        this.floor.changed(state);
        const slides = this.scene.agenda.find((e) => e.id === state.now?.item)?.slides ?? "";
        this.slide(state.now?.slide ? slides.replace("/0.png", `/${state.now.slide.page}.png`) : "");
        this.stage();
        this.refresh();
        this.present.changed(state);
      },
      people: (add, gone) => this.present.moved(add, gone),
      acts: (acts) => { for (const act of acts) this.floor.heard(act); },
      frame: (data) => this.present.crowd.take(data, performance.now()),
      at: (x, z, yaw) => { Object.assign(this.motion.body, { x, z, yaw }); this.motion.stop(); },
      body: (id, at) => {
        this.present.mine = id;
        this.box.dataset["body"] = id === null ? "audience" : "seat";
        if (at) Object.assign(this.motion.body, { x: at[0] / 100, z: at[1] / 100 });
      },
      line: (up) => { this.box.dataset["line"] = up ? "up" : "down"; this.mirror.say((up ? "" : this.scene.words["lost"]) ?? ""); },
    });
  }

  private async act(name: string, data: object = {}): Promise<boolean> {
    if (!this.link) return false;
    try {
      await this.link.act(name, data);
      return true;
    } catch (why) {
      const told = why as { id?: string; en?: string };
      const english = document.documentElement.lang === "en";
      this.note((english ? told.en : told.id) ?? this.scene.words["failed"] ?? "");
      return false;
    }
  }

  /** The table at which one sits. */
  private seatOf(): number | null {
    const me = this.ticket?.you.user;
    return this.state?.tables.find((t) => t.seated.some((s) => s.user === me))?.item ?? null;
  }

  // -- quality, glasses, tests

  private controls(): void {
    const select = this.box.querySelector<HTMLSelectElement>("[data-hall-quality]");
    if (select) {
      select.value = choice();
      select.addEventListener("change", () => { choose(select.value as Choice); location.reload(); });
    }
    const picture = this.box.querySelector<HTMLElement>("[data-hall-picture]")!;
    picture.addEventListener("wheel", (e) => {
      if (!this.easel.plan) return;
      e.preventDefault();
      this.easel.plan.grow(e.deltaY < 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
  }

  private async offerGlasses(): Promise<void> {
    if (!this.easel.world || !(await xr.available())) return;
    const words = this.scene.words;
    const toggle = async (): Promise<void> => {
      if (this.glasses) { await this.glasses.end(); return; }
      this.glasses = await xr.enter(this.easel.world!, {
        picked: (hit) => this.picked(hit),
        hand: () => this.floor.toggleHand(),
        walk: (ahead, right, turn, seconds) => this.motion.stick(ahead, right, turn, seconds),
        ended: () => { this.glasses = null; this.box.dataset["glasses"] = "off"; button.textContent = words["enter_xr"] ?? ""; },
      });
      this.box.dataset["glasses"] = "on";
      button.textContent = words["leave_xr"] ?? "";
    };
    const button = el("button", { type: "button", class: "btn", "data-hall-xr": true, click: () => void toggle() }, words["enter_xr"] ?? "");
    this.box.querySelector("[data-hall-acts]")!.append(button);
  }

  /** For tests: what is drawn, and where everybody is seen. */
  private handle(): object {
    const hall = this;
    return {
      get figures() { return { ...hall.easel.picture.figures(), frames: hall.frames }; },
      get parts() { return hall.easel.world?.parts() ?? []; },
      get me() { return { ...hall.motion.body, id: hall.present.mine }; },
      get seen() {
        return hall.present.seen().map((s) => ({ ...s, user: hall.present.who(s.id)?.user, short: hall.present.who(s.id)?.short }));
      },
      get state() { return hall.state; },
      get day() { return hall.calendar.day; },
      get place() { return hall.targetKey(); },
    };
  }
}
