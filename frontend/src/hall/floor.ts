// The meeting's own acts: hands, the floor, votes, tables, slides; and the clock of what runs.
import type { Agency, Entry, Scene, Table } from "./data";
import type { Act, State, Ticket, Vote } from "./link";
import type { Mirror } from "./mirror";
import { tableNotes } from "./tablenotes";
import { agendaList, el, fact, findingList, handIcon, head, type Target } from "./ui";
import { clock, say } from "./words";
import type { OnStage } from "./world/screens";

type Do = (name: string, data?: object) => Promise<boolean>;
const CHOICES = ["yes", "no", "abstain"] as const;

export class Floor {
  private state: State | null = null;
  private ticket: Ticket | null = null;
  private may = new Set<string>();
  private drawn = "";
  private voted = new Map<string, string>();
  private ending: { of: string; form: HTMLElement } | null = null; // the outcome that is being written

  constructor(readonly bar: HTMLElement, readonly clockBox: HTMLElement, readonly scene: Scene, readonly mirror: Mirror, readonly act: Do,
    readonly seat: () => number | null) {
    setInterval(() => this.tick(), 1000);
    this.tick();
  }

  known(ticket: Ticket): void {
    this.ticket = ticket;
    this.may = new Set(ticket.may);
    this.draw();
  }

  changed(state: State): void {
    const before = this.state;
    this.state = state;
    const me = this.ticket?.you.user;
    const w = this.scene.words;
    if (me !== undefined && state.floor?.user === me && before?.floor?.user !== me) this.mirror.urge(w["floor_yours"] ?? "");
    const open = state.votes.filter((v) => v.state === "voting");
    const was = new Set(before?.votes.filter((v) => v.state === "voting").map((v) => v.resolution));
    for (const vote of open) if (!was.has(vote.resolution)) this.mirror.urge(`${w["vote_open"]} ${vote.title}`);
    this.draw();
    this.tick();
  }

  /** What others did, told quietly. */
  heard(act: Act): void {
    const me = this.ticket?.you.user;
    const template = this.scene.words[`act_${act.name}`];
    if (!template || act.user === me) return;
    const label = String(act.data["label"] ?? this.agency(act.agency)?.short ?? act.by);
    this.mirror.say(`${say(template, label)}.`);
  }

  toggleHand(): void {
    void this.act(this.hand() ? "lower_hand" : "raise_hand");
  }

  // -- what the screen shows

  onStage(slide: HTMLImageElement | null): OnStage {
    const now = this.state?.now ?? null;
    const entry = now ? this.scene.agenda.find((e) => e.id === now.item) : this.scene.agenda.find((e) => e.state === "running");
    const agency = now ? this.agency(now.agency) : this.scene.agencies[entry?.agency ?? -1];
    const number = agency ? this.scene.agencies.indexOf(agency) : -1;
    const findings = number >= 0 ? this.scene.findings.filter((f) => f.agencies.includes(number)) : this.scene.findings.filter((f) => f.severity === "high");
    return {
      title: entry?.title ?? now?.title ?? this.scene.meeting.title, kind: entry?.kind_name ?? "", agency, ends: now?.ends ?? null,
      running: Boolean(now ?? entry), queue: this.state?.queue ?? [], floor: this.state?.floor?.label ?? null, findings, slide,
      page: now?.slide?.page ?? 1,
      next: this.state ? this.state.next.map((n) => ({ title: n.title, start: n.start })) : this.waiting().slice(0, 3),
    };
  }

  private waiting(): Entry[] {
    return this.scene.agenda.filter((e) => e.start && e.state === "waiting" && e.kind !== "prayer" && e.kind !== "break");
  }

  // -- panels

  overview(go: (target: Target) => void): Node[] {
    const w = this.scene.words;
    const list = el("ul", { class: "list hall-rows" });
    for (const place of this.scene.places) {
      list.append(el("li", {}, el("button", { type: "button", class: "hall-row", "data-key": place.key, click: () => go({ kind: "place", key: place.key }) },
        el("span", {}, place.name), el("span", { class: "small muted" }, place.question))));
    }
    return [head(this.scene.meeting.title, this.scene.meeting.place), this.nowBox(), list, el("h3", {}, w["next"] ?? ""),
      agendaList(this.waiting().slice(0, 5), this.scene)];
  }

  stage(): Node[] {
    const w = this.scene.words;
    const place = this.scene.places.find((p) => p.key === "stage")!;
    const show = this.onStage(null);
    const nodes: (Node | null)[] = [head(place.name, place.question), this.nowBox(), this.slides(), this.votes(true),
      el("h3", {}, w["queue"] ?? ""), this.queue(), el("h3", {}, show.running && show.agency ? w["touching"] ?? "" : w["open_findings"] ?? ""),
      findingList(show.findings, this.scene, 4)];
    return nodes.filter(Boolean) as Node[];
  }

  private nowBox(): HTMLElement {
    const w = this.scene.words;
    const show = this.onStage(null);
    if (!show.running) return el("div", { class: "note" }, el("p", {}, w["nothing_runs"] ?? ""), this.beginNext());
    const now = this.state?.now;
    const chair = this.may.has("finish") && now;
    const entry = this.scene.agenda.find((e) => e.id === now?.item);
    const brief = entry?.brief;
    const facts = el("dl", { class: "facts" });
    if (brief) for (const name of ["issue", "solution", "innovation", "stuck"] as const) if (brief[name]) facts.append(fact(w[`brief_${name}`] ?? "", brief[name]));
    return el("section", { class: "card" }, el("p", { class: "small muted" }, `${w["now"]} · ${show.kind}`), el("h3", {}, show.title),
      show.agency ? el("p", {}, show.agency.name) : null, brief ? facts : null,
      chair ? el("p", { class: "actions" }, el("button", { type: "button", class: "btn btn-small", "data-key": "finish",
        click: () => void this.act("finish", { item: now.item, version: now.version }) }, w["finish"] ?? "")) : null);
  }

  /** For the chair: the entry that comes next begins. */
  private beginNext(): HTMLElement | null {
    const next = this.state?.next.find((n) => n.kind !== "desk");
    if (!next || !this.may.has("begin")) return null;
    return el("p", { class: "actions" }, el("button", { type: "button", class: "btn btn-small btn-primary", "data-key": "begin",
      click: () => void this.act("begin", { item: next.item, version: next.version }) }, `${this.scene.words["begin"]}: ${next.title}`));
  }

  private slides(): HTMLElement | null {
    const now = this.state?.now;
    if (!now?.slide) return null;
    const w = this.scene.words;
    const turn = (page: number): void => void this.act("slide", { item: now.item, page });
    const { page, pages, url } = now.slide;
    const turns = this.ticket?.you.role === "chair" || (now.agency !== null && now.agency === this.ticket?.you.agency);
    return el("p", { class: "actions" },
      turns ? el("button", { type: "button", class: "btn btn-small", "data-key": "back", disabled: page <= 1, click: () => turn(page - 1) }, `‹ ${w["page_back"]}`) : null,
      el("a", { href: url }, `${w["slides"]} ${page}${pages ? ` / ${pages}` : ""}`),
      turns ? el("button", { type: "button", class: "btn btn-small", "data-key": "forth", disabled: Boolean(pages && page >= pages),
        click: () => turn(page + 1) }, `${w["page_next"]} ›`) : null);
  }

  private queue(): HTMLElement {
    const w = this.scene.words;
    const list = el("ol", { class: "list hall-queue" });
    const chair = this.may.has("grant");
    const floor = this.state?.floor;
    if (floor) list.append(el("li", { class: "hall-speaks" }, `● ${floor.label}`, chair ? el("button", { type: "button", class: "btn btn-small", "data-key": "done",
      click: () => void this.act("lower_hand", { request: floor.request }) }, w["done_speaking"] ?? "") : null));
    for (const hand of this.state?.queue ?? []) {
      if (hand.state !== "waiting") continue;
      list.append(el("li", {}, hand.label, chair ? el("button", { type: "button", class: "btn btn-small", "data-key": `grant${hand.request}`,
        click: () => void this.act("grant", { request: hand.request }) }, w["grant"] ?? "") : null));
    }
    return list.childElementCount ? list : el("p", { class: "muted" }, w["queue_empty"] ?? "");
  }

  private votes(all: boolean): HTMLElement | null {
    const w = this.scene.words;
    const found = (this.state?.votes ?? []).filter((v) => v.state === "voting" || (all && (v.state === "proposed" || v.state === "adopted" || v.state === "refused")));
    if (!found.length) return null;
    const box = el("section", { class: "hall-votes", "aria-label": w["votes"] ?? "" });
    for (const vote of found) box.append(this.vote(vote));
    return box;
  }

  private vote(vote: Vote): HTMLElement {
    const w = this.scene.words;
    const counted = vote.yes === null ? `${vote.cast} ${w["cast"]}` : `${w["yes"]} ${vote.yes} · ${w["no"]} ${vote.no} · ${w["abstain"]} ${vote.abstain}`;
    const box = el("div", { class: "card" }, el("p", { class: "small muted" }, w[`vote_${vote.state}`] ?? vote.state), el("h3", {}, vote.title), el("p", {}, vote.text),
      el("p", { class: "small" }, counted));
    const buttons = el("div", { class: "row" });
    if (vote.state === "voting") {
      for (const mandate of this.ticket?.mandates ?? []) {
        const cast = this.voted.get(`${vote.resolution} ${mandate.id}`);
        const group = el("fieldset", { class: "hall-ballot" }, el("legend", {}, mandate.label));
        for (const choice of CHOICES) group.append(el("button", { type: "button", class: "btn", "data-key": `${vote.resolution}${mandate.id}${choice}`, "aria-pressed": String(cast === choice), click: () => {
          void this.act("vote", { resolution: vote.resolution, mandate: mandate.id, choice }).then((done) => {
            if (!done) return;
            this.voted.set(`${vote.resolution} ${mandate.id}`, choice);
            this.drawn = "";
            this.draw();
          });
        } }, w[choice] ?? choice));
        buttons.append(group);
      }
      if (this.may.has("close_vote")) buttons.append(el("button", { type: "button", class: "btn", "data-key": `close${vote.resolution}`,
        click: () => void this.act("close_vote", { resolution: vote.resolution }) }, w["close_vote"] ?? ""));
    } else if (vote.state === "proposed" && this.may.has("open_vote")) {
      buttons.append(el("button", { type: "button", class: "btn btn-primary", "data-key": `open${vote.resolution}`,
        click: () => void this.act("open_vote", { resolution: vote.resolution }) }, w["open_vote"] ?? ""));
    }
    if (buttons.childElementCount) box.append(buttons);
    return box;
  }

  /** At a table: who sits there, a seat for oneself, notes, and how it ends. */
  table(table: Table): HTMLElement[] {
    const live = this.state?.tables.find((t) => t.item === table.item);
    if (!live) return [];
    const w = this.scene.words;
    const mine = this.seat() === table.item;
    const seated = live.seated.map((s) => s.label ?? this.agency(s.agency)?.short ?? "").filter(Boolean);
    const box = el("section", { class: "card" }, el("p", { class: "small" }, `${w["seated"]}: ${seated.length ? seated.join(", ") : w["nobody"]}`),
      el("p", { class: "actions" }, this.may.has("sit") ? el("button", { type: "button", class: mine ? "btn" : "btn btn-primary", "data-key": "sit",
        click: () => void (mine ? this.act("stand") : this.act("sit", { item: table.item })) }, (mine ? w["stand"] : w["sit"]) ?? "") : null,
        this.may.has("begin") && live.state === "waiting" ? el("button", { type: "button", class: "btn", "data-key": "begin",
          click: () => void this.act("begin", { item: table.item, version: live.version }) }, w["begin"] ?? "") : null));
    const sides = table.seats.map((n) => this.scene.agencies[n]).filter((a): a is Agency => Boolean(a));
    const settles = this.scene.may.settle || sides.some((a) => a.id === this.ticket?.you.agency);
    if (settles && live.state === "running") box.append(this.outcome(table, live.version, sides));
    return table.url ? [box, tableNotes(table, this.scene)] : [box];
  }

  /** Made once for each table and version: what is being written stays when the panel is drawn anew. */
  private outcome(table: Table, version: number, sides: Agency[]): HTMLElement {
    const of = `${table.item} ${version}`;
    if (this.ending?.of === of) return this.ending.form;
    const w = this.scene.words;
    const kind = el("select", { name: "kind", id: "hall-kind" }, ...this.scene.outcome_kinds.map(([value, name]) => el("option", { value }, name)));
    const text = el("textarea", { name: "text", id: "hall-text", rows: "3", maxlength: "4000", required: true });
    const owner = el("select", { name: "owner", id: "hall-owner" }, el("option", { value: "" }, "–"), ...sides.map((a) => el("option", { value: String(a.id) }, a.name)));
    const post = el("input", { name: "owner_post", id: "hall-post", maxlength: "200" });
    const due = el("input", { type: "date", name: "due", id: "hall-due" });
    const field = (name: string, input: HTMLElement): HTMLElement => el("div", { class: "field" }, el("label", { for: input.id }, w[name] ?? ""), input);
    const form = el("details", { class: "hall-outcome" }, el("summary", {}, w["settle"] ?? ""), el("form", { submit: (e) => {
      e.preventDefault();
      void this.act("settle", { item: table.item, version, kind: kind.value, text: text.value, owner: owner.value ? Number(owner.value) : null,
        owner_post: post.value, due: due.value || null });
    } }, field("outcome", kind), field("agreement", text), field("owner", owner), field("owner_post", post), field("due", due),
      el("button", { class: "btn btn-primary" }, w["save_outcome"] ?? "")));
    this.ending = { of, form };
    return form;
  }

  /** "We work there too", about one of an agency's programs. */
  askSync(index: number): HTMLElement | null {
    const agency = this.scene.agencies[index]!;
    if (!this.may.has("ask_sync") || agency.id === this.ticket?.you.agency || !agency.programs.length) return null;
    const w = this.scene.words;
    const program = el("select", { id: "hall-ask-program" }, ...agency.programs.map((p) => el("option", { value: String(p.id) }, p.title)));
    const text = el("textarea", { id: "hall-ask-text", rows: "2", maxlength: "1000", required: true });
    const form = el("form", { submit: (e) => {
      e.preventDefault();
      void this.act("ask_sync", { program: Number(program.value), text: text.value }).then((done) => {
        if (done) { form.replaceChildren(el("p", { class: "good" }, w["asked"] ?? "")); this.mirror.say(w["asked"] ?? ""); }
      });
    } }, el("div", { class: "field" }, el("label", { for: "hall-ask-program" }, w["move_program"] ?? ""), program),
      el("div", { class: "field" }, el("label", { for: "hall-ask-text" }, w["ask_text"] ?? ""), text), el("button", { class: "btn btn-primary" }, w["send"] ?? ""));
    return el("details", {}, el("summary", {}, w["we_too"] ?? ""), form);
  }

  // -- the bar

  private hand(): boolean {
    const me = this.ticket?.you.user;
    return Boolean(this.state?.queue.some((q) => q.user === me) || this.state?.floor?.user === me);
  }

  private draw(): void {
    const w = this.scene.words;
    const up = this.hand();
    const speaks = this.state?.floor?.user === this.ticket?.you.user && this.ticket !== null;
    const open = this.state?.votes.filter((v) => v.state === "voting") ?? [];
    const text = JSON.stringify([up, speaks, [...this.may], open, [...this.voted]]);
    if (text === this.drawn) return;
    this.drawn = text;
    const focused = this.bar.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    const glasses = this.bar.querySelector("[data-hall-xr]");
    const parts: (Node | null)[] = [
      this.may.has("raise_hand") ? el("button", { type: "button", class: up ? "btn" : "btn btn-primary", "data-key": "hand", "data-hall-hand": up ? "up" : "down",
        click: () => this.toggleHand() }, handIcon(), ` ${speaks ? w["done_speaking"] : up ? w["lower"] : w["raise"]}`) : null,
      this.votes(false), glasses,
    ];
    this.bar.replaceChildren(...parts.filter(Boolean) as Node[]);
    if (focused) this.bar.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  private tick(): void {
    const now = this.state?.now;
    const w = this.scene.words;
    let text = "";
    if (now?.ends) {
      const left = Math.round((Date.parse(now.ends) - Date.now()) / 1000);
      const m = Math.floor(Math.abs(left) / 60);
      const s = String(Math.abs(left) % 60).padStart(2, "0");
      text = `${now.short || now.title} · ${left < 0 ? `! ${w["over"]}` : w["left"]} ${m}.${s}`;
      this.clockBox.classList.toggle("over", left < 0);
    } else {
      const next = this.waiting()[0];
      text = next ? `${w["next"]}: ${clock(next.start)} ${next.title}` : "";
    }
    if (this.clockBox.textContent !== text) this.clockBox.textContent = text;
  }

  private agency(id: number | null | undefined): Agency | undefined {
    return id === null || id === undefined ? undefined : this.scene.agencies.find((a) => a.id === id);
  }
}
