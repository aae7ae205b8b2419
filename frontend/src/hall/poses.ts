// The pose plane: frames of 12 + 8 × n bytes, newest wins, drawn 150 ms behind so that moves are smooth.
// The format is docs/reference/hall-protocol.en.md.

export interface Pose { id: number; x: number; z: number; yaw: number; flags: number }
export const HEADER = 12;
export const RECORD = 8;
const VERSION = 1;
const BEHIND = 150; // milliseconds
const KEPT = 8; // samples of a person
const TURN = Math.PI * 2;
const JUMPED = 64;

/** One's own pose as a client frame. */
export function encode(sequence: number, now: number, pose: Pose): ArrayBuffer {
  const frame = new DataView(new ArrayBuffer(HEADER + RECORD));
  frame.setUint8(0, VERSION);
  frame.setUint8(1, 2);
  frame.setUint16(2, 1, true);
  frame.setUint32(4, sequence >>> 0, true);
  frame.setUint32(8, Math.round(now) >>> 0, true);
  frame.setUint16(12, pose.id, true);
  frame.setInt16(14, centimetres(pose.x), true);
  frame.setInt16(16, centimetres(pose.z), true);
  frame.setUint8(18, yawByte(pose.yaw));
  frame.setUint8(19, pose.flags);
  return frame.buffer;
}

/** The people of a server frame and the sender's clock; null when it is not one. */
export function decode(data: ArrayBuffer): { at: number; sequence: number; poses: Pose[] } | null {
  const frame = new DataView(data);
  if (frame.byteLength < HEADER || frame.getUint8(0) !== VERSION || frame.getUint8(1) !== 1) return null;
  const count = frame.getUint16(2, true);
  if (frame.byteLength !== HEADER + RECORD * count) return null;
  const poses: Pose[] = [];
  for (let n = 0; n < count; n++) {
    const o = HEADER + n * RECORD;
    poses.push({ id: frame.getUint16(o, true), x: frame.getInt16(o + 2, true) / 100, z: frame.getInt16(o + 4, true) / 100,
      yaw: (frame.getUint8(o + 6) / 256) * TURN, flags: frame.getUint8(o + 7) });
  }
  return { at: frame.getUint32(8, true), sequence: frame.getUint32(4, true), poses };
}

export function centimetres(metres: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(metres * 100)));
}

export function yawByte(yaw: number): number {
  return ((Math.round((yaw / TURN) * 256) % 256) + 256) % 256;
}

interface Sample { at: number; x: number; z: number; yaw: number; flags: number }

/** Where everybody is drawn: between two samples, a little in the past. */
export class Crowd {
  private readonly tracks = new Map<number, Sample[]>();
  private ahead: number | null = null; // smallest known (own clock − server clock)

  /** Take a frame in; `now` is the own clock in milliseconds. */
  take(data: ArrayBuffer, now: number): void {
    const frame = decode(data);
    if (!frame) return;
    const ahead = now - frame.at;
    if (this.ahead === null || ahead < this.ahead || ahead - this.ahead > 5000) this.ahead = ahead;
    else this.ahead += (ahead - this.ahead) * 0.002; // clocks drift apart slowly
    for (const { id, ...pose } of frame.poses) {
      const track = this.tracks.get(id) ?? [];
      const last = track.at(-1);
      if (last && frame.at <= last.at && last.at - frame.at < 60_000) continue; // an older frame
      if (pose.flags & JUMPED) track.length = 0;
      track.push({ at: frame.at, ...pose });
      if (track.length > KEPT) track.shift();
      this.tracks.set(id, track);
    }
  }

  drop(ids: Iterable<number>): void {
    for (const id of ids) this.tracks.delete(id);
  }

  clear(): void {
    this.tracks.clear();
    this.ahead = null;
  }

  /** Everybody, as they were 150 ms ago. */
  seen(now: number): Pose[] {
    const then = now - (this.ahead ?? now) - BEHIND;
    const found: Pose[] = [];
    for (const [id, track] of this.tracks) found.push({ id, ...between(track, then) });
    return found;
  }
}

function between(track: Sample[], then: number): Omit<Pose, "id"> {
  const last = track.at(-1)!;
  for (let n = track.length - 1; n > 0; n--) {
    const [a, b] = [track[n - 1]!, track[n]!];
    if (a.at <= then && then <= b.at) {
      const s = (then - a.at) / Math.max(1, b.at - a.at);
      const turn = ((((b.yaw - a.yaw + Math.PI) % TURN) + TURN) % TURN) - Math.PI;
      return { x: a.x + (b.x - a.x) * s, z: a.z + (b.z - a.z) * s, yaw: a.yaw + turn * s, flags: last.flags };
    }
  }
  const { x, z, yaw } = then < track[0]!.at ? track[0]! : last;
  return { x, z, yaw, flags: last.flags };
}
