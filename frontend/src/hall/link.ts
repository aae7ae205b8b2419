// The line to the server: a ticket, then the socket for poses and acts; without the socket, acts by POST and the
// state by asking. An act that got no answer is sent again with its key.
import type { Person } from "./people";
import { encode, type Pose } from "./poses";

export interface Hand { request: number; user: number; agency: number | null; label: string; state: string; short?: string; since?: string | null }
export interface Vote { resolution: number; title: string; text: string; state: string; secret: boolean; cast: number;
  yes: number | null; no: number | null; abstain: number | null }
export interface LiveTable { item: number; table: number; state: string; finding: number | null; title: string; version: number; agencies: number[];
  outcome: string | null; seated: { user: number; agency: number | null; label?: string }[] }
export interface Now { item: number; kind: string; title: string; agency: number | null; short: string; began: string | null; ends: string | null;
  minutes: number; version: number; slide: { page: number; pages: number | null; url: string; image?: string | null } | null }
export interface State { meeting: { id: number; title: string; state: string }; now: Now | null;
  next: { item: number; kind: string; version: number; title: string; agency: number | null; start: string | null }[]; queue: Hand[]; floor: Hand | null; votes: Vote[];
  tables: LiveTable[]; findings?: { id: number }[]; present?: { hall: number; audience: number } }
export interface Act { n: number; name: string; at: string; by: string; agency: number | null; user: number | null; view: string; data: Record<string, unknown> }
export interface You { user: number; label: string; agency: number | null; short: string; role: "chair" | "member" | "audience" }
export interface Ticket { ticket: string; socket: string; you: You; may: string[]; mandates: { id: number; label: string }[] }
export interface Welcome { id: number | null; kind: string; at: [number, number, number]; bounds: number[]; speed: number; people: Person[]; state: State;
  last: number; acts: Act[] | null }
export type Refusal = { code: string; id: string; en: string };

export interface Hooks {
  ticket(ticket: Ticket): void;
  welcome(welcome: Welcome): void;
  state(state: State): void;
  people(add: Person[], gone: number[]): void;
  acts(acts: Act[]): void;
  frame(data: ArrayBuffer): void;
  at(x: number, z: number, yaw: number): void;
  body(id: number | null, at: [number, number, number] | null): void;
  line(up: boolean): void;
}

export interface Addresses { ticket: string; act: string; state: string }
interface Waiting { key: string; name: string; data: object; done(answer: unknown): void; refused(why: Refusal): void }

const ASK = 4000; // milliseconds between two looks at the state without a socket

export class Link {
  private socket: WebSocket | null = null;
  private open = false;
  private id: number | null = null;
  private last = 0;
  private sequence = 0;
  private state: State | null = null;
  private wait = 0;
  private tag = "";
  private asking: number | null = null;
  private closed = false;
  private readonly pending = new Map<string, Waiting>();

  constructor(readonly addresses: Addresses, readonly view: "3d" | "plan", readonly hooks: Hooks) {
    addEventListener("pagehide", () => { this.closed = true; this.socket?.close(); });
    document.addEventListener("visibilitychange", () => this.rate(document.hidden ? 2 : 20));
  }

  async start(): Promise<void> {
    try {
      const ticket = await this.post(this.addresses.ticket, {}) as Ticket;
      this.hooks.ticket(ticket);
      this.connect(ticket);
    } catch {
      this.again();
    }
  }

  /** Do an act; the answer is what the server committed, a refusal has the reason in both languages. */
  act(name: string, data: object = {}): Promise<unknown> {
    return new Promise((done, refused) => {
      const waiting: Waiting = { key: crypto.randomUUID(), name, data, done, refused };
      this.pending.set(waiting.key, waiting);
      this.send(waiting);
    });
  }

  pose(pose: Omit<Pose, "id">): void {
    if (!this.open || this.id === null || !this.socket || this.socket.bufferedAmount > 4096) return;
    this.socket.send(encode(this.sequence++, performance.now(), { id: this.id, ...pose }));
  }

  go(x: number, z: number, yaw: number): void {
    if (this.open && this.id !== null) this.tell({ t: "go", x: Math.round(x * 100), z: Math.round(z * 100), yaw });
  }

  rate(hz: number): void {
    if (this.open) this.tell({ t: "rate", hz });
  }

  get up(): boolean {
    return this.open;
  }

  private connect(ticket: Ticket): void {
    const address = ticket.socket.startsWith("/") ? `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${ticket.socket}` : ticket.socket;
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => this.tell({ t: "join", ticket: ticket.ticket, view: this.view, hz: document.hidden ? 2 : 20, last: this.last });
    socket.onmessage = (e: MessageEvent<ArrayBuffer | string>) => {
      if (typeof e.data === "string") this.heard(JSON.parse(e.data) as Record<string, unknown>);
      else this.hooks.frame(e.data);
    };
    socket.onclose = (e) => {
      if (this.socket !== socket) return;
      const was = this.open;
      this.open = false;
      this.id = null;
      if (was) this.hooks.line(false);
      if (e.code !== 4001 && !this.closed) this.again();
    };
  }

  private again(): void {
    this.wait = Math.min(15_000, this.wait ? this.wait * 2 : 500 + Math.random() * 1000);
    void this.ask();
    setTimeout(() => { if (!this.open) void this.start(); }, this.wait);
    this.asking ??= window.setInterval(() => void this.ask(), ASK);
  }

  private heard(told: Record<string, unknown>): void {
    switch (told["t"]) {
      case "welcome": {
        const welcome = told as unknown as Welcome;
        this.open = true;
        this.wait = 0;
        this.id = welcome.id;
        this.last = welcome.last;
        this.state = welcome.state;
        if (this.asking !== null) clearInterval(this.asking);
        this.asking = null;
        this.hooks.welcome(welcome);
        this.hooks.state(this.state);
        if (welcome.acts) this.hooks.acts(welcome.acts);
        this.hooks.line(true);
        for (const waiting of this.pending.values()) this.send(waiting);
        break;
      }
      case "people": this.hooks.people((told["add"] ?? []) as Person[], (told["gone"] ?? []) as number[]); break;
      case "acts": {
        const acts = told["acts"] as Act[];
        this.last = acts.at(-1)?.n ?? this.last;
        this.hooks.acts(acts);
        break;
      }
      case "state":
        this.state = { ...this.state, ...(told["set"] as object) } as State;
        this.last = Math.max(this.last, Number(told["last"] ?? 0));
        this.hooks.state(this.state);
        break;
      case "ack": this.settle(String(told["key"]), (w) => w.done(told["data"])); break;
      case "nak": {
        const waiting = this.pending.get(String(told["key"]));
        if (told["code"] === "busy" && waiting) setTimeout(() => this.send(waiting), 700);
        else this.settle(String(told["key"]), (w) => w.refused(told as unknown as Refusal));
        break;
      }
      case "at": this.hooks.at(Number(told["x"]) / 100, Number(told["z"]) / 100, (Number(told["yaw"]) / 256) * Math.PI * 2); break;
      case "kind":
        this.id = (told["id"] as number | null) ?? null;
        this.hooks.body(this.id, (told["at"] as [number, number, number] | undefined) ?? null);
        break;
    }
  }

  private send(waiting: Waiting): void {
    if (this.open) {
      this.tell({ t: "act", key: waiting.key, name: waiting.name, data: waiting.data });
      return;
    }
    this.post(this.addresses.act, { key: waiting.key, name: waiting.name, data: waiting.data, view: this.view })
      .then((answer) => {
        this.settle(waiting.key, (w) => w.done((answer as { data: unknown }).data));
        void this.ask();
      })
      .catch((why: Refusal | Error) => {
        if ("code" in why && why.code !== "busy") this.settle(waiting.key, (w) => w.refused(why));
        else setTimeout(() => { if (this.pending.has(waiting.key)) this.send(waiting); }, 3000);
      });
  }

  private settle(key: string, how: (waiting: Waiting) => void): void {
    const waiting = this.pending.get(key);
    if (!waiting) return;
    this.pending.delete(key);
    how(waiting);
  }

  private tell(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private async ask(): Promise<void> {
    if (this.open) return;
    try {
      const answer = await fetch(this.addresses.state, { headers: this.tag ? { "If-None-Match": this.tag } : {} });
      if (!answer.ok || answer.status === 304) return;
      this.tag = answer.headers.get("ETag") ?? "";
      this.state = ((await answer.json()) as { state: State }).state;
      this.hooks.state(this.state);
    } catch { /* no line at all: the next look is soon */ }
  }

  private async post(address: string, body: object): Promise<unknown> {
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
    const told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() as unknown : null;
    if (!answer.ok) throw (told && typeof told === "object" && "code" in told ? told : new Error(String(answer.status)));
    return told;
  }
}
