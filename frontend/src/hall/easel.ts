// The picture and its canvas: in three dimensions where the device can, from above where it cannot, changed when it
// turns out that it cannot keep up.
import { fromAbove, room, type Picture } from "./drawing";
import type { Scene } from "./data";
import { choice, draws3d, Pace, sparing } from "./quality";
import type { World } from "./world/world";

export interface Hooks { frame(now: number): void; note(words: string): void; again(): void }

export class Easel {
  picture!: Picture;
  size = "";
  private low = false;
  private readonly pace = new Pace();

  constructor(readonly box: HTMLElement, readonly scene: Scene, readonly hooks: Hooks) {}

  async begin(wanted: "room" | "plan"): Promise<void> {
    const chosen = choice();
    let kind = wanted;
    this.low = chosen === "low" || (chosen === "auto" && sparing());
    if (kind === "room" && chosen === "auto" && sparing()) kind = "plan";
    if (kind === "room" && !draws3d()) kind = this.cannot();
    if (kind === "room") {
      try {
        const made = await room(this.canvas, this.scene, this.low);
        this.picture = made;
        made.world.renderer.domElement.addEventListener("webglcontextlost", () => { if (this.picture === made) this.fall(); });
        made.world.renderer.setAnimationLoop((now) => this.hooks.frame(now));
      } catch {
        kind = this.cannot();
      }
    }
    if (kind === "plan") this.flat();
    this.box.dataset["drawn"] = this.picture.kind;
    this.resize();
    new ResizeObserver(() => this.resize()).observe(this.holder);
  }

  get world(): World | null {
    return this.picture.kind === "room" ? (this.picture as Awaited<ReturnType<typeof room>>).world : null;
  }

  get plan(): ReturnType<typeof fromAbove>["plan"] | null {
    return this.picture.kind === "plan" ? (this.picture as ReturnType<typeof fromAbove>).plan : null;
  }

  /** No wider than high, as on a phone. */
  get upright(): boolean {
    const { holder } = this;
    return holder.clientWidth < holder.clientHeight * 1.15;
  }

  /** Lighter, or the plan, when frames have been slow for long. */
  look(now: number, took: number): void {
    const { world } = this;
    if (document.hidden || !world || choice() !== "auto") return;
    const pace = this.pace.frame(now, took);
    if (pace === "ok") return;
    if (!this.low) {
      this.low = true;
      this.pace.again();
      world.renderer.setPixelRatio(Math.min(devicePixelRatio, 1) * 0.7);
      world.avatars.limit(40);
      this.box.dataset["quality"] = "low";
      this.hooks.note(this.scene.words["low"] ?? "");
    } else if (pace === "stuck") this.fall();
  }

  private cannot(): "plan" {
    this.hooks.note(this.scene.words["no_webgl"] ?? "");
    return "plan";
  }

  private get holder(): HTMLElement {
    return this.box.querySelector<HTMLElement>("[data-hall-picture]")!;
  }

  private get canvas(): HTMLCanvasElement {
    return this.box.querySelector<HTMLCanvasElement>("[data-hall-canvas]")!;
  }

  private flat(): void {
    this.picture = fromAbove(this.canvas, this.scene);
    const loop = (now: number): void => {
      if (this.picture.kind !== "plan") return;
      this.hooks.frame(now);
      requestAnimationFrame(loop);
    };
    requestAnimationFrame(loop);
  }

  /** The plan instead of the room: the device cannot keep up, or lost its context. */
  private fall(): void {
    const old = this.picture;
    const fresh = this.canvas.cloneNode(false) as HTMLCanvasElement;
    this.canvas.replaceWith(fresh);
    this.flat();
    old.close();
    this.box.dataset["drawn"] = "plan";
    this.size = "";
    this.resize();
    this.hooks.note(this.scene.words["no_webgl"] ?? "");
    this.hooks.again();
  }

  private resize(): void {
    const { holder } = this;
    const size = `${holder.clientWidth}x${holder.clientHeight}`;
    if (size === this.size || holder.clientWidth === 0) return;
    const first = this.size === "";
    this.size = size;
    this.picture.resize(holder.clientWidth, holder.clientHeight);
    if (!first) this.hooks.frame(performance.now()); // a resized canvas is empty until it is drawn
  }
}
