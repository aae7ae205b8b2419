// Who is in the hall: names from the server, places from pose frames, hands and the floor from the state.
import type { Scene } from "./data";
import type { State, Welcome } from "./link";
import type { Mirror } from "./mirror";
import { FLAG, type Person, type Seen } from "./people";
import { Crowd } from "./poses";
import { groupColour } from "./world/palette";

export class Present {
  readonly crowd = new Crowd();
  mine: number | null = null; // the number of one's own body
  private state: State | null = null;
  private readonly people = new Map<number, Person>();
  private readonly agencyOf = new Map<number, number>();

  constructor(readonly scene: Scene, readonly mirror: Mirror, readonly count: HTMLElement | null) {
    scene.agencies.forEach((agency, n) => this.agencyOf.set(agency.id, n));
  }

  welcome(welcome: Welcome): void {
    this.mine = welcome.id;
    this.people.clear();
    this.crowd.clear();
    for (const person of welcome.people) this.people.set(person.id, person);
    this.tell();
  }

  changed(state: State): void {
    this.state = state;
    this.tell();
  }

  moved(add: Person[], gone: number[]): void {
    for (const person of add) {
      if (!this.people.has(person.id) && person.id !== this.mine) this.mirror.arrived(person);
      this.people.set(person.id, person);
    }
    for (const id of gone) {
      const left = this.people.get(id);
      if (left) this.mirror.departed(left);
      this.people.delete(id);
    }
    this.crowd.drop(gone);
    this.tell();
  }

  who(id: number): Person | undefined {
    return this.people.get(id);
  }

  seen(): Seen[] {
    const hands = this.hands();
    return this.crowd.seen(performance.now()).filter((s) => s.id !== this.mine).map((s) => {
      const user = this.people.get(s.id)?.user;
      let flags = s.flags;
      if (user !== undefined && hands.has(user)) flags |= FLAG.hand;
      if (user !== undefined && this.state?.floor?.user === user) flags |= FLAG.speaking;
      return { ...s, flags };
    });
  }

  colour(person: Person | undefined): number {
    return groupColour(this.scene.agencies[this.agencyOf.get(person?.agency ?? -1) ?? -1]);
  }

  private hands(): Set<number> {
    return new Set(this.state?.queue.filter((q) => q.state === "waiting").map((q) => q.user));
  }

  /** The same for whoever does not see the picture. */
  private tell(): void {
    const hands = this.hands();
    const rows = [...this.people.values()].map((p) => ({ label: p.label, short: p.short, hand: hands.has(p.user), speaking: this.state?.floor?.user === p.user,
      me: p.id === this.mine }));
    rows.sort((a, b) => Number(b.speaking) - Number(a.speaking) || Number(b.hand) - Number(a.hand) || a.short.localeCompare(b.short, "id"));
    this.mirror.people(rows);
    if (this.count) this.count.textContent = String(rows.length);
  }
}
