// Where things stand, for whoever goes about: from where a target is seen best, what is solid, what is close.
import type { Place, Scene } from "./data";
import type { Body } from "./motion";
import type { Target } from "./ui";

const ABOVE = { x: 0, z: 62, eye: 19, look: [0, 0.5, -14] as [number, number, number] };

/** Where else one stands when the picture is no wider than high: farther from the table, before the first board. */
const UPRIGHT: Partial<Record<Place["key"], Partial<View>>> = {
  city: { z: 12.4, eye: 10.6, look: [0, 0.9, 0.4] },
  corridor: { x: 4.4, z: 48.4, look: [4.4, 2.6, 55] },
};

export interface View { x: number; z: number; eye: number; look: [number, number, number] }

export function nameOf(target: Target, scene: Scene): string {
  if (target.kind === "place") return scene.places.find((p) => p.key === target.key)?.name ?? "";
  if (target.kind === "agency") return scene.agencies[target.index]?.name ?? "";
  if (target.kind === "table") return `${scene.words["table"]} ${scene.tables[target.index]?.number}`;
  return scene.words["from_above"] ?? "";
}

/** Where the page's address says that one comes in. */
export function asked(scene: Scene): Target {
  const words = new URLSearchParams(location.search);
  const place = scene.places.find((p) => p.key === words.get("tempat"));
  const agency = scene.agencies.findIndex((a) => a.code === words.get("stan"));
  const table = scene.tables.findIndex((t) => String(t.item) === words.get("meja"));
  return agency >= 0 ? { kind: "agency", index: agency } : table >= 0 ? { kind: "table", index: table }
    : place ? { kind: "place", key: place.key } : { kind: "above" };
}

/** Of a booth or a table; null where it has no place of its own. */
export function spotOf(target: Target, scene: Scene): { x: number; z: number; yaw: number } | null {
  if (target.kind === "agency") return scene.agencies[target.index]?.spot ?? null;
  return target.kind === "table" ? scene.tables[target.index]?.spot ?? null : null;
}

/** From where a target is seen best; `upright`: the picture is no wider than high. */
export function viewOf(target: Target, scene: Scene, upright: boolean): View | null {
  if (target.kind === "above") return ABOVE;
  if (target.kind === "place") {
    const place = scene.places.find((p) => p.key === target.key)!;
    return { ...place, ...(upright ? UPRIGHT[place.key] : {}) };
  }
  const spot = spotOf(target, scene);
  if (!spot) return null;
  const booth = target.kind === "agency";
  const away = booth ? 4.6 : 4.4;
  const turn = booth ? spot.yaw : spot.x > 0 ? 0.75 : -0.75;
  const [dx, dz] = booth ? [-Math.sin(turn), -Math.cos(turn)] : [-Math.sin(turn), Math.cos(turn)];
  return { x: spot.x + dx * away, z: spot.z + dz * away, eye: 1.7, look: [spot.x, booth ? 1.75 : 1.2, spot.z] };
}

export function solid(scene: Scene, x: number, z: number, onStage: boolean): boolean {
  if (Math.hypot(x, z) < 7.6) return true;
  if (z < -30.6 && z > -40 && Math.abs(x) < 15 && !onStage) return true;
  return scene.tables.some((t) => t.spot && Math.hypot(t.spot.x - x, t.spot.z - z) < 1.25)
    || scene.agencies.some((a) => a.spot && Math.hypot(a.spot.x - x, a.spot.z - z) < 1.35);
}

/** What a body that walks has come to. */
export function closeTo(scene: Scene, body: Body): Target | null {
  const close = (spot: { x: number; z: number } | null, reach: number): boolean => Boolean(spot && Math.hypot(spot.x - body.x, spot.z - body.z) < reach);
  const agency = scene.agencies.findIndex((a) => close(a.spot, 3.4));
  if (agency >= 0) return { kind: "agency", index: agency };
  const table = scene.tables.findIndex((t) => close(t.spot, 2.6));
  if (table >= 0) return { kind: "table", index: table };
  return Math.hypot(body.x, body.z) < 9 ? { kind: "place", key: "city" satisfies Place["key"] } : null;
}
