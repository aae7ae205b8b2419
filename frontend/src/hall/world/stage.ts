// The stage: a screen under a tiered gable, a board for the queue and one for findings, benches before it.
import { BoxGeometry, BufferAttribute, BufferGeometry, CanvasTexture, Group, InstancedMesh, LinearFilter, Matrix4,
  Mesh, MeshBasicMaterial, PlaneGeometry, Quaternion, SRGBColorSpace, SphereGeometry, Vector3 } from "three";
import { CLAY, CLAY_BOTH, Clay } from "./clay";
import { PAINT } from "./palette";

export const SCREEN = { x: 0, y: 5.35, z: -37.2, w: 13.6, h: 7.65 };
export const BOARD = { w: 4.6, h: 6.9, x: 9.75, y: 5, z: -36.6, turn: 0.3 };

export interface Board { canvas: HTMLCanvasElement; pen: CanvasRenderingContext2D; texture: CanvasTexture; mesh: Mesh }
export interface Stage { group: Group; screen: Board; queue: Board; findings: Board }

export function stage(anisotropy: number): Stage {
  const group = new Group();
  group.add(platform(), gable(), benches());
  const screen = board(1280, 720, SCREEN.w, SCREEN.h, anisotropy);
  screen.mesh.position.set(SCREEN.x, SCREEN.y, SCREEN.z);
  const queue = board(512, 768, BOARD.w, BOARD.h, anisotropy);
  queue.mesh.position.set(-BOARD.x, BOARD.y, BOARD.z);
  queue.mesh.rotation.y = BOARD.turn;
  const findings = board(512, 768, BOARD.w, BOARD.h, anisotropy);
  findings.mesh.position.set(BOARD.x, BOARD.y, BOARD.z);
  findings.mesh.rotation.y = -BOARD.turn;
  group.add(screen.mesh, queue.mesh, findings.mesh);
  return { group, screen, queue, findings };
}

export function board(w: number, h: number, width: number, height: number, anisotropy: number): Board {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [w, h];
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = anisotropy;
  texture.magFilter = LinearFilter;
  const mesh = new Mesh(new PlaneGeometry(width, height), new MeshBasicMaterial({ map: texture, toneMapped: false, fog: false }));
  return { canvas, pen: canvas.getContext("2d")!, texture, mesh };
}

function platform(): Mesh {
  const clay = new Clay();
  clay.box(29, 0.9, 8.4, PAINT.wood, { at: [0, 0.45, -35.2], dark: 0.45, reach: 0.9 });
  for (let n = 0; n < 29; n++) clay.box(0.97, 0.08, 8.6, n % 2 ? PAINT.woodPale : 0xb28050, { at: [n - 14, 0.92, -35.2] });
  clay.box(11, 0.6, 1, PAINT.stone, { at: [0, 0.3, -30.6], dark: 0.3, reach: 0.6 });
  clay.box(12, 0.3, 1, PAINT.stone, { at: [0, 0.15, -29.7], dark: 0.3, reach: 0.3 });
  // frame of the screen and back wall
  clay.box(14.6, 8.7, 0.3, PAINT.woodDark, { at: [0, SCREEN.y, SCREEN.z - 0.22] });
  clay.box(14.9, 0.24, 0.5, PAINT.gold, { at: [0, SCREEN.y + 4.32, SCREEN.z - 0.1] });
  clay.box(14.9, 0.24, 0.5, PAINT.gold, { at: [0, SCREEN.y - 4.32, SCREEN.z - 0.1] });
  for (const side of [-1, 1]) {
    clay.here(side * BOARD.x, 0, BOARD.z, -side * BOARD.turn);
    clay.box(BOARD.w + 0.5, BOARD.h + 0.5, 0.2, PAINT.woodDark, { at: [0, BOARD.y, -0.16] });
    clay.box(BOARD.w + 0.7, 0.16, 0.36, PAINT.gold, { at: [0, BOARD.y + BOARD.h / 2 + 0.3, -0.1] });
    clay.here(0, 0, 0);
    for (const [x, z] of [[13.2, -31.6], [13.2, -38.4], [7.3, -38.6]] as const) {
      clay.post(0.26, 0.32, 9.6, PAINT.wood, { at: [side * x, 0.9, z], dark: 0.3, reach: 2 }, 12);
      clay.box(0.95, 0.5, 0.95, PAINT.stoneDark, { at: [side * x, 1.1, z], dark: 0.3, reach: 0.5 });
      clay.box(0.8, 0.22, 0.8, PAINT.gold, { at: [side * x, 10.2, z] });
    }
    clay.box(0.4, 0.5, 7.6, PAINT.woodDark, { at: [side * 13.2, 10.3, -35] });
    // flower boxes
    clay.box(5.5, 0.7, 0.9, PAINT.stoneDark, { at: [side * 9.4, 0.35, -30.3], dark: 0.4, reach: 0.7 });
    for (let n = 0; n < 9; n++) clay.add(new SphereGeometry(0.42, 8, 6), n % 3 === 1 ? 0xd1495b : n % 3 ? PAINT.leaf : PAINT.leafDark,
      { at: [side * (7 + n * 0.6), 0.85, -30.3 + 0.15 * (n % 2)], size: [1, 0.8, 1], dark: 0.4, reach: 0.5 });
  }
  clay.box(27, 0.5, 0.5, PAINT.woodDark, { at: [0, 10.35, -31.6] });
  clay.box(27, 0.5, 0.5, PAINT.woodDark, { at: [0, 10.35, -38.4] });
  // lectern
  clay.here(-5.9, 0.95, -32.6, 0.15);
  clay.box(1, 1.1, 0.6, PAINT.woodDark, { at: [0, 0.55, 0], dark: 0.3, reach: 0.5 });
  clay.box(1.2, 0.08, 0.8, PAINT.gold, { at: [0, 1.16, 0.03], turn: [0.25, 0, 0] });
  clay.post(0.015, 0.015, 0.5, PAINT.ink, { at: [0.15, 1.15, -0.1] }, 5);
  return clay.mesh();
}

/** A steep roof; its gable faces the square in three tiers (timpa laja). */
function gable(): Mesh {
  const clay = new Clay();
  const [half, low, high, front, back] = [15.6, 10.4, 19.6, -30.2, -40.2];
  for (const side of [-1, 1]) {
    for (let n = 0; n < 9; n++) { // courses of shingles, each a little over the next
      const [a, b] = [n / 9, (n + 1.12) / 9];
      clay.add(quad([side * half * (1 - a), low + (high - low) * a ** 0.93 + 0.02 * n, front], [side * half * (1 - Math.min(b, 1)),
        low + (high - low) * Math.min(b, 1) ** 0.93 + 0.02 * n, front], back), n % 2 ? PAINT.thatch : 0x785638);
    }
    clay.add(new BoxGeometry(0.34, 19, 0.5), PAINT.gold, { at: [side * half / 2 * 0.985, (low + high) / 2 + 0.22, front + 0.1],
      turn: [0, 0, side * 1.0345] });
  }
  const tiers: [number, number, number][] = [[0, 0.36, 0xd8b98a], [0.36, 0.68, 0xc79f6c], [0.68, 1, 0xb98655]];
  tiers.forEach(([a, b, colour], n) => {
    const y = (t: number): number => low + (high - low) * t;
    const x = (t: number): number => half * (1 - t) - 0.35;
    clay.add(face([[-x(a), y(a)], [x(a), y(a)], [Math.max(x(b), 0), y(b)], [-Math.max(x(b), 0), y(b)]], front + 0.25 - n * 0.3), colour);
    clay.box(x(a) * 2, 0.26, 0.5, PAINT.woodDark, { at: [0, y(a) + 0.08, front + 0.32 - n * 0.3] });
    const slats = Math.floor(x((a + b) / 2) / 0.75);
    for (let k = -slats; k <= slats; k++) {
      const h = Math.min((high - low) * (b - a), y(1 - Math.abs(k * 0.75) / (half - 0.5)) - y(a)) - 0.2;
      if (h > 0.3) clay.box(0.1, h, 0.08, n === 1 ? PAINT.woodDark : PAINT.wood, { at: [k * 0.75, y(a) + h / 2 + 0.1, front + 0.31 - n * 0.3] });
    }
  });
  for (const [x, y, s] of [[0, low + 1.65, 1.1], [-4.4, low + 1.35, 0.8], [4.4, low + 1.35, 0.8], [0, low + 4.6, 0.8]] as const) {
    const z = front + (y < low + 3 ? 0.45 : 0.15);
    clay.box(1.5 * s, 1.5 * s, 0.12, PAINT.red, { at: [x, y, z], turn: [0, 0, Math.PI / 4] });
    clay.box(1.05 * s, 1.05 * s, 0.16, PAINT.gold, { at: [x, y, z], turn: [0, 0, Math.PI / 4] });
    clay.box(0.6 * s, 0.6 * s, 0.2, PAINT.tealDark, { at: [x, y, z], turn: [0, 0, Math.PI / 4] });
  }
  clay.box(0.5, 0.45, 10.6, PAINT.woodDark, { at: [0, high + 0.1, -35.2] });
  for (const side of [-1, 1]) clay.box(0.22, 2.8, 0.22, PAINT.gold, { at: [side * 0.7, high + 0.8, front + 0.1], turn: [0, 0, side * -0.62] });
  const made = clay.mesh(CLAY_BOTH);
  return made;
}

function quad(a: [number, number, number], b: [number, number, number], back: number): BufferGeometry {
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(new Float32Array([...a, a[0], a[1], back, b[0], b[1], back, ...b]), 3));
  made.setIndex(a[0] > 0 ? [0, 1, 2, 0, 2, 3] : [0, 2, 1, 0, 3, 2]);
  made.computeVertexNormals();
  return made;
}

function face(corners: [number, number][], z: number): BufferGeometry {
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(new Float32Array(corners.flatMap(([x, y]) => [x, y, z])), 3));
  made.setIndex([0, 1, 2, 0, 2, 3]);
  made.computeVertexNormals();
  return made;
}

/** Curved rows of benches before the stage; the middle stays free. */
export function benchSpots(): [number, number, number][] {
  const spots: [number, number, number][] = [];
  for (let row = 0; row < 4; row++) {
    const radius = 13 + row * 2.6;
    const count = 5 + row;
    for (const side of [-1, 1]) {
      for (let n = 0; n < count; n++) {
        const angle = 0.2 + row * -0.012 + (n + 0.5) * (2.55 / radius);
        if (angle > 1.05) continue;
        spots.push([side * Math.sin(angle) * radius, -33.5 + Math.cos(angle) * radius, side * angle]);
      }
    }
  }
  return spots;
}

function benches(): InstancedMesh {
  const clay = new Clay();
  clay.box(2.2, 0.09, 0.55, PAINT.woodPale, { at: [0, 0.46, 0] });
  clay.box(2.2, 0.42, 0.07, PAINT.woodPale, { at: [0, 0.74, 0.27], turn: [0.14, 0, 0] });
  for (const x of [-0.85, 0.85]) clay.box(0.1, 0.46, 0.5, PAINT.woodDark, { at: [x, 0.23, 0], dark: 0.5, reach: 0.4 });
  const spots = benchSpots();
  const made = new InstancedMesh(clay.geometry(), CLAY, spots.length);
  const matrix = new Matrix4();
  spots.forEach(([x, z, yaw], n) => {
    matrix.compose(new Vector3(x, 0, z), new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), yaw), new Vector3(1, 1, 1));
    made.setMatrixAt(n, matrix);
  });
  made.castShadow = made.receiveShadow = true;
  return made;
}
