// How much this device can draw: measured frame time lowers the picture, then gives way to the plan. Whoever
// chooses a quality gets it.
export type Choice = "auto" | "full" | "low";
const KEY = "hall-quality";
const SLOW = 60; // milliseconds a frame, over a second or more: lighter
const STUCK = 140; // lighter was not enough: the plan

export function choice(): Choice {
  const kept = localStorage.getItem(KEY);
  return kept === "full" || kept === "low" ? kept : "auto";
}

export function choose(value: Choice): void {
  localStorage.setItem(KEY, value);
}

export function sparing(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  return connection?.saveData === true;
}

/** Whether a context of WebGL 2 can be had at all. */
export function draws3d(): boolean {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

/** Says when frames have been slow for long enough. */
export class Pace {
  private times: number[] = [];
  private begun = 0;

  frame(now: number, took: number): "ok" | "slow" | "stuck" {
    if (this.begun === 0) this.begun = now;
    this.times.push(took);
    if (this.times.length > 40) this.times.shift();
    if (now - this.begun < 4000 || this.times.length < 8) return "ok"; // the first frames compile shaders
    const usual = [...this.times].sort((a, b) => a - b)[this.times.length >> 1]!;
    if (usual > STUCK) return "stuck";
    return usual > SLOW ? "slow" : "ok";
  }

  again(): void {
    this.times = [];
    this.begun = 0;
  }
}
