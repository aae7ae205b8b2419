// The hall at work: one picture, one line to the server, one panel of words, kept in step.
import type { Finding, Place, Scene } from "./data";
import { CityDrafts } from "./drafts";
import { fromAbove, planView, room, type Chosen, type Picture } from "./drawing";
import { Floor } from "./floor";
import { Link, type Act, type State, type Ticket } from "./link";
import { Mirror } from "./mirror";
import { Motion } from "./motion";
import { Crowd } from "./poses";
import { choice, choose, draws3d, Pace, sparing, type Choice } from "./quality";
import { agencyPanel, boothsPanel, cityPanel, corridorPanel, el, Guide, tablePanel, tablesPanel, type Target } from "./ui";
import { say } from "./words";
import { active, clashes } from "./year";
import { FLAG, type Person, type Seen } from "./people";
import { groupColour } from "./world/palette";
import type { Hit } from "./world/world";
import * as xr from "./xr";

const ABOVE = { x: 0, z: 62, eye: 19, look: [0, 0.5, -14] as [number, number, number] };
const SEND = 50; // milliseconds between two of one's own poses
const PLAYED = 9000; // milliseconds for a year on the table

export class Hall {
  private picture!: Picture;
  private readonly guide: Guide;
  private readonly mirror: Mirror;
  private readonly floor: Floor;
  private readonly crowd = new Crowd();
  private readonly people = new Map<number, Person>();
  private readonly motion: Motion;
  private readonly link: Link | null;
  private readonly pace = new Pace();
  private readonly drafts: CityDrafts | null;
  private readonly agencyOf = new Map<number, number>();
  private state: State | null = null;
  private ticket: Ticket | null = null;
  private mine: number | null = null;
  private target: Target = { kind: "above" };
  private day: number;
  private chosenProgram = -1;
  private playing = 0;
  private cityWords: ReturnType<typeof cityPanel> | null = null;
  private lastFrame = 0;
  private lastSent = 0;
  private lastPose = "";
  private size = "";
  private low = false;
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
    this.day = scene.day;
    scene.agencies.forEach((agency, n) => this.agencyOf.set(agency.id, n));
    this.guide = new Guide(part("go"), scene, (target) => this.go(target));
    this.mirror = new Mirror(part("polite"), part("alert"), part("people"), scene.words);
    const { ticket, act, stateUrl: state } = box.dataset;
    this.link = ticket && act && state ? this.connect({ ticket, act, state }) : null;
    this.floor = new Floor(part("acts"), part("clock"), scene, this.mirror, (name, data) => this.act(name, data), () => this.seatOf());
    this.drafts = box.dataset["draft"] ? new CityDrafts(box.dataset["draft"], scene, (program) => {
      this.chosenProgram = program;
      this.picture.day(this.day, program);
    }) : null;
    this.motion = new Motion(part("picture"), scene.bounds, (x, z) => this.solid(x, z), (x, y) => this.tapped(x, y),
      () => this.jumped(), () => box.querySelector<HTMLElement>(".hall-places button")?.focus());
    this.controls();
  }

  async begin(): Promise<void> {
    const wanted = this.box.dataset["view"] === "plan" ? "plan" : "room";
    await this.draw3d(wanted);
    const asked = new URLSearchParams(location.search);
    const place = this.scene.places.find((p) => p.key === asked.get("tempat"));
    const agency = this.scene.agencies.findIndex((a) => a.code === asked.get("stan"));
    const table = this.scene.tables.findIndex((t) => String(t.item) === asked.get("meja"));
    const first: Target = agency >= 0 ? { kind: "agency", index: agency } : table >= 0 ? { kind: "table", index: table }
      : place ? { kind: "place", key: place.key } : { kind: "above" };
    this.motion.body.x = this.scene.spawn[0];
    this.motion.body.z = this.scene.spawn[1];
    this.go(first, true);
    this.stage();
    await new Promise<void>((done) => { this.shown1 = done; });
    this.shown1 = null;
    this.box.dataset["state"] = "ready";
    void this.offerGlasses();
    await this.link?.start();
    (window as unknown as { __hall: unknown }).__hall = this.handle();
  }

  // -- the picture

  private async draw3d(kind: "room" | "plan"): Promise<void> {
    const chosen = choice();
    const words = this.scene.words;
    this.low = chosen === "low" || (chosen === "auto" && sparing());
    if (kind === "room" && chosen === "auto" && sparing()) kind = "plan";
    if (kind === "room" && !draws3d()) {
      kind = "plan";
      this.note(words["no_webgl"] ?? "");
    }
    if (kind === "room") {
      try {
        const made = await room(this.canvas(), this.scene, this.low);
        this.picture = made;
        made.world.renderer.domElement.addEventListener("webglcontextlost", () => { if (this.picture === made) this.fall(); });
        made.world.renderer.setAnimationLoop((now) => this.frame(now));
      } catch {
        kind = "plan";
        this.note(words["no_webgl"] ?? "");
      }
    }
    if (kind === "plan") this.flat();
    this.box.dataset["drawn"] = this.picture.kind;
    this.resize();
    new ResizeObserver(() => this.resize()).observe(this.canvas().parentElement!);
  }

  private flat(): void {
    this.picture = fromAbove(this.canvas(), this.scene);
    const loop = (now: number): void => {
      if (this.picture.kind !== "plan") return;
      this.frame(now);
      requestAnimationFrame(loop);
    };
    requestAnimationFrame(loop);
  }

  /** The plan instead of the room: the device cannot keep up, or lost its context. */
  private fall(): void {
    const old = this.picture;
    const fresh = this.canvas().cloneNode(false) as HTMLCanvasElement;
    this.canvas().replaceWith(fresh);
    this.flat();
    old.close();
    this.box.dataset["drawn"] = "plan";
    this.size = "";
    this.resize();
    this.note(this.scene.words["no_webgl"] ?? "");
    this.looks = "";
    this.show(this.target);
  }

  private canvas(): HTMLCanvasElement {
    return this.box.querySelector<HTMLCanvasElement>("[data-hall-canvas]")!;
  }

  private resize(): void {
    const holder = this.canvas().parentElement!;
    const size = `${holder.clientWidth}x${holder.clientHeight}`;
    if (size === this.size || holder.clientWidth === 0) return;
    this.size = size;
    this.picture.resize(holder.clientWidth, holder.clientHeight);
    if (this.lastFrame) this.frame(performance.now()); // a resized canvas is empty until it is drawn
  }

  private frame(now: number): void {
    const took = this.lastFrame ? now - this.lastFrame : 16;
    this.lastFrame = now;
    const seconds = Math.min(0.25, took / 1000);
    if (!document.hidden && this.picture.kind === "room" && choice() === "auto" && !this.glasses) this.lighten(this.pace.frame(now, took));
    if (this.glasses) xr.sticks?.(seconds);
    this.motion.step(seconds);
    if (this.playing) this.play(now);
    this.near();
    this.send(now);
    const seen = this.seen();
    const still = this.picture.kind === "plan" || (this.motion.calm && !this.glasses);
    const { x, z, yaw, pitch, eye } = this.motion.body;
    const looks = still ? [x, z, yaw, pitch, eye, this.day, this.chosenProgram, this.size, this.changes, JSON.stringify(this.chosen()),
      ...seen.map((s) => `${s.id} ${s.x.toFixed(2)} ${s.z.toFixed(2)} ${s.yaw.toFixed(2)} ${s.flags}`)].join("|") : "";
    if (still && looks === this.looks) return; // nothing moved: nothing to draw
    this.looks = looks;
    this.picture.draw({ seen, who: (id) => this.people.get(id), colour: (p) => this.colour(p), body: this.motion.body,
      seconds: this.motion.calm ? 0 : now / 1000, chosen: this.chosen(), day: this.day });
    this.frames++;
    this.shown1?.();
  }

  private lighten(pace: "ok" | "slow" | "stuck"): void {
    if (pace === "ok") return;
    const made = this.picture;
    if (made.kind !== "room") return;
    if (!this.low) {
      this.low = true;
      this.pace.again();
      const { world } = made as Awaited<ReturnType<typeof room>>;
      world.renderer.setPixelRatio(Math.min(devicePixelRatio, 1) * 0.7);
      world.avatars.limit(40);
      this.box.dataset["quality"] = "low";
      this.note(this.scene.words["low"] ?? "");
    } else if (pace === "stuck") this.fall();
  }

  private seen(): Seen[] {
    const around = this.crowd.seen(performance.now());
    const hands = new Set(this.state?.queue.filter((q) => q.state === "waiting").map((q) => q.user));
    return around.filter((s) => s.id !== this.mine).map((s) => {
      const user = this.people.get(s.id)?.user;
      let flags = s.flags;
      if (user !== undefined && hands.has(user)) flags |= FLAG.hand;
      if (user !== undefined && this.state?.floor?.user === user) flags |= FLAG.speaking;
      return { ...s, flags };
    });
  }

  private colour(person: Person | undefined): number {
    return groupColour(this.scene.agencies[this.agencyOf.get(person?.agency ?? -1) ?? -1]);
  }

  // -- going about

  private go(target: Target, now = false): void {
    this.target = target;
    this.view(target, now);
    this.show(target);
    this.guide.here(target.kind === "place" ? target.key : target.kind === "agency" ? "booths" : target.kind === "table" ? "tables" : "above");
    if (!now) this.mirror.say(say(this.scene.words["you_are_at"], this.nameOf(target)));
  }

  private nameOf(target: Target): string {
    if (target.kind === "place") return this.scene.places.find((p) => p.key === target.key)?.name ?? "";
    if (target.kind === "agency") return this.scene.agencies[target.index]?.name ?? "";
    if (target.kind === "table") return `${this.scene.words["table"]} ${this.scene.tables[target.index]?.number}`;
    return this.scene.words["from_above"] ?? "";
  }

  /** Move to where the target is seen best. */
  private view(target: Target, now: boolean): void {
    const plan = this.picture.kind === "plan" ? (this.picture as ReturnType<typeof fromAbove>).plan : null;
    if (target.kind === "above") {
      plan?.look(0, 9, 1);
      if (!plan) this.motion.go(ABOVE.x, ABOVE.z, ABOVE.eye, ABOVE.look, now);
      return;
    }
    if (target.kind === "place") {
      const place = this.scene.places.find((p) => p.key === target.key)!;
      plan?.look(...planView(place.key));
      this.motion.go(place.x, place.z, plan ? 1.65 : this.roomy(place), place.look, now);
      return;
    }
    const spot = target.kind === "agency" ? this.scene.agencies[target.index]?.spot : this.scene.tables[target.index]?.spot;
    if (!spot) return;
    plan?.look(spot.x, spot.z, 4.5);
    const away = target.kind === "agency" ? 4.6 : 4.4;
    const turn = target.kind === "agency" ? spot.yaw : spot.x > 0 ? 0.75 : -0.75;
    const [dx, dz] = target.kind === "agency" ? [-Math.sin(turn), -Math.cos(turn)] : [-Math.sin(turn), Math.cos(turn)];
    this.motion.go(spot.x + dx * away, spot.z + dz * away, 1.7, [spot.x, target.kind === "agency" ? 1.75 : 1.2, spot.z], now);
  }

  /** On a narrow screen one looks from a little higher. */
  private roomy(place: Place): number {
    const holder = this.canvas().parentElement!;
    return holder.clientWidth < holder.clientHeight && place.key === "city" ? place.eye + 1.6 : place.eye;
  }

  private solid(x: number, z: number): boolean {
    if (Math.hypot(x, z) < 7.6) return true;
    if (z < -30.6 && z > -40 && Math.abs(x) < 15 && !this.onStage()) return true;
    return this.scene.tables.some((t) => t.spot && Math.hypot(t.spot.x - x, t.spot.z - z) < 1.25)
      || this.scene.agencies.some((a) => a.spot && Math.hypot(a.spot.x - x, a.spot.z - z) < 1.35);
  }

  private onStage(): boolean {
    return Boolean(this.ticket && this.state?.floor?.user === this.ticket.you.user);
  }

  private tapped(x: number, y: number): void {
    const hit = this.picture.pick(x, y);
    if (hit) this.picked(hit);
  }

  private picked(hit: Hit): void {
    if (hit.kind === "agency" || hit.kind === "table") this.go(hit);
    else if (hit.kind === "city") { if (this.targetKey() !== "city") this.go({ kind: "place", key: "city" }); }
    else if (hit.kind === "stage") this.go({ kind: "place", key: "stage" });
    else if (hit.kind === "program") { if (this.targetKey() === "city") this.drafts?.choose(hit.index); else this.go({ kind: "place", key: "city" }); }
    else if (this.picture.kind === "plan") { Object.assign(this.motion.body, { x: hit.x, z: hit.z }); this.jumped(); }
    else this.motion.walk(hit.x, hit.z);
  }

  private targetKey(): string {
    return this.target.kind === "place" ? this.target.key : this.target.kind;
  }

  /** Whoever walks up to a booth or a table gets its words. */
  private near(): void {
    const { body } = this.motion;
    if (!body.moving) return;
    const close = (spot: { x: number; z: number } | null, reach: number): boolean => Boolean(spot && Math.hypot(spot.x - body.x, spot.z - body.z) < reach);
    const agency = this.scene.agencies.findIndex((a) => close(a.spot, 3.4));
    const table = agency >= 0 ? -1 : this.scene.tables.findIndex((t) => close(t.spot, 2.6));
    const target: Target | null = agency >= 0 ? { kind: "agency", index: agency } : table >= 0 ? { kind: "table", index: table }
      : Math.hypot(body.x, body.z) < 9 ? { kind: "place", key: "city" } : null;
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

  private show(target: Target): void {
    const side = this.box.querySelector<HTMLElement>("[data-hall-side]")!;
    this.cityWords = null;
    this.playing = 0;
    this.box.dataset["place"] = this.targetKey();
    side.replaceChildren(...this.words(target));
    side.scrollTop = 0;
  }

  private words(target: Target): Node[] {
    const { scene } = this;
    if (target.kind === "agency") return agencyPanel(scene.agencies[target.index]!, scene, [this.floor.askSync(target.index)]);
    if (target.kind === "table") return tablePanel(scene.tables[target.index]!, scene, [this.floor.table(scene.tables[target.index]!)]);
    if (target.kind === "above") return this.floor.overview((t) => this.go(t));
    switch (target.key) {
      case "booths": return boothsPanel(scene, (n) => this.go({ kind: "agency", index: n }));
      case "tables": return tablesPanel(scene, (n) => this.go({ kind: "table", index: n }));
      case "corridor": return corridorPanel(scene);
      case "stage": return this.floor.stage();
      case "city": {
        this.cityWords = cityPanel(scene, this.day, this.shown(), this.hot(), (day) => { this.playing = 0; this.setDay(day); },
          () => this.toggle(), [this.drafts?.element]);
        return this.cityWords.nodes;
      }
    }
  }

  private shown(): { works: number; clashes: number } {
    const works = this.scene.programs.filter((p) => !p.vague && active(p, this.day)).length;
    return { works, clashes: this.hot().length };
  }

  private hot(): Finding[] {
    return this.scene.findings.filter((f) => clashes(f, this.scene.programs, this.day));
  }

  private setDay(day: number): void {
    this.day = day;
    this.picture.day(day, this.chosenProgram);
    this.cityWords?.update(day, this.shown(), this.hot(), this.playing > 0);
  }

  private toggle(): void {
    this.playing = this.playing ? 0 : performance.now() - (this.day >= 364 ? 0 : (this.day / 365) * PLAYED);
    if (this.motion.calm && this.playing) { this.playing = 0; this.setDay((this.day + 30) % 365); return; }
    this.setDay(this.day);
  }

  private play(now: number): void {
    const day = Math.floor(((now - this.playing) / PLAYED) * 365);
    if (day >= 365) { this.playing = 0; this.setDay(364); return; }
    if (day !== this.day && day % 2 === 0) this.setDay(Math.max(0, day));
  }

  private stage(): void {
    const show = this.floor.onStage(this.slides);
    const text = JSON.stringify({ ...show, slide: this.slideAddress, loaded: Boolean(this.slides) });
    if (text === this.drawnFor) return;
    this.drawnFor = text;
    this.changes++;
    this.picture.stage(show);
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
        this.mine = welcome.id;
        this.people.clear();
        this.crowd.clear();
        for (const person of welcome.people) this.people.set(person.id, person);
        this.box.dataset["body"] = welcome.kind;
        if (welcome.id !== null) this.jumped();
        this.mirrorPeople();
      },
      state: (state) => {
        this.state = state;
        this.floor.changed(state);
        const slides = this.scene.agenda.find((e) => e.id === state.now?.item)?.slides ?? "";
        this.slide(state.now?.slide ? slides.replace("/0.png", `/${state.now.slide.page}.png`) : "");
        this.stage();
        this.refresh();
        this.mirrorPeople();
      },
      people: (add, gone) => {
        for (const person of add) { if (!this.people.has(person.id) && person.id !== this.mine) this.mirror.arrived(person); this.people.set(person.id, person); }
        for (const id of gone) { const left = this.people.get(id); if (left) this.mirror.departed(left); this.people.delete(id); }
        this.crowd.drop(gone);
        this.mirrorPeople();
      },
      acts: (acts) => this.heard(acts),
      frame: (data) => this.crowd.take(data, performance.now()),
      at: (x, z, yaw) => { Object.assign(this.motion.body, { x, z, yaw }); this.motion.stop(); },
      body: (id, at) => { this.mine = id; this.box.dataset["body"] = id === null ? "audience" : "seat"; if (at) { this.motion.body.x = at[0] / 100; this.motion.body.z = at[1] / 100; } },
      line: (up) => { this.box.dataset["line"] = up ? "up" : "down"; this.mirror.say((up ? "" : this.scene.words["lost"]) ?? ""); },
    });
  }

  private heard(acts: Act[]): void {
    for (const act of acts) this.floor.heard(act);
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

  /** Words that follow the state: the stage and tables, without taking the focus from a field. */
  private refresh(): void {
    const side = this.box.querySelector<HTMLElement>("[data-hall-side]")!;
    const live = this.targetKey();
    if (live !== "stage" && live !== "table" && live !== "above") return;
    const focused = document.activeElement;
    if (focused && side.contains(focused) && focused.matches("input, textarea, select")) return;
    const key = focused && side.contains(focused) ? focused.getAttribute("data-key") : null;
    side.replaceChildren(...this.words(this.target));
    if (key) side.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
  }

  private mirrorPeople(): void {
    const hands = new Set(this.state?.queue.filter((q) => q.state === "waiting").map((q) => q.user));
    const rows = [...this.people.values()].map((p) => ({ label: p.label, short: p.short, hand: hands.has(p.user), speaking: this.state?.floor?.user === p.user,
      me: p.id === this.mine }));
    rows.sort((a, b) => Number(b.speaking) - Number(a.speaking) || Number(b.hand) - Number(a.hand) || a.short.localeCompare(b.short, "id"));
    this.mirror.people(rows);
    const count = this.box.querySelector<HTMLElement>("[data-hall-count]");
    if (count) count.textContent = String(rows.length);
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
      if (this.picture.kind !== "plan") return;
      e.preventDefault();
      (this.picture as ReturnType<typeof fromAbove>).plan.grow(e.deltaY < 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
  }

  private async offerGlasses(): Promise<void> {
    if (this.picture.kind !== "room" || !(await xr.available())) return;
    const words = this.scene.words;
    const button = el("button", { type: "button", class: "btn", "data-hall-xr": true, click: () => void toggle() }, words["enter_xr"] ?? "");
    const toggle = async (): Promise<void> => {
      if (this.glasses) { await this.glasses.end(); return; }
      const { world } = this.picture as Awaited<ReturnType<typeof room>>;
      this.glasses = await xr.enter(world, {
        picked: (hit) => this.picked(hit),
        hand: () => this.floor.toggleHand(),
        walk: (ahead, right, turn, seconds) => this.stick(ahead, right, turn, seconds),
        ended: () => { this.glasses = null; this.box.dataset["glasses"] = "off"; button.textContent = words["enter_xr"] ?? ""; },
      });
      this.box.dataset["glasses"] = "on";
      button.textContent = words["leave_xr"] ?? "";
    };
    this.box.querySelector("[data-hall-acts]")!.append(button);
  }

  private stick(ahead: number, right: number, turn: number, seconds: number): void {
    const { body } = this.motion;
    body.yaw += turn;
    const [sin, cos] = [Math.sin(body.yaw), Math.cos(body.yaw)];
    const [x, z] = [body.x + (-sin * ahead + cos * right) * 3 * seconds, body.z + (-cos * ahead - sin * right) * 3 * seconds];
    if (!this.solid(x, z)) Object.assign(body, { x, z });
  }

  /** For tests: what is drawn, and where everybody is seen. */
  private handle(): object {
    const hall = this;
    return {
      get figures() { return { ...hall.picture.figures(), frames: hall.frames }; },
      get parts() { return hall.picture.kind === "room" ? (hall.picture as Awaited<ReturnType<typeof room>>).world.parts() : []; },
      get me() { return { ...hall.motion.body, id: hall.mine }; },
      get seen() { return hall.seen().map((s) => ({ ...s, user: hall.people.get(s.id)?.user, short: hall.people.get(s.id)?.short })); },
      get state() { return hall.state; },
      get day() { return hall.day; },
      get place() { return hall.targetKey(); },
    };
  }
}
