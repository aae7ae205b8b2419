// What the hall needs of a picture, whether in three dimensions or from above.
import type { Person, Seen } from "./people";
import type { Place, Scene } from "./data";
import type { Body } from "./motion";
import type { Hit, World } from "./world/world";
import type { OnStage } from "./world/screens";
import { Plan } from "./plan";

export interface Chosen { kind: "agency" | "table" | "place"; index: number }
export interface Frame { seen: Seen[]; who(id: number): Person | undefined; colour(person: Person | undefined): number; body: Body; seconds: number;
  chosen: Chosen | null; day: number }
export interface Picture {
  kind: "room" | "plan";
  resize(width: number, height: number): void;
  draw(frame: Frame): void;
  pick(x: number, y: number): Hit | null;
  stage(show: OnStage): void;
  day(day: number, program: number): void;
  figures(): { calls: number; triangles: number };
  close(): void;
}

/** The room in 3D; loads what it needs only now. */
export async function room(canvas: HTMLCanvasElement, scene: Scene, low: boolean): Promise<Picture & { world: World }> {
  const { World } = await import("./world/world");
  const world = new World(canvas, scene, low);
  let ratio = Math.min(devicePixelRatio, low ? 1 : 2);
  let most = { calls: 0, triangles: 0 };
  return {
    kind: "room", world,
    resize(width, height) {
      ratio = Math.min(devicePixelRatio, low ? 1 : 2);
      world.resize(width, height, low ? ratio * 0.75 : ratio);
    },
    draw({ seen, who, colour, body, seconds }) {
      if (!world.renderer.xr.isPresenting) {
        world.rig.position.set(0, 0, 0);
        world.rig.rotation.set(0, 0, 0);
        world.camera.position.set(body.x, body.eye, body.z);
        world.camera.rotation.set(body.pitch, body.yaw, 0);
      } else {
        world.rig.position.set(body.x, 0, body.z);
        world.rig.rotation.set(0, body.yaw, 0);
      }
      world.camera.updateMatrixWorld();
      world.lookAtBooth(world.nearestBooth(body.x - Math.sin(body.yaw) * 4, body.z - Math.cos(body.yaw) * 4, 7));
      world.avatars.draw(seen, who, colour, world.rig.position.clone().set(body.x, 0, body.z), seconds);
      world.draw(seconds);
      const info = world.renderer.info.render;
      most = { calls: Math.max(most.calls, info.calls), triangles: Math.max(most.triangles, info.triangles) };
    },
    pick: (x, y) => world.pick(x, y),
    stage: (show) => world.onStage(show),
    day: (day, program) => { world.city.show(day, program); },
    figures: () => most,
    close: () => { world.renderer.setAnimationLoop(null); world.renderer.dispose(); world.renderer.forceContextLoss(); },
  };
}

export function fromAbove(canvas: HTMLCanvasElement, scene: Scene): Picture & { plan: Plan } {
  const plan = new Plan(canvas, scene);
  return {
    kind: "plan", plan,
    resize: (width, height) => plan.resize(width, height, Math.min(devicePixelRatio, 2)),
    draw: ({ seen, who, colour, body, day, chosen }) => plan.draw({ seen, who, agency: colour, me: body, day, chosen }),
    pick: (x, y) => plan.pick(x, y),
    stage: () => undefined,
    day: () => undefined,
    figures: () => ({ calls: 0, triangles: 0 }),
    close: () => undefined,
  };
}

/** How a place is shown from above: where, and how large. */
export function planView(place: Place["key"]): [number, number, number] {
  const views: Record<Place["key"], [number, number, number]> = { stage: [0, -26, 2.6], city: [0, 0.4, 9], tables: [0, 27, 2], booths: [0, -8, 1.15],
    corridor: [0, 47, 2.6] };
  return views[place];
}
