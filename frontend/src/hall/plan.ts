// The hall from above: the same scene on a flat canvas, for whoever needs or wants no third dimension.
import type { Finding, Scene } from "./data";
import { css, groupColour, KIND, PAINT } from "./world/palette";
import { clashes } from "./year";
import type { Hit } from "./world/world";
import { FLAG, type Person, type Seen } from "./people";
import { raisedHand } from "./marks";

const FONT = '"IBM Plex Sans", system-ui, sans-serif';
const VIEW = { left: -67, right: 67, top: -52, bottom: 70 };

export interface PlanState { seen: Seen[]; who(id: number): Person | undefined; agency(person: Person | undefined): number; me: { x: number; z: number; yaw: number };
  day: number; chosen: { kind: string; index: number } | null }

export class Plan {
  private readonly pen: CanvasRenderingContext2D;
  private still: HTMLCanvasElement | null = null;
  private shows = "";
  private view = { x: 0, z: 3, zoom: 1 };
  private size = { w: 1, h: 1, ratio: 1 };

  constructor(readonly canvas: HTMLCanvasElement, readonly scene: Scene) {
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    this.pen = pen;
  }

  resize(w: number, h: number, ratio: number): void {
    this.size = { w, h, ratio };
    [this.canvas.width, this.canvas.height] = [Math.round(w * ratio), Math.round(h * ratio)];
    this.still = null;
  }

  /** Show one part larger, or everything. */
  look(x: number, z: number, zoom: number): void {
    this.view = { x, z, zoom };
    this.still = null;
  }

  get zoom(): number { return this.view.zoom; }

  drag(dx: number, dy: number): void {
    const s = this.scale();
    this.view.x -= dx / s;
    this.view.z -= dy / s;
    this.still = null;
  }

  grow(factor: number): void {
    this.view.zoom = Math.max(1, Math.min(14, this.view.zoom * factor));
    this.still = null;
  }

  draw(state: PlanState): void {
    const { pen, size } = this;
    const shows = `${state.day} ${JSON.stringify(state.chosen)}`;
    if (shows !== this.shows) this.still = null;
    this.shows = shows;
    this.still ??= this.ground(state);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.still, 0, 0);
    pen.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    const s = this.scale();
    for (const one of state.seen) {
      const person = state.who(one.id);
      this.person(pen, one.x, one.z, one.yaw, css(state.agency(person)), person?.short ?? "", one.flags, s);
    }
    this.person(pen, state.me.x, state.me.z, state.me.yaw, "#1c2a31", "", 0, s, true);
  }

  pick(u: number, v: number): Hit {
    const [px, py] = [((u + 1) / 2) * this.size.w, ((1 - v) / 2) * this.size.h];
    const [x, z] = this.back(px, py);
    const near = (list: { spot: { x: number; z: number } | null }[], reach: number): number => {
      let [best, least] = [-1, reach];
      list.forEach((one, n) => {
        if (!one.spot) return;
        const far = Math.hypot(one.spot.x - x, one.spot.z - z);
        if (far < least) [best, least] = [n, far];
      });
      return best;
    };
    const reach = Math.max(2, 14 / this.scale());
    const agency = near(this.scene.agencies, reach);
    if (agency >= 0) return { kind: "agency", index: agency };
    const table = near(this.scene.tables, reach);
    if (table >= 0) return { kind: "table", index: table };
    if (Math.hypot(x, z) < 7) return { kind: "city" };
    if (z < -30 && Math.abs(x) < 15) return { kind: "stage" };
    return { kind: "ground", x, z };
  }

  private scale(): number {
    return Math.min(this.size.w / (VIEW.right - VIEW.left), this.size.h / (VIEW.bottom - VIEW.top)) * this.view.zoom;
  }

  private at(x: number, z: number): [number, number] {
    const s = this.scale();
    return [this.size.w / 2 + (x - this.view.x) * s, this.size.h / 2 + (z - this.view.z) * s];
  }

  private back(px: number, py: number): [number, number] {
    const s = this.scale();
    return [(px - this.size.w / 2) / s + this.view.x, (py - this.size.h / 2) / s + this.view.z];
  }

  /** What does not move, painted once per view. */
  private ground(state: PlanState): HTMLCanvasElement {
    const made = document.createElement("canvas");
    [made.width, made.height] = [this.canvas.width, this.canvas.height];
    const pen = made.getContext("2d")!;
    pen.scale(this.size.ratio, this.size.ratio);
    const s = this.scale();
    const sea = Boolean(this.scene.city && this.scene.city.sea !== null);
    pen.fillStyle = sea ? "#8fc7d3" : "#c5d6a6";
    pen.fillRect(0, 0, this.size.w, this.size.h);
    if (sea) {
      pen.fillStyle = "#e9dcb4";
      this.shape(pen, shore(0));
      pen.fillStyle = "#c5d6a6";
      this.shape(pen, shore(5));
      this.ships(pen, s);
    }
    pen.fillStyle = "#ece5d6";
    pen.strokeStyle = "#b5a78f";
    pen.lineWidth = 1.5;
    const ring: [number, number][] = [];
    for (let n = 0; n <= 120; n++) {
      const a = (n / 120) * Math.PI * 2;
      const x = Math.cos(a) * 64;
      ring.push([x, sea ? Math.max(5 + Math.sin(a) * 64, coast(x) + 0.4) : 5 + Math.sin(a) * 64]);
    }
    this.shape(pen, ring, true);
    pen.fillStyle = "#d9b98c";
    this.block(pen, -3.5, 12, 7, 37);
    this.disc(pen, 0, 0, 12.6, "#b8705a");
    this.disc(pen, 0, 0, 10.4, "#ece5d6");
    this.stage(pen, s);
    this.city(pen, s, state.day);
    this.booths(pen, s, state);
    this.tables(pen, s, state);
    pen.fillStyle = css(0xb86a4b);
    this.block(pen, -20, 50.2, 40, 6);
    this.label(pen, this.scene.places.find((p) => p.key === "corridor")?.name ?? "", 0, 53.2, "#fff", 600, 13);
    return made;
  }

  private stage(pen: CanvasRenderingContext2D, s: number): void {
    pen.fillStyle = css(PAINT.wood);
    this.block(pen, -14.5, -39.4, 29, 8.4);
    pen.fillStyle = css(PAINT.tealDark);
    this.block(pen, -6.8, -38.4, 13.6, 1.6);
    this.label(pen, this.scene.words["stage"] ?? "", 0, -34, "#fff", 600, 14);
    pen.strokeStyle = css(PAINT.woodPale);
    pen.lineWidth = Math.max(1, 0.5 * s);
    for (let row = 0; row < 4; row++) {
      for (const side of [-1, 1]) {
        const [cx, cy] = this.at(0, -33.5);
        pen.beginPath();
        const r = (13 + row * 2.6) * s;
        if (side > 0) pen.arc(cx, cy, r, Math.PI / 2 - 1.02, Math.PI / 2 - 0.2);
        else pen.arc(cx, cy, r, Math.PI / 2 + 0.2, Math.PI / 2 + 1.02);
        pen.stroke();
      }
    }
  }

  private city(pen: CanvasRenderingContext2D, s: number, day: number): void {
    const city = this.scene.city;
    this.disc(pen, 0, 0, 7.1, css(PAINT.woodDark));
    this.disc(pen, 0, 0, 6.4, city && city.sea !== null ? css(PAINT.lagoon) : "#c8cfa2");
    if (!city) return;
    if (city.coast.length) {
      pen.save();
      const [cx, cy] = this.at(0, 0);
      pen.beginPath();
      pen.arc(cx, cy, 6.4 * s, 0, Math.PI * 2);
      pen.clip();
      pen.fillStyle = "#c8cfa2";
      this.shape(pen, [...city.coast, [6.5, 7], [-6.5, 7]]);
      pen.restore();
    }
    pen.lineWidth = Math.max(0.5, 0.03 * s);
    pen.strokeStyle = "rgba(74,53,33,.7)";
    const most = Math.max(1, ...city.districts.map((d) => d.money));
    for (const d of city.districts) {
      const share = Math.sqrt(d.money / most);
      pen.fillStyle = `hsl(33 ${Math.round(45 + 12 * share)}% ${Math.round(88 - 32 * share)}%)`;
      for (const flat of d.rings) {
        const ring: [number, number][] = [];
        for (let n = 0; n + 1 < flat.length; n += 2) ring.push([flat[n]! / 100, flat[n + 1]! / 100]);
        this.shape(pen, ring, true);
      }
    }
    if (s < 12) return;
    const rich = Math.max(1, ...this.scene.programs.map((p) => p.money));
    for (const p of this.scene.programs) { // full where it runs on this day, a ring where not
      const [px, py] = this.at(p.x, p.z);
      const runs = p.from <= day && day <= p.to;
      pen.beginPath();
      pen.arc(px, py, Math.max(1.6, (0.035 + 0.16 * Math.sqrt(p.money / rich)) * s), 0, Math.PI * 2);
      pen.fillStyle = pen.strokeStyle = css(groupColour(this.scene.agencies[p.agency]));
      pen.lineWidth = 1;
      pen.globalAlpha = runs ? (p.vague ? 0.55 : 1) : 0.4;
      if (runs) pen.fill();
      else pen.stroke();
    }
    pen.globalAlpha = 1;
    for (const f of this.scene.findings) this.arc(pen, f, day, s);
    this.names(pen, s);
  }

  /** A finding between its lines; thick and crossed where both run on this day. */
  private arc(pen: CanvasRenderingContext2D, f: Finding, day: number, s: number): void {
    const ends = f.programs.slice(0, 5).map((n) => this.scene.programs[n]!);
    const hot = clashes(f, this.scene.programs, day);
    for (let n = 0; n + 1 < ends.length; n++) {
      const [[ax, ay], [bx, by]] = [this.at(ends[n]!.x, ends[n]!.z), this.at(ends[n + 1]!.x, ends[n + 1]!.z)];
      const [cx, cy] = [(ax + bx) / 2, (ay + by) / 2 - 0.35 * s - Math.hypot(bx - ax, by - ay) * 0.2];
      pen.beginPath();
      pen.moveTo(ax, ay);
      pen.quadraticCurveTo(cx, cy, bx, by);
      pen.strokeStyle = css(hot ? 0xd0101f : KIND[f.kind]?.colour ?? 0x55656e);
      pen.lineWidth = hot ? 3 : 1;
      pen.globalAlpha = hot ? 1 : 0.5;
      pen.stroke();
      pen.globalAlpha = 1;
      if (hot) this.label(pen, "✕", this.back(cx, cy)[0], this.back(cx, (ay + by) / 4 + cy / 2)[1], "#d0101f", 600, 16);
    }
  }

  private booths(pen: CanvasRenderingContext2D, s: number, state: PlanState): void {
    this.scene.agencies.forEach((agency, n) => {
      if (!agency.spot) return;
      const [px, py] = this.at(agency.spot.x, agency.spot.z);
      pen.save();
      pen.translate(px, py);
      pen.rotate(-agency.spot.yaw);
      pen.fillStyle = css(groupColour(agency));
      pen.fillRect(-1.6 * s, -1.25 * s, 3.2 * s, 2.5 * s);
      if (state.chosen?.kind === "agency" && state.chosen.index === n) {
        pen.strokeStyle = "#1c2a31";
        pen.lineWidth = 3;
        pen.strokeRect(-1.6 * s - 2, -1.25 * s - 2, 3.2 * s + 4, 2.5 * s + 4);
      }
      pen.restore();
      if (s > 9) {
        this.label(pen, agency.short, agency.spot.x, agency.spot.z, "#fff", 600, Math.min(14, (3.1 * s) / Math.max(5, agency.short.length) * 1.55));
        if (agency.open && s > 14) this.label(pen, `${agency.open}${agency.heavy ? " ▲" : ""}`, agency.spot.x, agency.spot.z + 0.8, "#fff", 400, 12);
      } else if (agency.open) {
        pen.fillStyle = "#fff";
        pen.beginPath();
        pen.arc(px, py, Math.max(1.4, 0.5 * s), 0, Math.PI * 2);
        pen.fill();
      }
    });
  }

  private tables(pen: CanvasRenderingContext2D, s: number, state: PlanState): void {
    this.scene.tables.forEach((table, n) => {
      if (!table.spot) return;
      const { x, z } = table.spot;
      const kind = KIND[table.kind];
      this.disc(pen, x, z, 2.6, "#fffaf0", state.chosen?.kind === "table" && state.chosen.index === n ? "#1c2a31" : "#c9b591");
      this.disc(pen, x, z, 1.7, css(kind?.colour ?? PAINT.teal));
      this.label(pen, s > 7 ? `${table.number} ${kind?.mark ?? ""}` : `${table.number}`, x, z, "#fff", 600, Math.max(9, Math.min(15, 1.5 * s)));
      if (table.outcome) this.label(pen, "✓", x + 1.9, z - 1.7, "#24663c", 600, 14);
      if (s > 11) {
        let sides = table.seats.map((k) => this.scene.agencies[k]?.short).join(" × ");
        pen.font = `400 12px ${FONT}`;
        while (sides.length > 4 && pen.measureText(sides).width > 6.1 * s) sides = `${sides.slice(0, -2).trimEnd()}…`; // the next table is near
        this.label(pen, sides, x, z + 3.3, "#1c2a31", 400, 12, "rgba(255,253,247,.85)");
      }
    });
  }

  private ships(pen: CanvasRenderingContext2D, s: number): void {
    for (const [x, z] of [[-40, -48], [44, -49]] as const) {
      const [px, py] = this.at(x, z);
      pen.fillStyle = css(PAINT.woodDark);
      pen.beginPath();
      pen.ellipse(px, py, 3.6 * s, 0.9 * s, 0, 0, Math.PI * 2);
      pen.fill();
      pen.fillStyle = "#fffaf0";
      pen.beginPath();
      pen.moveTo(px - 2.4 * s, py - 0.2 * s);
      pen.lineTo(px + 0.2 * s, py - 2.6 * s);
      pen.lineTo(px + 2.6 * s, py - 0.2 * s);
      pen.fill();
    }
  }

  private person(pen: CanvasRenderingContext2D, x: number, z: number, yaw: number, colour: string, name: string, flags: number, s: number, me = false): void {
    const [px, py] = this.at(x, z);
    const r = Math.max(me ? 6 : 5, 0.45 * s);
    pen.save();
    pen.translate(px, py);
    pen.rotate(-yaw);
    pen.fillStyle = me ? "#f0a020" : colour;
    pen.beginPath();
    pen.moveTo(0, -r * 1.75);
    pen.lineTo(r * 0.75, -r * 0.6);
    pen.lineTo(-r * 0.75, -r * 0.6);
    pen.fill();
    pen.restore();
    pen.fillStyle = me ? "#f0a020" : colour;
    pen.strokeStyle = "#fff";
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(px, py, r, 0, Math.PI * 2);
    pen.fill();
    pen.stroke();
    if (flags & FLAG.speaking) {
      pen.strokeStyle = "#f0a020";
      pen.lineWidth = 3;
      pen.beginPath();
      pen.arc(px, py, r + 4, 0, Math.PI * 2);
      pen.stroke();
    }
    if (flags & FLAG.hand) {
      raisedHand(pen, px + r * 0.5, py - r * 2.9, r * 2);
    }
    if (name && !me) this.label(pen, name, x, z + (r + 9) / s, "#1c2a31", 600, 12, "rgba(255,255,255,.85)");
  }

  private label(pen: CanvasRenderingContext2D, text: string, x: number, z: number, colour: string, weight: number, size: number, back = ""): void {
    if (!text || size < 7) return;
    const [px, py] = this.at(x, z);
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    if (back) {
      const w = pen.measureText(text).width + 6;
      pen.fillStyle = back;
      pen.fillRect(px - w / 2, py - size * 0.65, w, size * 1.3);
    }
    pen.fillStyle = colour;
    pen.fillText(text, px, py);
  }

  /** Names of the districts, the heaviest first; one that would cover another steps aside, or waits for a closer look. */
  private names(pen: CanvasRenderingContext2D, s: number): void {
    const size = Math.min(15, 0.28 * s);
    if (size < 7) return;
    const taken: [number, number, number][] = []; // left, right, middle in pixels
    pen.font = `600 ${size}px ${FONT}`;
    for (const d of [...this.scene.city!.districts].sort((a, b) => b.money - a.money)) {
      const half = pen.measureText(d.name).width / 2 + 4;
      for (const step of [0, 1.5, -1.5, 3, -3]) {
        const [px, py] = this.at(d.label[0], d.label[1] + (step * size) / s);
        if (taken.some(([left, right, y]) => px + half > left && px - half < right && Math.abs(y - py) < size * 1.35)) continue;
        taken.push([px - half, px + half, py]);
        this.label(pen, d.name, d.label[0], d.label[1] + (step * size) / s, "#1c2a31", 600, size, "rgba(255,253,247,.8)");
        break;
      }
    }
  }

  private shape(pen: CanvasRenderingContext2D, ring: [number, number][], line = false): void {
    pen.beginPath();
    ring.forEach(([x, z], n) => { const [px, py] = this.at(x, z); if (n) pen.lineTo(px, py); else pen.moveTo(px, py); });
    pen.closePath();
    pen.fill();
    if (line) pen.stroke();
  }

  private block(pen: CanvasRenderingContext2D, x: number, z: number, w: number, d: number): void {
    const [px, py] = this.at(x, z);
    const s = this.scale();
    pen.fillRect(px, py, w * s, d * s);
  }

  private disc(pen: CanvasRenderingContext2D, x: number, z: number, r: number, fill: string, line = ""): void {
    const [px, py] = this.at(x, z);
    pen.beginPath();
    pen.arc(px, py, r * this.scale(), 0, Math.PI * 2);
    pen.fillStyle = fill;
    pen.fill();
    if (line) { pen.strokeStyle = line; pen.lineWidth = 2; pen.stroke(); }
  }
}

function coast(x: number): number {
  return -47 + 0.0026 * x * x - 1.4 * Math.sin(x * 0.045);
}

function shore(inland: number): [number, number][] {
  const ring: [number, number][] = [];
  for (let x = -300; x <= 300; x += 6) ring.push([x, coast(x) + inland]);
  return [...ring, [300, 300], [-300, 300]];
}
