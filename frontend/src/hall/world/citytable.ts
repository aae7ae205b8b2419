// The city table: kecamatan in relief, programs as columns as high as their money, findings as arcs between
// them, and the year around its rim. `show(day)` plays it.
import { BufferAttribute, BufferGeometry, CircleGeometry, Color, CylinderGeometry, ExtrudeGeometry, Group, InstancedMesh, LineBasicMaterial,
  LineSegments, Matrix4, Mesh, MeshBasicMaterial, MeshLambertMaterial, QuadraticBezierCurve3, Quaternion, RingGeometry, Shape,
  TubeGeometry, Vector2, Vector3 } from "three";
import { mergeGeometries } from "three/examples/jsm/utils/BufferGeometryUtils.js";
import type { District, Program, Scene } from "../data";
import { active, clashes } from "../year";
import { Clay, CLAY, paint } from "./clay";
import { FONT, plate, Sheet } from "./labels";
import { groupColour, KIND, PAINT } from "./palette";

export const TOP = 0.92;
const RIM = 7.15;
const SIGN = 0.32, STEP = 0.16; // height of a kecamatan's label, and by how much one stands above another

export interface CityTable { group: Group; show(day: number, chosen?: number): Shown; heightOf(program: Program): number }
export interface Shown { works: number; clashes: number }

export function cityTable(scene: Scene, sheet: Sheet): CityTable {
  const group = new Group();
  const city = scene.city;
  group.add(drum(Boolean(city && city.sea !== null)));
  months(scene, sheet);
  const dial = new Mesh(new BufferGeometry(), new MeshBasicMaterial({ color: 0xf0b65a, toneMapped: false }));
  const hand = new Mesh(new CylinderGeometry(0.07, 0.07, 0.5, 10), new MeshBasicMaterial({ color: 0xd0222f, toneMapped: false }));
  group.add(dial, hand);
  if (city) {
    group.add(relief(scene), borders(scene));
    if (city.coast.length) group.add(mainland(city.coast));
    const poles = new Clay();
    for (const { d, level } of staggered(city.districts)) {
      const tall = 0.36 + STEP * level;
      poles.add(new CylinderGeometry(0.012, 0.012, tall, 4, 1, true), PAINT.ink, { at: [d.label[0], TOP + d.height + tall / 2, d.label[1]] });
      const cut = sheet.cut(Math.min(300, 40 + d.name.length * 15), 40, (pen, w, h) => {
        plate(pen, w, h, "rgba(255,253,247,.94)", 9, "rgba(28,42,49,.35)");
        pen.font = `600 24px ${FONT}`;
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        pen.fillStyle = "#1c2a31";
        pen.fillText(d.name, w / 2, h / 2 + 1, w - 14);
      });
      sheet.sign(cut, d.label[0], TOP + d.height + tall, d.label[1], SIGN, 26);
    }
    group.add(poles.mesh(CLAY, false));
    compass(scene, sheet);
  }
  const most = Math.max(1, ...scene.programs.map((p) => p.money));
  const height = new Map(city?.districts.map((d) => [d.code, d.height]));
  const base = (p: Program): number => TOP + (height.get(p.region.split(".").slice(0, 3).join(".")) ?? 0.1);
  const tall = (p: Program): number => 0.1 + 1.75 * Math.sqrt(p.money / most);
  const columns = new InstancedMesh(column(), CLAY, Math.max(1, scene.programs.length));
  columns.castShadow = false;
  columns.receiveShadow = false;
  columns.frustumCulled = false;
  columns.name = "columns";
  const arcs = new Mesh(new BufferGeometry(), new MeshBasicMaterial({ vertexColors: true, toneMapped: false }));
  arcs.frustumCulled = false;
  group.add(columns, arcs);
  const matrix = new Matrix4();
  const tint = new Color();
  const pale = new Color(0xd8cbb0);
  const colours = scene.programs.map((p) => new Color(groupColour(scene.agencies[p.agency])));

  const show = (day: number, chosen = -1): Shown => {
    let works = 0;
    const heights = scene.programs.map((p, n) => {
      const runs = active(p, day);
      works += runs && !p.vague ? 1 : 0;
      const h = tall(p) * (runs ? 1 : 0.28);
      const r = (p.vague ? 0.036 : 0.058) * (n === chosen ? 1.9 : 1);
      matrix.compose(new Vector3(p.x, base(p), p.z), new Quaternion(), new Vector3(r, h, r));
      columns.setMatrixAt(n, matrix);
      columns.setColorAt(n, tint.copy(colours[n]!).lerp(pale, runs ? (p.vague ? 0.35 : 0) : 0.82));
      return base(p) + h;
    });
    if (scene.programs.length === 0) columns.count = 0;
    columns.instanceMatrix.needsUpdate = true;
    if (columns.instanceColor) columns.instanceColor.needsUpdate = true;
    const found = span(scene, day, heights);
    arcs.geometry.dispose();
    arcs.geometry = found.shape;
    arcs.visible = found.count > 0;
    dial.geometry.dispose();
    const turn = ((day + 1) / 366) * Math.PI * 2;
    dial.geometry = new RingGeometry(6.5, 6.58, 96, 1, Math.PI / 2 - turn, turn).rotateX(-Math.PI / 2);
    dial.position.y = TOP + 0.045;
    hand.position.set(Math.sin(turn) * 6.54, TOP + 0.28, -Math.cos(turn) * 6.54);
    return { works, clashes: found.clashes };
  };
  show(scene.day);
  return { group, show, heightOf: (p) => base(p) + tall(p) };
}

/** Labels that would cover each other, seen from where one stands (flatter on a desk, steeper on a phone), are at
 * different heights. */
function staggered(districts: District[]): { d: District; level: number }[] {
  const found: { d: District; level: number }[] = [];
  const up = (d: District, level: number, angle: number): number => Math.cos(angle) * (d.height + STEP * level) - Math.sin(angle) * d.label[1];
  for (const d of [...districts].sort((a, b) => b.label[1] - a.label[1])) {
    let level = 0;
    const hit = (n: number): boolean => found.some((f) => Math.abs(f.d.label[0] - d.label[0]) < 0.38 + 0.115 * (f.d.name.length + d.name.length)
      && [0.3, 0.68].some((angle) => Math.abs(up(f.d, f.level, angle) - up(d, n, angle)) < SIGN + 0.03));
    while (level < 14 && hit(level)) level++;
    found.push({ d, level });
  }
  return found;
}

/** The neighbours' land: everything on the table that is not sea. */
function mainland(coast: [number, number][]): Mesh {
  const points: number[] = [];
  const index: number[] = [];
  const radius = 6.43;
  const at = (x: number): number => {
    const n = Math.max(1, coast.findIndex(([cx]) => cx >= x));
    const [a, b] = [coast[n - 1]!, coast[n] ?? coast[n - 1]!];
    return a[1] + ((b[1] - a[1]) * (x - a[0])) / Math.max(1e-6, b[0] - a[0]);
  };
  const steps = 120;
  for (let n = 0; n <= steps; n++) {
    const x = -Math.cos((n / steps) * Math.PI) * (radius - 0.001);
    const edge = Math.sqrt(radius * radius - x * x);
    const z = Math.max(-edge, Math.min(edge, at(x)));
    points.push(x, 0, z, x, 0, edge);
    if (n) index.push(2 * n - 2, 2 * n - 1, 2 * n, 2 * n - 1, 2 * n + 1, 2 * n);
  }
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(new Float32Array(points), 3));
  made.setIndex(index);
  made.computeVertexNormals();
  const clay = new Clay();
  clay.add(made, 0xc8cfa2, { at: [0, TOP + 0.03, 0] });
  return clay.mesh();
}

function drum(sea: boolean): Mesh {
  const clay = new Clay();
  clay.add(new CylinderGeometry(7.5, 7.7, 0.14, 48), PAINT.stoneDark, { at: [0, 0.07, 0] });
  clay.add(new CylinderGeometry(6.9, 7.05, 0.62, 36, 1, true), PAINT.woodDark, { at: [0, 0.4, 0], dark: 0.55, reach: 0.6 });
  for (let n = 0; n < 36; n++) {
    const a = (n / 36) * Math.PI * 2;
    clay.box(0.58, 0.6, 0.1, n % 2 ? PAINT.wood : PAINT.woodPale, { at: [Math.sin(a) * 7.02, 0.42, Math.cos(a) * 7.02], turn: [0, a, 0], dark: 0.45, reach: 0.5 });
  }
  clay.add(new CylinderGeometry(RIM, RIM, 0.2, 72), PAINT.woodDark, { at: [0, TOP - 0.1, 0] });
  const top = new RingGeometry(6.42, RIM - 0.02, 96, 1).rotateX(-Math.PI / 2);
  clay.add(top, PAINT.cream, { at: [0, TOP + 0.025, 0] });
  const water = new RingGeometry(0.001, 6.44, 72, 1).rotateX(-Math.PI / 2);
  clay.add(water, sea ? PAINT.lagoon : 0xa9bd8a, { at: [0, TOP + 0.015, 0] });
  for (let n = 0; n < 12; n++) {
    const a = (n / 12) * Math.PI * 2;
    clay.box(0.03, 0.03, 0.6, PAINT.woodDark, { at: [Math.sin(a) * 6.8, TOP + 0.03, -Math.cos(a) * 6.8], turn: [0, -a, 0] });
  }
  return clay.mesh();
}

function months(scene: Scene, sheet: Sheet): void {
  (scene.words["months"] ?? "").split(" ").forEach((name, n) => {
    const cut = sheet.cut(128, 56, (pen, w, h) => {
      pen.font = `600 40px ${FONT}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillStyle = "#4a3521";
      pen.fillText(name, w / 2, h / 2 + 2);
    });
    const a = ((n + 0.5) / 12) * Math.PI * 2;
    sheet.board(cut, Math.sin(a) * 6.86, TOP + 0.034, -Math.cos(a) * 6.86, 0.92, Math.PI - a, Math.PI / 2);
  });
}

function compass(scene: Scene, sheet: Sheet): void {
  const a = ((scene.city?.north ?? 0) * Math.PI) / 180;
  const cut = sheet.cut(96, 128, (pen, w, h) => {
    pen.fillStyle = "rgba(255,253,247,.95)";
    pen.beginPath();
    pen.moveTo(w / 2, 4);
    pen.lineTo(w / 2 + 24, 60);
    pen.lineTo(w / 2, 46);
    pen.lineTo(w / 2 - 24, 60);
    pen.fill();
    pen.font = `600 56px ${FONT}`;
    pen.textAlign = "center";
    pen.fillText(scene.words["north"] ?? "U", w / 2, h - 10);
  });
  sheet.board(cut, Math.sin(a) * 5.95, TOP + 0.03, -Math.cos(a) * 5.95, 0.55, -a, Math.PI / 2);
}

/** A ramp of five tones: pale where little money is, deep where much is. */
const RAMP = [0xf4ead6, 0xecd6ac, 0xe2b97c, 0xd2935a, 0xb86b45].map((c) => new Color(c));

function relief(scene: Scene): Mesh {
  const parts: BufferGeometry[] = [];
  const city = scene.city!;
  const ranked = [...city.districts].sort((a, b) => a.money - b.money).map((d) => d.code);
  for (const district of city.districts) {
    const rank = ranked.indexOf(district.code) / Math.max(1, ranked.length - 1);
    const tone = RAMP[Math.min(4, Math.floor(rank * 5))]!;
    const side = tone.clone().multiplyScalar(0.72);
    for (const ring of district.rings) {
      const corners: Vector2[] = [];
      for (let n = 0; n + 1 < ring.length; n += 2) corners.push(new Vector2(ring[n]! / 100, ring[n + 1]! / 100));
      if (corners.length < 3) continue;
      const made = new ExtrudeGeometry(new Shape(corners), { depth: district.height, bevelEnabled: true, bevelThickness: 0.025,
        bevelSize: 0.02, bevelOffset: -0.02, bevelSegments: 1, curveSegments: 1 });
      made.rotateX(Math.PI / 2).translate(0, TOP + district.height, 0);
      made.deleteAttribute("uv");
      paint(made, (_x, y) => (y > TOP + district.height - 0.03 ? tone : side.clone().multiplyScalar(0.75 + 0.25 * ((y - TOP) / district.height))));
      parts.push(made);
    }
  }
  const made = new Mesh(parts.length ? mergeGeometries(parts) : new BufferGeometry(), new MeshLambertMaterial({ vertexColors: true }));
  made.castShadow = made.receiveShadow = true;
  return made;
}

function borders(scene: Scene): LineSegments {
  const points: number[] = [];
  for (const line of scene.city!.lines) {
    const y = TOP + line[0]! / 100 + 0.032;
    for (let n = 1; n + 3 < line.length; n += 2) {
      points.push(line[n]! / 100, y, line[n + 1]! / 100, line[n + 2]! / 100, y, line[n + 3]! / 100);
    }
  }
  const shape = new BufferGeometry();
  shape.setAttribute("position", new BufferAttribute(new Float32Array(points), 3));
  return new LineSegments(shape, new LineBasicMaterial({ color: 0x6b4d2c, transparent: true, opacity: 0.38 }));
}

function column(): BufferGeometry {
  const clay = new Clay();
  clay.add(new CylinderGeometry(1, 1, 1, 6, 1, true), 0xffffff, { at: [0, 0.5, 0], dark: 0.35, reach: 0.8 });
  clay.add(new CircleGeometry(1, 6).rotateX(-Math.PI / 2), 0xffffff, { at: [0, 1, 0] });
  return clay.geometry();
}

/** Arcs of the findings between their lines: thick and red where both run on this day. */
function span(scene: Scene, day: number, heights: number[]): { shape: BufferGeometry; count: number; clashes: number } {
  const parts: BufferGeometry[] = [];
  let now = 0;
  for (const finding of scene.findings) {
    const ends = finding.programs.slice(0, 5);
    if (ends.length < 2) continue;
    const hot = clashes(finding, scene.programs, day);
    now += hot ? 1 : 0;
    const lit = hot || ends.some((n) => active(scene.programs[n]!, day));
    const colour = new Color(hot ? 0xe01020 : KIND[finding.kind]?.colour ?? 0x888888);
    if (!lit) colour.lerp(new Color(0xd8cbb0), 0.72);
    for (let k = 0; k + 1 < ends.length; k++) {
      const [a, b] = [scene.programs[ends[k]!]!, scene.programs[ends[k + 1]!]!];
      const from = new Vector3(a.x, heights[ends[k]!]!, a.z);
      const to = new Vector3(b.x, heights[ends[k + 1]!]!, b.z);
      const away = from.distanceTo(to);
      const top = from.clone().add(to).multiplyScalar(0.5);
      top.y = Math.max(from.y, to.y) + 0.5 + away * 0.55;
      const curve = new QuadraticBezierCurve3(from, top, to);
      parts.push(tinted(new TubeGeometry(curve, 10, hot ? 0.034 : lit ? 0.014 : 0.008, hot ? 5 : 3), colour));
      if (hot) {
        const peak = curve.getPoint(0.5);
        for (const turn of [Math.PI / 4, -Math.PI / 4]) {
          const bar = new CylinderGeometry(0.035, 0.035, 0.42, 6).rotateZ(turn).translate(peak.x, peak.y, peak.z);
          parts.push(tinted(bar, colour));
        }
      }
    }
  }
  if (parts.length === 0) return { shape: new BufferGeometry(), count: 0, clashes: now };
  const shape = mergeGeometries(parts);
  for (const part of parts) part.dispose();
  return { shape, count: parts.length, clashes: now };
}

function tinted(shape: BufferGeometry, colour: Color): BufferGeometry {
  shape.deleteAttribute("uv");
  shape.deleteAttribute("normal");
  return paint(shape, () => colour);
}
