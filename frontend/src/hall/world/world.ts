// The hall put together: renderer, light, places. Draws when asked; knows nothing of the network.
import { ACESFilmicToneMapping, Group, InstancedMesh, Matrix4, MeshBasicMaterial, PCFShadowMap,
  PerspectiveCamera, PlaneGeometry, Quaternion, Raycaster, Scene as Space, SphereGeometry, SRGBColorSpace, Vector2, Vector3,
  WebGLRenderer } from "three";
import type { Agency, Scene } from "../data";
import { Avatars } from "./avatars";
import { BOARD_W, BOARD_Y, booths, face } from "./booths";
import { cityTable, TOP, type CityTable } from "./citytable";
import { Clay, CLAY_BOTH } from "./clay";
import { corridor } from "./corridor";
import { Sheet, signScale } from "./labels";
import { blobs, land } from "./land";
import { PAINT } from "./palette";
import { queue, screen, touching, type OnStage } from "./screens";
import { sea, type Sea } from "./sea";
import { sky, SUN } from "./sky";
import { benchSpots, board, stage, type Board, type Stage } from "./stage";
import { seats, tables } from "./tables";

export type Hit = { kind: "agency"; index: number } | { kind: "table"; index: number } | { kind: "city" } | { kind: "stage" }
  | { kind: "program"; index: number } | { kind: "day"; day: number } | { kind: "ground"; x: number; z: number };

const DIAL = 6.4; // metres from the middle of the city table, from where on its rim is meant

export class World {
  readonly renderer: WebGLRenderer;
  readonly space = new Space();
  readonly camera = new PerspectiveCamera(60, 1, 0.1, 1300);
  readonly rig = new Group();
  readonly city: CityTable;
  readonly avatars: Avatars;
  private readonly stage: Stage;
  private readonly water: Sea | null;
  private readonly focus: Board;
  private focused = -1;

  constructor(canvas: HTMLCanvasElement, readonly scene: Scene, low: boolean) {
    this.renderer = new WebGLRenderer({ canvas, antialias: !low, powerPreference: "high-performance" });
    this.renderer.outputColorSpace = SRGBColorSpace;
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.renderer.toneMappingExposure = 0.92;
    this.renderer.shadowMap.enabled = !low;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.renderer.info.autoReset = true;
    this.camera.rotation.order = "YXZ";
    this.rig.add(this.camera);
    this.space.add(this.rig);
    const sharp = Math.min(low ? 2 : 8, this.renderer.capabilities.getMaxAnisotropy());
    const heaven = sky(this.renderer, this.space, low ? 0 : 2048);
    const bySea = Boolean(scene.city && scene.city.sea !== null);
    this.water = bySea ? sea(heaven.texture, scene.city!.islands, SUN) : null;
    if (this.water) this.space.add(this.water.group);
    const facades = new Sheet(2048, 2048, sharp);
    const signs = new Sheet(2048, 1024, sharp);
    this.stage = stage(sharp);
    this.city = cityTable(scene, signs);
    this.focus = board(800, 600, BOARD_W, BOARD_W * 0.75, sharp);
    this.focus.mesh.visible = false;
    this.space.add(land(bySea, sharp), this.stage.group, booths(scene, facades), tables(scene, signs), corridor(scene, sharp).group,
      this.city.group, banners(), facades.boardMesh(), signs.boardMesh(), signs.signMesh(), this.shadows(), this.focus.mesh);
    this.avatars = new Avatars(low ? 40 : 300);
    this.space.add(this.avatars.group);
    this.renderer.shadowMap.autoUpdate = false;
    this.renderer.shadowMap.needsUpdate = true;
  }

  onStage(show: OnStage): void {
    screen(this.stage.screen, this.scene, show);
    queue(this.stage.queue, this.scene, show);
    touching(this.stage.findings, this.scene, show);
  }

  /** The booth that is looked at gets a sharp board. */
  lookAtBooth(index: number): void {
    if (index === this.focused) return;
    this.focused = index;
    const agency = this.scene.agencies[index];
    this.focus.mesh.visible = Boolean(agency?.spot);
    if (!agency?.spot) return;
    const { x, z, yaw } = agency.spot;
    this.focus.pen.save();
    this.focus.pen.clearRect(0, 0, 800, 600);
    face(this.focus.pen, 800, 600, agency, this.scene);
    this.focus.pen.restore();
    this.focus.texture.needsUpdate = true;
    const turn = yaw + Math.PI;
    this.focus.mesh.position.set(x - 0.9 * Math.sin(turn), BOARD_Y, z - 0.9 * Math.cos(turn));
    this.focus.mesh.rotation.y = turn;
  }

  nearestBooth(x: number, z: number, most: number): number {
    let [best, least] = [-1, most];
    this.scene.agencies.forEach((agency: Agency, n) => {
      if (!agency.spot) return;
      const far = Math.hypot(agency.spot.x - x, agency.spot.z - z);
      if (far < least) [best, least] = [n, far];
    });
    return best;
  }

  nearestTable(x: number, z: number, most: number): number {
    let [best, least] = [-1, most];
    this.scene.tables.forEach((table, n) => {
      if (!table.spot) return;
      const far = Math.hypot(table.spot.x - x, table.spot.z - z);
      if (far < least) [best, least] = [n, far];
    });
    return best;
  }

  resize(width: number, height: number, ratio: number): void {
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / Math.max(1, height);
    const wide = (58 * Math.PI) / 180; // at least so much to see from left to right, in radians
    const upright = 2 * Math.atan(Math.tan(wide / 2) / this.camera.aspect);
    this.camera.fov = Math.min(78, Math.max(56, (upright * 180) / Math.PI));
    signScale.value = width < 600 ? 1.3 : 1;
    this.camera.updateProjectionMatrix();
  }

  draw(seconds: number): void {
    this.water?.tick(seconds);
    this.renderer.render(this.space, this.camera);
  }

  /** Triangles by mesh, the largest first; for looking after the budget. */
  parts(): string[] {
    const found: [number, string][] = [];
    this.space.traverse((one) => {
      const mesh = one as InstancedMesh;
      if (!mesh.isMesh) return;
      const n = (mesh.geometry.index?.count ?? mesh.geometry.attributes["position"]?.count ?? 0) / 3;
      found.push([n * (mesh.isInstancedMesh ? mesh.count : 1), `${mesh.name || mesh.parent?.type} ${mesh.isInstancedMesh ? `x${mesh.count}` : ""}`]);
    });
    return found.sort((a, b) => b[0] - a[0]).map(([n, name]) => `${n} ${name}`);
  }

  /** What lies under a point of the picture (-1 to 1). */
  pick(x: number, y: number): Hit | null {
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(x, y), this.camera);
    return this.along(ray);
  }

  along(ray: Raycaster): Hit | null {
    const o = ray.ray.origin;
    const d = ray.ray.direction;
    let best: { far: number; hit: Hit } | null = null;
    const offer = (far: number, hit: Hit): void => { if (far > 0 && (!best || far < best.far)) best = { far, hit }; };
    const ball = (cx: number, cy: number, cz: number, r: number): number => {
      const [x, y, z] = [o.x - cx, o.y - cy, o.z - cz];
      const b = x * d.x + y * d.y + z * d.z;
      const c = x * x + y * y + z * z - r * r;
      const q = b * b - c;
      return q < 0 ? -1 : -b - Math.sqrt(q);
    };
    this.scene.agencies.forEach((a, n) => { if (a.spot) offer(ball(a.spot.x, 1.6, a.spot.z, 1.7), { kind: "agency", index: n }); });
    this.scene.tables.forEach((t, n) => { if (t.spot) offer(ball(t.spot.x, 1.2, t.spot.z, 1.5), { kind: "table", index: n }); });
    const onTop = (TOP + 0.3 - o.y) / d.y;
    if (onTop > 0) {
      const [x, z] = [o.x + d.x * onTop, o.z + d.z * onTop];
      const out = Math.hypot(x, z);
      if (out < 7) { // its rim is the year: twelve months clockwise from the far side
        const turn = (Math.atan2(x, -z) / (Math.PI * 2) + 1) % 1;
        offer(onTop, out > DIAL ? { kind: "day", day: Math.floor(turn * 365) } : { kind: "city" });
        const near = this.scene.programs.map((p, n) => ({ n, far: ball(p.x, this.city.heightOf(p) - 0.2, p.z, 0.22) })).filter((f) => f.far > 0);
        const first = near.sort((a, b) => a.far - b.far)[0];
        if (first) offer(Math.min(first.far, onTop - 0.01), { kind: "program", index: first.n });
      }
    }
    const wall = (-37 - o.z) / d.z;
    if (wall > 0 && Math.abs(o.x + d.x * wall) < 13 && o.y + d.y * wall > 1 && o.y + d.y * wall < 10) offer(wall, { kind: "stage" });
    const floor = -o.y / d.y;
    if (floor > 0 && floor < 90) offer(floor, { kind: "ground", x: o.x + d.x * floor, z: o.z + d.z * floor });
    return (best as { far: number; hit: Hit } | null)?.hit ?? null;
  }

  private shadows(): InstancedMesh {
    const spots: [number, number, number, number, number][] = [[0, 0, 19, 19, 1], [0, -35, 38, 14, 1], [0, 53.6, 46, 11, 1]];
    for (const { spot } of this.scene.agencies) if (spot) spots.push([spot.x, spot.z, 5.6, 5.4, 1]);
    for (const table of this.scene.tables) {
      if (!table.spot) continue;
      spots.push([table.spot.x, table.spot.z, 4, 4, 1]);
      for (const seat of seats(table)) spots.push([seat.x, seat.z, 1.1, 1.1, 1]);
    }
    for (const [x, z] of benchSpots()) spots.push([x, z, 2.9, 1.5, 1]);
    return blobs(spots);
  }
}

/** Umbul-umbul: curved banners on poles, along the rows of booths. */
function banners(): InstancedMesh {
  const clay = new Clay();
  clay.post(0.035, 0.05, 6.4, PAINT.cream, { dark: 0.4, reach: 1.5 }, 6);
  const cloth = new PlaneGeometry(0.72, 4.6, 1, 10).translate(0.36, 3.9, 0);
  const position = cloth.attributes["position"]!;
  for (let n = 0; n < position.count; n++) {
    const t = (position.getY(n) - 1.6) / 4.6;
    position.setZ(n, 0.12 * Math.sin(t * 5) * (position.getX(n) / 0.72));
    position.setX(n, position.getX(n) * (1.05 - 0.45 * (1 - t)));
  }
  cloth.computeVertexNormals();
  clay.add(cloth, 0xffffff);
  clay.add(new SphereGeometry(0.09, 8, 6), PAINT.gold, { at: [0, 6.45, 0] });
  const spots: [number, number, number][] = [];
  for (const side of [-1, 1]) for (let n = 0; n < 8; n++) {
    const angle = (-37 + n * 7.6) * (Math.PI / 180);
    spots.push([side * 61.5 * Math.cos(angle), 4 + 61.5 * Math.sin(angle), side > 0 ? 2.6 : 0.5]);
  }
  for (const side of [-1, 1]) for (let n = 0; n < 4; n++) spots.push([side * (20.5 - n * 4.6), 47.5, 0.4]);
  const made = new InstancedMesh(clay.geometry(), CLAY_BOTH, spots.length);
  const tones = [PAINT.red, PAINT.gold, PAINT.teal, 0xe0662f, 0x4f8f43];
  const matrix = new Matrix4();
  const tint = new MeshBasicMaterial().color;
  spots.forEach(([x, z, yaw], n) => {
    matrix.compose(new Vector3(x, 0, z), new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), yaw), z > 46 ? new Vector3(0.62, 0.62, 0.62) : new Vector3(1.15, 1.15, 1.15));
    made.setMatrixAt(n, matrix);
    made.setColorAt(n, tint.set(tones[n % tones.length]!));
  });
  return made;
}
