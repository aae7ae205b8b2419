// The hall with glasses on (WebXR): point and press to go, the stick to turn and walk, the grip to raise a hand,
// hold the rim of the city table to turn the year.
import { BufferGeometry, Line, LineBasicMaterial, Matrix4, Raycaster, Vector3, type Group } from "three";
import type { Hit, World } from "./world/world";

export async function available(): Promise<boolean> {
  const xr = (navigator as { xr?: XRSystem }).xr;
  if (!xr) return false;
  try {
    return await xr.isSessionSupported("immersive-vr");
  } catch {
    return false;
  }
}

export interface Glasses { end(): Promise<void> }
export interface InGlasses { picked(hit: Hit): void; hand(): void; walk(ahead: number, right: number, turn: number, seconds: number): void; ended(): void }

export async function enter(world: World, acts: InGlasses): Promise<Glasses> {
  const session = await (navigator as { xr?: XRSystem }).xr!.requestSession("immersive-vr", { optionalFeatures: ["local-floor"] });
  const renderer = world.renderer;
  renderer.xr.enabled = true;
  renderer.xr.setReferenceSpaceType("local-floor");
  await renderer.xr.setSession(session);
  const ray = new Raycaster();
  const turn = new Matrix4();
  const controllers: Group[] = [];
  let held: { by: Group; turns: boolean | null } | null = null; // pressed; whether it turns the year of the city table
  const pointed = (controller: Group): Hit | null => {
    controller.updateWorldMatrix(true, false);
    turn.identity().extractRotation(controller.matrixWorld);
    ray.ray.origin.setFromMatrixPosition(controller.matrixWorld);
    ray.ray.direction.set(0, 0, -1).applyMatrix4(turn);
    return world.along(ray);
  };
  for (const n of [0, 1]) {
    const controller = renderer.xr.getController(n);
    const line = new Line(new BufferGeometry().setFromPoints([new Vector3(), new Vector3(0, 0, -12)]), new LineBasicMaterial({ color: 0xf0b65a }));
    controller.add(line);
    controller.addEventListener("selectstart", () => { held = { by: controller, turns: null }; });
    controller.addEventListener("selectend", () => { if (held?.by === controller) held = null; });
    controller.addEventListener("select", () => {
      const hit = held?.turns ? null : pointed(controller);
      if (hit) acts.picked(hit);
    });
    controller.addEventListener("squeeze", () => acts.hand());
    world.rig.add(controller);
    controllers.push(controller);
  }
  let snapped = false;
  sticks = (seconds) => {
    if (held) {
      const hit = pointed(held.by);
      held.turns ??= hit?.kind === "day";
      if (held.turns && hit?.kind === "day") acts.picked(hit);
    }
    for (const source of session.inputSources) {
      const axes = source.gamepad?.axes ?? [];
      const [x, y] = [axes[2] ?? 0, axes[3] ?? 0];
      if (source.handedness === "right") {
        if (Math.abs(x) > 0.7 && !snapped) acts.walk(0, 0, -Math.sign(x) * (Math.PI / 6), 1);
        snapped = Math.abs(x) > 0.7;
      } else if (Math.hypot(x, y) > 0.2) acts.walk(-y, x, 0, seconds);
    }
  };
  session.addEventListener("end", () => {
    for (const controller of controllers) world.rig.remove(controller);
    renderer.xr.enabled = false;
    sticks = null;
    acts.ended();
  });
  return { end: () => session.end() };
}

/** Reads the sticks; called every frame while the glasses are on. */
export let sticks: ((seconds: number) => void) | null = null;
