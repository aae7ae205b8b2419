// The square on which the hall stands, what grows there, and what lies around it.
import { BufferAttribute, BufferGeometry, CanvasTexture, Color, CylinderGeometry, DoubleSide, Float32BufferAttribute,
  Group, IcosahedronGeometry, InstancedMesh, Matrix4, Mesh, MeshBasicMaterial, MeshLambertMaterial, NormalBlending, OctahedronGeometry, PlaneGeometry,
  Quaternion, RepeatWrapping, RingGeometry, SRGBColorSpace, Vector3 } from "three";
import { CLAY, CLAY_BOTH, Clay, paint, seeded } from "./clay";
import { PAINT } from "./palette";
import { coast } from "./sea";

const EDGE = 64;
const MIDDLE = 5;

export function land(sea: boolean, anisotropy: number): Group {
  const group = new Group();
  group.add(around(sea), square(sea, anisotropy), avenue(anisotropy), rosette(anisotropy));
  if (sea) group.add(wall());
  group.add(palms(sea), trees(sea), skyline(sea));
  return group;
}

/** Earth around the square: beach at the coast, grass, hills at the back. */
function around(sea: boolean): Mesh {
  const across = 56;
  const deep = 34;
  const points: number[] = [];
  const index: number[] = [];
  for (let j = 0; j <= deep; j++) {
    for (let i = 0; i <= across; i++) {
      const u = (i / across) * 2 - 1;
      const x = Math.sign(u) * (Math.abs(u) * 120 + Math.abs(u) ** 3 * 480);
      const from = sea ? coast(x) : -520;
      const v = j / deep;
      const z = from + (sea ? v * 70 + v ** 3 * 480 : v * 1040);
      points.push(x, height(x, z, sea, z - from), z);
    }
  }
  for (let j = 0; j < deep; j++) {
    for (let i = 0; i < across; i++) {
      const a = j * (across + 1) + i;
      index.push(a, a + across + 1, a + 1, a + 1, a + across + 1, a + across + 2);
    }
  }
  const shape = new BufferGeometry();
  shape.setAttribute("position", new Float32BufferAttribute(points, 3));
  shape.setIndex(index);
  shape.computeVertexNormals();
  const [sand, grass, forest] = [new Color(PAINT.sand), new Color(PAINT.grass), new Color(0x5f8a4d)];
  paint(shape, (x, y, z) => {
    const inland = sea ? z - coast(x) : 99;
    const mixed = sand.clone().lerp(grass, smooth(3, 13, inland + 2 * Math.sin(x * 0.3)));
    return mixed.lerp(forest, smooth(2, 18, y)).multiplyScalar(0.93 + 0.1 * Math.sin(x * 0.7) * Math.cos(z * 0.9));
  });
  const made = new Mesh(shape, CLAY);
  made.receiveShadow = true;
  return made;
}

function height(x: number, z: number, sea: boolean, inland: number): number {
  const away = Math.hypot(x, z - MIDDLE);
  const hills = smooth(170, 420, away) * (16 + 14 * Math.sin(x * 0.013 + 2) + 12 * Math.cos(z * 0.017 + x * 0.006));
  const shore = sea ? -1.6 * (1 - smooth(0, 5, inland)) : 0;
  return -0.12 + shore + (sea && z < 60 ? Math.min(hills, 5) * smooth(20, 90, inland) : Math.max(hills, 0));
}

function smooth(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** The edge of the square towards an angle, kept behind the coast. */
function edge(angle: number, radius: number, sea: boolean): [number, number] {
  const x = Math.cos(angle) * radius;
  const z = MIDDLE + Math.sin(angle) * radius;
  return [x, sea ? Math.max(z, coast(x) + 0.4) : z];
}

function square(sea: boolean, anisotropy: number): Mesh {
  const points: number[] = [0, 0, MIDDLE];
  const uv: number[] = [0, MIDDLE / 9];
  const index: number[] = [];
  const n = 120;
  for (let k = 0; k <= n; k++) {
    const [x, z] = edge((k / n) * Math.PI * 2, EDGE, sea);
    points.push(x, 0, z);
    uv.push(x / 9, z / 9);
    if (k) index.push(0, k + 1, k);
  }
  const shape = new BufferGeometry();
  shape.setAttribute("position", new Float32BufferAttribute(points, 3));
  shape.setAttribute("uv", new Float32BufferAttribute(uv, 2));
  shape.setIndex(index);
  shape.computeVertexNormals();
  const made = new Mesh(shape, new MeshLambertMaterial({ map: paving(anisotropy) }));
  made.receiveShadow = true;
  return made;
}

/** The quay below the square: stone down to the water, with a low parapet on top. */
function wall(): Mesh {
  const clay = new Clay();
  const n = 120;
  for (let k = 0; k < n; k++) {
    const [x, z] = edge((k / n) * Math.PI * 2, EDGE, true);
    const [x2, z2] = edge(((k + 1) / n) * Math.PI * 2, EDGE, true);
    const byWater = z < coast(x) + 2 && z2 < coast(x2) + 2;
    const long = Math.hypot(x2 - x, z2 - z);
    const yaw = -Math.atan2(z2 - z, x2 - x);
    clay.here((x + x2) / 2, 0, (z + z2) / 2, yaw);
    if (byWater) clay.box(long + 0.1, 2.6, 0.7, PAINT.stoneDark, { at: [0, -1.28, 0], dark: 0.45, reach: 2.4 });
    if (byWater && Math.abs(x) < 62) {
      clay.box(long + 0.05, 0.5, 0.42, PAINT.cream, { at: [0, 0.25, 0], dark: 0.3, reach: 0.5 });
      clay.box(long + 0.05, 0.1, 0.56, PAINT.stoneDark, { at: [0, 0.54, 0] });
    } else if (!byWater) clay.box(long + 0.05, 0.16, 0.5, PAINT.stoneDark, { at: [0, 0.06, 0] });
  }
  return clay.mesh();
}

function paving(anisotropy: number): CanvasTexture {
  const size = 1024;
  const [canvas, pen] = sheet(size, size);
  const draw = seeded(11);
  pen.fillStyle = "#b9ab93";
  pen.fillRect(0, 0, size, size);
  const cells = 8;
  const cell = size / cells;
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) {
      const tone = 214 + Math.round((draw() - 0.5) * 18);
      pen.fillStyle = `rgb(${tone},${tone - 9},${tone - 26})`;
      pen.fillRect(i * cell + 1.5, j * cell + 1.5, cell - 3, cell - 3);
      for (let k = 0; k < 26; k++) {
        pen.fillStyle = `rgba(${draw() < 0.5 ? "90,78,60" : "255,250,238"},${0.03 + draw() * 0.06})`;
        pen.fillRect(i * cell + draw() * cell, j * cell + draw() * cell, 2 + draw() * 16, 2 + draw() * 10);
      }
    }
  }
  pen.fillStyle = "#a89474"; // a small dark stone at every crossing of four slabs
  for (let i = 0; i <= cells; i += 2) for (let j = 0; j <= cells; j += 2) diamond(pen, i * cell, j * cell, 15, 15);
  return textured(canvas, anisotropy);
}

/** The four-cornered motif of woven cloth along the way from the corridor to the city table. */
function avenue(anisotropy: number): Mesh {
  const [canvas, pen] = sheet(512, 512);
  pen.fillStyle = "#c9b693";
  pen.fillRect(0, 0, 512, 512);
  pen.fillStyle = "#7d3b2c";
  pen.fillRect(0, 0, 30, 512);
  pen.fillRect(482, 0, 30, 512);
  pen.fillStyle = "#e3c07a";
  pen.fillRect(30, 0, 8, 512);
  pen.fillRect(474, 0, 8, 512);
  for (let n = 0; n < 2; n++) {
    const y = 128 + n * 256;
    for (const [size, colour] of [[122, "#7d3b2c"], [98, "#d9b26a"], [74, "#8d4a36"], [44, "#eddcb4"], [20, "#7d3b2c"]] as const) {
      pen.fillStyle = colour;
      diamond(pen, 256, y, size * 1.35, size);
    }
    pen.fillStyle = "#94523c";
    for (const x of [76, 436]) diamond(pen, x, y, 26, 34);
    for (const x of [76, 436]) diamond(pen, x, y + 128, 18, 24);
  }
  const shape = new PlaneGeometry(7, 37).rotateX(-Math.PI / 2);
  const uv = shape.attributes["uv"]!;
  for (let n = 0; n < uv.count; n++) uv.setY(n, uv.getY(n) * (37 / 7));
  const made = new Mesh(shape, new MeshLambertMaterial({ map: textured(canvas, anisotropy), polygonOffset: true,
    polygonOffsetFactor: -2, polygonOffsetUnits: -2 }));
  made.position.set(0, 0.012, 30.5);
  made.receiveShadow = true;
  return made;
}

/** Rings of the same motif around the city table. */
function rosette(anisotropy: number): Mesh {
  const [canvas, pen] = sheet(1024, 256);
  pen.fillStyle = "#8a4633";
  pen.fillRect(0, 0, 1024, 256);
  pen.fillStyle = "#e0bd78";
  pen.fillRect(0, 18, 1024, 8);
  pen.fillRect(0, 230, 1024, 8);
  for (let n = 0; n < 8; n++) {
    for (const [size, colour] of [[58, "#d9b26a"], [42, "#5c2b20"], [24, "#f0dfb8"]] as const) {
      pen.fillStyle = colour;
      diamond(pen, 64 + n * 128, 128, size, size * 1.5);
    }
  }
  const shape = new RingGeometry(10.4, 12.6, 96, 1);
  const uv = shape.attributes["uv"]!;
  const position = shape.attributes["position"]!;
  const per = 97;
  for (let n = 0; n < uv.count; n++) uv.setXY(n, ((n % per) / 96) * 12, n < per ? 0 : 1);
  void position;
  shape.rotateX(-Math.PI / 2);
  const made = new Mesh(shape, new MeshLambertMaterial({ map: textured(canvas, anisotropy), polygonOffset: true,
    polygonOffsetFactor: -2, polygonOffsetUnits: -2 }));
  made.position.set(0, 0.014, 0);
  made.receiveShadow = true;
  return made;
}

function diamond(pen: CanvasRenderingContext2D, x: number, y: number, w: number, h: number): void {
  pen.beginPath();
  pen.moveTo(x - w, y);
  pen.lineTo(x, y - h);
  pen.lineTo(x + w, y);
  pen.lineTo(x, y + h);
  pen.fill();
}

function sheet(w: number, h: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [w, h];
  return [canvas, canvas.getContext("2d")!];
}

function textured(canvas: HTMLCanvasElement, anisotropy: number): CanvasTexture {
  const made = new CanvasTexture(canvas);
  made.colorSpace = SRGBColorSpace;
  made.wrapS = made.wrapT = RepeatWrapping;
  made.anisotropy = anisotropy;
  return made;
}

/** Coconut palms: along the quay behind the booths, and at the back. */
function palms(sea: boolean): InstancedMesh {
  const draw = seeded(3);
  const spots: [number, number][] = [];
  for (const side of [-1, 1]) {
    for (let n = 0; n < 7; n++) {
      const angle = -0.72 + n * 0.27;
      const radius = 61.6 + draw() * 1.4;
      spots.push([side * Math.cos(angle) * radius, MIDDLE + Math.sin(angle) * radius]);
    }
    for (let n = 0; n < 4; n++) spots.push([side * (6.2), 16 + n * 9]);
    spots.push([side * 19.5, -41.6], [side * 24, -39.6], [side * 29, -38]);
  }
  if (sea) for (let n = 0; n < 26; n++) {
    const x = (n % 2 ? 1 : -1) * (68 + draw() * 90);
    spots.push([x, coast(x) + 5 + draw() * 22]);
  }
  const made = new InstancedMesh(palm(), CLAY_BOTH, spots.length);
  const matrix = new Matrix4();
  spots.forEach(([x, z], n) => {
    const avenue = Math.abs(x) < 7;
    const size = (avenue ? 0.72 : 0.95) + draw() * (avenue ? 0.12 : 0.5);
    const sunk = Math.hypot(x, z - MIDDLE) > EDGE ? -0.3 : 0;
    matrix.compose(new Vector3(x, sunk, z), new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), draw() * 6.28),
      new Vector3(size, size * (0.9 + draw() * 0.25), size));
    made.setMatrixAt(n, matrix);
  });
  made.castShadow = made.receiveShadow = true;
  return made;
}

function palm(): BufferGeometry {
  const clay = new Clay();
  let [x, y] = [0, 0];
  for (let n = 0; n < 5; n++) {
    const lean = 0.06 + n * 0.05;
    clay.add(new CylinderGeometry(0.13 - n * 0.009, 0.165 - n * 0.01, 1.62, 5, 1, true), n % 2 ? 0x9d8867 : 0xab9672,
      { at: [x + lean * 0.77, y + 0.77, 0], turn: [0, 0, -lean], dark: n === 0 ? 0.5 : 0, reach: 1 });
    x += lean * 1.52;
    y += 1.52;
  }
  for (let n = 0; n < 10; n++) {
    const frond = leaf(2.7 + (n % 3) * 0.4, [0.9, 0.42, 0.66][n % 3]!);
    clay.add(frond, [PAINT.leaf, 0x3c7a3c, 0x74aa52][n % 3]!, { at: [x, y + 0.02, 0], turn: [0, (n / 10) * Math.PI * 2 + 0.2, 0] });
  }
  for (let n = 0; n < 3; n++) clay.add(new OctahedronGeometry(0.18, 0), 0xa8843c, { at: [x + 0.2 * Math.cos(n * 2.1), y - 0.16, 0.2 * Math.sin(n * 2.1)] });
  return clay.geometry();
}

/** A frond: a narrow strip, folded along its rib and bent down by its weight. */
function leaf(length: number, droop: number): BufferGeometry {
  const points: number[] = [];
  const index: number[] = [];
  const n = 4;
  for (let k = 0; k <= n; k++) {
    const t = k / n;
    const x = length * (t - 0.18 * t * t * droop);
    const y = 0.85 * t * (1 - droop * 0.3) - 2.0 * droop * t * t - 0.35 * t * t;
    const w = 0.36 * (1 - t) ** 0.55 * Math.min(1, 0.35 + t * 3);
    points.push(x, y - 0.14 * w, -w, x, y, 0, x, y - 0.14 * w, w);
    if (k) {
      const a = (k - 1) * 3;
      index.push(a, a + 1, a + 3, a + 1, a + 4, a + 3, a + 1, a + 2, a + 4, a + 2, a + 5, a + 4);
    }
  }
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(new Float32Array(points), 3));
  made.setIndex(index);
  made.computeVertexNormals();
  return made;
}

/** Round trees on the land side. */
function trees(sea: boolean): InstancedMesh {
  const draw = seeded(19);
  const clay = new Clay();
  clay.post(0.16, 0.26, 2.4, 0x8a7053, { dark: 0.4, reach: 1 }, 5);
  for (const [x, y, z, r, c] of [[0, 3.7, 0, 1.7, PAINT.leaf], [1, 3.2, 0.4, 1.2, PAINT.leafDark], [-0.9, 3.3, -0.4, 1.3, 0x5d9a48],
    [0.2, 4.6, -0.3, 1.2, 0x6aa551]] as const) {
    clay.add(new IcosahedronGeometry(r, r > 1.6 ? 1 : 0), c, { at: [x, y, z], size: [1, 0.82, 1], dark: 0.42, reach: r * 1.7 });
  }
  const spots: [number, number, number][] = [];
  for (let n = 0; n < 46; n++) {
    const angle = (sea ? 0.12 : -0.95) + draw() * (Math.PI + (sea ? -0.24 : 1.9));
    const radius = 67 + draw() * 62;
    spots.push([Math.cos(angle) * radius, MIDDLE + Math.sin(angle) * radius, 1.1 + draw() * 1.2]);
  }
  for (const side of [-1, 1]) for (let n = 0; n < 4; n++) spots.push([side * (37 + n * 1.2), 20 + n * 7, 0.95 + draw() * 0.3]);
  const made = new InstancedMesh(clay.geometry(), CLAY, spots.length);
  const matrix = new Matrix4();
  spots.forEach(([x, z, size], n) => {
    matrix.compose(new Vector3(x, -0.15, z), new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), draw() * 6.28),
      new Vector3(size, size, size));
    made.setMatrixAt(n, matrix);
  });
  made.receiveShadow = true;
  return made;
}

/** The city behind: pale blocks in the haze. */
function skyline(sea: boolean): InstancedMesh {
  const draw = seeded(23);
  const count = 90;
  const clay = new Clay();
  clay.box(1, 1, 1, 0xe3ddd2, { at: [0, 0.5, 0], dark: 0.25, reach: 1 });
  clay.box(1.06, 0.02, 1.06, 0xb66a4a, { at: [0, 1.005, 0] });
  const made = new InstancedMesh(clay.geometry(), CLAY, count);
  const matrix = new Matrix4();
  const tint = new Color();
  for (let n = 0; n < count; n++) {
    const angle = (sea ? 0.05 : -1.1) + (n / count) * (Math.PI + (sea ? -0.1 : 2.2));
    const radius = 128 + draw() * 110;
    const tall = draw() < 0.13 ? 24 + draw() * 26 : 5 + draw() * 10;
    matrix.compose(new Vector3(Math.cos(angle) * radius, -1, MIDDLE + Math.sin(angle) * radius),
      new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), draw() * 3), new Vector3(7 + draw() * 10, tall, 7 + draw() * 10));
    made.setMatrixAt(n, matrix);
    made.setColorAt(n, tint.setHSL(0.08 + draw() * 0.05, 0.12 + draw() * 0.2, 0.74 + draw() * 0.2));
  }
  return made;
}

/** Soft dark spots under things: the shadow of nearness. x, z, width, depth, strength. */
export function blobs(spots: [number, number, number, number, number][]): InstancedMesh {
  const [canvas, pen] = sheet(128, 128);
  const fade = pen.createRadialGradient(64, 64, 6, 64, 64, 63);
  fade.addColorStop(0, "rgba(30,22,12,.85)");
  fade.addColorStop(0.55, "rgba(30,22,12,.4)");
  fade.addColorStop(1, "rgba(30,22,12,0)");
  pen.fillStyle = fade;
  pen.fillRect(0, 0, 128, 128);
  const map = new CanvasTexture(canvas);
  map.colorSpace = SRGBColorSpace;
  const made = new InstancedMesh(new PlaneGeometry(1, 1).rotateX(-Math.PI / 2), new MeshBasicMaterial({ map, transparent: true,
    opacity: 0.42, depthWrite: false, blending: NormalBlending, polygonOffset: true, polygonOffsetFactor: -4, polygonOffsetUnits: -4,
    side: DoubleSide }), spots.length);
  const matrix = new Matrix4();
  spots.forEach(([x, z, w, d], n) => {
    matrix.compose(new Vector3(x, 0.03, z), new Quaternion(), new Vector3(w, 1, d));
    made.setMatrixAt(n, matrix);
  });
  made.renderOrder = 1;
  return made;
}
