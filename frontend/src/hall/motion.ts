// How one moves: keys while the picture has focus, a drag to look, a tap to go, and glides between places.
import { Vector3 } from "three";

export interface Body { x: number; z: number; yaw: number; pitch: number; eye: number; moving: boolean }
export interface Bounds { x: [number, number]; z: [number, number] }

const WALK = 4.6; // metres a second
const EYE = 1.65;
const KEYS: Record<string, [number, number, number]> = { // forward, right, turn left
  KeyW: [1, 0, 0], ArrowUp: [1, 0, 0], KeyS: [-1, 0, 0], ArrowDown: [-1, 0, 0], KeyA: [0, -1, 0], KeyD: [0, 1, 0],
  ArrowLeft: [0, 0, 1], ArrowRight: [0, 0, -1], KeyQ: [0, 0, 1], KeyE: [0, 0, -1],
};

export class Motion {
  readonly body: Body = { x: 0, z: 0, yaw: 0, pitch: 0, eye: EYE, moving: false };
  private readonly down = new Set<string>();
  private glide: { from: Body; to: Body; t: number; long: number } | null = null;
  private walkTo: { x: number; z: number } | null = null;
  calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  constructor(readonly picture: HTMLElement, readonly bounds: Bounds, readonly solid: (x: number, z: number) => boolean,
    tapped: (x: number, y: number) => void, readonly jumped: () => void, leave: () => void) {
    picture.addEventListener("keydown", (e) => {
      if (e.code === "Escape") { this.down.clear(); leave(); return; }
      if (e.ctrlKey || e.altKey || e.metaKey || !(e.code in KEYS)) return;
      e.preventDefault();
      this.down.add(e.code);
      this.stop();
      this.body.eye = Math.min(this.body.eye, 2);
    });
    addEventListener("keyup", (e) => this.down.delete(e.code));
    picture.addEventListener("blur", () => this.down.clear());
    let start: { x: number; y: number; id: number; moved: boolean } | null = null;
    picture.addEventListener("pointerdown", (e) => {
      start = { x: e.clientX, y: e.clientY, id: e.pointerId, moved: false };
      picture.setPointerCapture(e.pointerId);
      picture.focus({ preventScroll: true });
    });
    picture.addEventListener("pointermove", (e) => {
      if (!start || start.id !== e.pointerId) return;
      const [dx, dy] = [e.clientX - start.x, e.clientY - start.y];
      if (!start.moved && Math.hypot(dx, dy) < 7) return;
      start = { x: e.clientX, y: e.clientY, id: e.pointerId, moved: true };
      this.glide = null;
      const per = 2.2 / picture.clientHeight;
      this.body.yaw += dx * per;
      this.body.pitch = Math.max(-1.1, Math.min(0.9, this.body.pitch + dy * per));
    });
    picture.addEventListener("pointerup", (e) => {
      if (start && !start.moved) {
        const box = picture.getBoundingClientRect();
        tapped(((e.clientX - box.left) / box.width) * 2 - 1, 1 - ((e.clientY - box.top) / box.height) * 2);
      }
      start = null;
    });
    picture.addEventListener("pointercancel", () => { start = null; });
  }

  stop(): void {
    this.glide = null;
    this.walkTo = null;
  }

  /** Stand somewhere and look at a point: a glide, or at once for whoever wants calm. */
  go(x: number, z: number, eye: number, look: [number, number, number], now = false): void {
    const away = new Vector3(look[0] - x, look[1] - eye, look[2] - z);
    const yaw = Math.atan2(-away.x, -away.z);
    const pitch = Math.atan2(away.y, Math.hypot(away.x, away.z));
    const to: Body = { x, z, yaw, pitch, eye, moving: false };
    this.walkTo = null;
    if (now || this.calm) {
      Object.assign(this.body, to);
      this.glide = null;
    } else {
      const turn = ((yaw - this.body.yaw + Math.PI) % (2 * Math.PI) + 2 * Math.PI) % (2 * Math.PI) - Math.PI;
      to.yaw = this.body.yaw + turn;
      this.glide = { from: { ...this.body }, to, t: 0, long: Math.min(1.6, 0.5 + Math.hypot(x - this.body.x, z - this.body.z) / 45) };
    }
    this.jumped();
  }

  /** Walk in a straight line to a tapped place. */
  walk(x: number, z: number): void {
    this.glide = null;
    this.walkTo = { x: clamp(x, this.bounds.x), z: clamp(z, this.bounds.z) };
    if (this.calm) {
      Object.assign(this.body, this.walkTo);
      this.walkTo = null;
      this.jumped();
    }
  }

  step(seconds: number): void {
    const body = this.body;
    const before = { x: body.x, z: body.z };
    if (this.glide) {
      const g = this.glide;
      g.t = Math.min(1, g.t + seconds / g.long);
      const s = g.t * g.t * (3 - 2 * g.t);
      for (const name of ["x", "z", "yaw", "pitch", "eye"] as const) body[name] = g.from[name] + (g.to[name] - g.from[name]) * s;
      if (g.t === 1) this.glide = null;
      body.moving = false;
      return;
    }
    let [ahead, right, turn] = [0, 0, 0];
    for (const code of this.down) {
      const key = KEYS[code];
      if (key) { ahead += key[0]; right += key[1]; turn += key[2]; }
    }
    body.yaw += turn * 1.9 * seconds;
    if (ahead || right) {
      const long = Math.hypot(ahead, right);
      const [sin, cos] = [Math.sin(body.yaw), Math.cos(body.yaw)];
      this.shift(((-sin * ahead + cos * right) / long) * WALK * seconds, ((-cos * ahead - sin * right) / long) * WALK * seconds);
    } else if (this.walkTo) {
      const [dx, dz] = [this.walkTo.x - body.x, this.walkTo.z - body.z];
      const far = Math.hypot(dx, dz);
      const pace = Math.min(far, WALK * 1.35 * seconds);
      if (far < 0.05) this.walkTo = null;
      else if (!this.shift((dx / far) * pace, (dz / far) * pace)) this.walkTo = null;
      if (body.eye > 2) body.eye += (EYE - body.eye) * Math.min(1, seconds * 3);
    }
    if (ahead || right) body.eye += (EYE - body.eye) * Math.min(1, seconds * 5);
    body.moving = Math.hypot(body.x - before.x, body.z - before.z) > 0.002;
  }

  /** The stick of a controller: metres ahead and to the right for a second, and a turn at once. */
  stick(ahead: number, right: number, turn: number, seconds: number): void {
    const { body } = this;
    body.yaw += turn;
    const [sin, cos] = [Math.sin(body.yaw), Math.cos(body.yaw)];
    const [x, z] = [body.x + (-sin * ahead + cos * right) * 3 * seconds, body.z + (-cos * ahead - sin * right) * 3 * seconds];
    if (!this.solid(x, z)) Object.assign(body, { x, z });
  }

  private shift(dx: number, dz: number): boolean {
    const body = this.body;
    const [x, z] = [clamp(body.x + dx, this.bounds.x), clamp(body.z + dz, this.bounds.z)];
    const inside = this.solid(body.x, body.z); // whoever stands in something may leave it
    if (inside || !this.solid(x, z)) { body.x = x; body.z = z; return true; }
    if (!this.solid(x, body.z)) { body.x = x; return true; }
    if (!this.solid(body.x, z)) { body.z = z; return true; }
    return false;
  }
}

function clamp(value: number, [low, high]: [number, number]): number {
  return Math.min(high, Math.max(low, value));
}
