// People: bodies drawn all at once, in the colour of their agency; a raised arm, a ring for who speaks, names.
import { BufferAttribute, CanvasTexture, CapsuleGeometry, Color, CylinderGeometry, Group, InstancedMesh, LatheGeometry, Matrix4, Mesh,
  BufferGeometry, MeshBasicMaterial, Quaternion, RingGeometry, SphereGeometry, SRGBColorSpace, Vector2, Vector3 } from "three";
import { Clay, CLAY } from "./clay";
import { FONT, plate, signMaterial, wrap } from "./labels";
import { raisedHand } from "../marks";
import { FLAG, type Person, type Seen } from "../people";
import { css } from "./palette";


const NAMES = 32;
const CLOSE = 36; // so many are drawn with arms and faces
const SLOT = [256, 72] as const;

export class Avatars {
  readonly group = new Group();
  private readonly body: InstancedMesh;
  private readonly far: InstancedMesh;
  private readonly arm: InstancedMesh;
  private readonly ring: InstancedMesh;
  private readonly names: Names;
  private readonly matrix = new Matrix4();

  constructor(private most: number) {
    this.body = new InstancedMesh(figure(), CLAY, Math.min(most, CLOSE));
    this.far = new InstancedMesh(simple(), CLAY, most);
    this.arm = new InstancedMesh(armShape(), CLAY, most);
    this.ring = new InstancedMesh(new RingGeometry(0.5, 0.66, 32).rotateX(-Math.PI / 2),
      new MeshBasicMaterial({ color: 0xf0a020, transparent: true, opacity: 0.95, depthWrite: false, polygonOffset: true,
        polygonOffsetFactor: -6 }), 16);
    this.names = new Names(NAMES);
    for (const mesh of [this.body, this.far, this.arm, this.ring]) {
      mesh.frustumCulled = false;
      mesh.count = 0;
      this.group.add(mesh);
    }
    this.group.add(this.names.mesh);
  }

  /** Draw fewer people from now on. */
  limit(most: number): void {
    this.most = Math.min(this.most, most);
  }

  /** Draw who is seen now; `from` is the viewer's place, names go to the nearest. */
  draw(seen: Seen[], who: (id: number) => Person | undefined, colour: (person: Person | undefined) => number, from: Vector3,
    seconds: number): void {
    const tint = new Color();
    const spin = new Quaternion();
    const up = new Vector3(0, 1, 0);
    const at = new Vector3();
    const one = new Vector3(1, 1, 1);
    let arms = 0;
    let rings = 0;
    const near = seen.map((s) => ({ s, far: (s.x - from.x) ** 2 + (s.z - from.z) ** 2 })).sort((a, b) => a.far - b.far).slice(0, this.most);
    near.forEach(({ s }, n) => {
      const floor = s.flags & FLAG.stage ? 0.95 : 0;
      const bob = s.flags & FLAG.moving ? 0.035 * Math.abs(Math.sin(seconds * 8 + s.id)) : 0.008 * Math.sin(seconds * 1.6 + s.id);
      const sit = s.flags & FLAG.seated ? -0.34 : 0;
      spin.setFromAxisAngle(up, s.yaw);
      this.matrix.compose(at.set(s.x, floor + sit + bob, s.z), spin, one);
      const [mesh, k] = n < CLOSE ? [this.body, n] : [this.far, n - CLOSE];
      mesh.setMatrixAt(k, this.matrix);
      tint.set(colour(who(s.id)));
      if (s.flags & FLAG.away) tint.lerp(new Color(0xb9c2c6), 0.7);
      mesh.setColorAt(k, tint);
      if (s.flags & FLAG.hand) {
        this.arm.setMatrixAt(arms, this.matrix);
        this.arm.setColorAt(arms++, tint);
      }
      if (s.flags & FLAG.speaking && rings < 16) {
        const grow = 1 + 0.12 * Math.sin(seconds * 4);
        this.matrix.compose(at.set(s.x, floor + 0.04, s.z), new Quaternion(), new Vector3(grow, 1, grow));
        this.ring.setMatrixAt(rings++, this.matrix);
      }
    });
    this.body.count = Math.min(CLOSE, near.length);
    this.far.count = Math.max(0, near.length - CLOSE);
    this.arm.count = arms;
    this.ring.count = rings;
    for (const mesh of [this.body, this.far, this.arm, this.ring]) {
      mesh.instanceMatrix.needsUpdate = true;
      if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
      mesh.visible = mesh.count > 0;
    }
    this.names.draw(near.slice(0, NAMES).map(({ s }) => ({ s, person: who(s.id) })), colour);
  }
}

/** A standing figure: a robe, shoulders, a head with a cap. Colour comes per person; the head keeps its own. */
function figure(): BufferGeometry {
  const clay = new Clay();
  const outline = [[0.001, 0], [0.25, 0], [0.235, 0.25], [0.2, 0.7], [0.2, 0.95], [0.255, 1.18], [0.25, 1.3], [0.15, 1.4], [0.075, 1.43], [0.001, 1.44]];
  clay.add(new LatheGeometry(outline.map(([x, y]) => new Vector2(x, y)), 10), 0xffffff, { dark: 0.4, reach: 0.7, size: [1, 1, 0.82] });
  for (const side of [-1, 1]) clay.add(new CylinderGeometry(0.05, 0.06, 0.6, 6), 0xf4f4f4, { at: [side * 0.285, 1.0, 0.02], turn: [0.08, 0, side * 0.13], dark: 0.3, reach: 0.6 });
  clay.add(new SphereGeometry(0.135, 10, 7), 0xf6dcc0, { at: [0, 1.58, 0], size: [0.92, 1.08, 1] });
  clay.add(new CylinderGeometry(0.118, 0.128, 0.1, 10), 0x3a3a3a, { at: [0, 1.69, 0.01] });
  clay.add(new SphereGeometry(0.02, 4, 2), 0x30302c, { at: [-0.05, 1.6, -0.122] });
  clay.add(new SphereGeometry(0.02, 4, 2), 0x30302c, { at: [0.05, 1.6, -0.122] });
  return clay.geometry();
}

/** The same figure from afar. */
function simple(): BufferGeometry {
  const clay = new Clay();
  clay.add(new CylinderGeometry(0.16, 0.25, 1.42, 6, 1, true), 0xffffff, { at: [0, 0.71, 0], dark: 0.4, reach: 0.7 });
  clay.add(new CylinderGeometry(0.1, 0.13, 0.3, 6), 0xe8cdb2, { at: [0, 1.58, 0] });
  return clay.geometry();
}

function armShape(): BufferGeometry {
  const clay = new Clay();
  clay.add(new CapsuleGeometry(0.06, 0.5, 3, 8), 0xffffff, { at: [0.33, 1.62, 0], turn: [0, 0, -0.16] });
  clay.add(new SphereGeometry(0.095, 10, 8), 0xf6dcc0, { at: [0.385, 1.99, 0] });
  return clay.geometry();
}

/** Name plates above the nearest people. */
class Names {
  readonly mesh: Mesh;
  private readonly position: BufferAttribute;
  private readonly reach: BufferAttribute;
  private readonly pen: CanvasRenderingContext2D;
  private readonly texture: CanvasTexture;
  private readonly taken = new Map<number, number>();
  private readonly written: string[] = [];

  constructor(readonly slots: number) {
    const columns = 4;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [SLOT[0] * columns, SLOT[1] * Math.ceil(slots / columns)];
    this.pen = canvas.getContext("2d")!;
    this.texture = new CanvasTexture(canvas);
    this.texture.colorSpace = SRGBColorSpace;
    const shape = new BufferGeometry();
    const corner: number[] = [];
    const uv: number[] = [];
    const index: number[] = [];
    const [w, h] = [0.3 * (SLOT[0] / SLOT[1]), 0.3];
    for (let n = 0; n < slots; n++) {
      const [cx, cy] = [(n % columns) / columns, Math.floor(n / columns) / Math.ceil(slots / columns)];
      for (const [u, v] of [[0, 0], [1, 0], [1, 1], [0, 1]] as const) {
        corner.push((u - 0.5) * w, v * h);
        uv.push(cx + u / columns, 1 - cy - (1 - v) / Math.ceil(slots / columns));
      }
      index.push(n * 4, n * 4 + 1, n * 4 + 2, n * 4, n * 4 + 2, n * 4 + 3);
    }
    this.position = new BufferAttribute(new Float32Array(slots * 12), 3);
    this.reach = new BufferAttribute(new Float32Array(slots * 4), 1);
    shape.setAttribute("position", this.position);
    shape.setAttribute("reach", this.reach);
    shape.setAttribute("corner", new BufferAttribute(new Float32Array(corner), 2));
    shape.setAttribute("uv", new BufferAttribute(new Float32Array(uv), 2));
    shape.setIndex(index);
    this.mesh = new Mesh(shape, signMaterial(this.texture));
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 6;
  }

  draw(near: { s: Seen; person: Person | undefined }[], colour: (person: Person | undefined) => number): void {
    const here = new Set(near.map(({ s }) => s.id));
    for (const [id, slot] of this.taken) if (!here.has(id)) { this.taken.delete(id); this.reach.array.fill(0, slot * 4, slot * 4 + 4); }
    const free = Array.from({ length: this.slots }, (_, n) => n).filter((n) => ![...this.taken.values()].includes(n));
    for (const { s, person } of near) {
      let slot = this.taken.get(s.id);
      if (slot === undefined) {
        slot = free.pop();
        if (slot === undefined) continue;
        this.taken.set(s.id, slot);
      }
      this.write(slot, person, s, css(colour(person)));
      const y = (s.flags & FLAG.stage ? 0.95 : 0) + (s.flags & FLAG.seated ? 1.5 : 1.9) + (s.flags & FLAG.hand ? 0.25 : 0);
      for (let k = 0; k < 4; k++) {
        this.position.setXYZ(slot * 4 + k, s.x, y, s.z);
        this.reach.setX(slot * 4 + k, 34);
      }
    }
    this.position.needsUpdate = true;
    this.reach.needsUpdate = true;
    this.mesh.visible = near.length > 0;
  }

  private write(slot: number, person: Person | undefined, s: Seen, colour: string): void {
    const marks = s.flags & FLAG.speaking ? "●" : "";
    const text = `${person?.short ?? ""}|${person?.label ?? ""}|${marks}|${s.flags & FLAG.hand}`;
    if (this.written[slot] === text) return;
    this.written[slot] = text;
    const [x, y] = [(slot % 4) * SLOT[0], Math.floor(slot / 4) * SLOT[1]];
    const pen = this.pen;
    pen.save();
    pen.clearRect(x, y, SLOT[0], SLOT[1]);
    pen.translate(x, y);
    plate(pen, SLOT[0], SLOT[1], "rgba(255,255,255,.95)", 12);
    pen.fillStyle = colour;
    pen.fillRect(1.5, 12, 8, SLOT[1] - 24);
    pen.textBaseline = "alphabetic";
    pen.fillStyle = "#1c2a31";
    pen.font = `600 26px ${FONT}`;
    const label = person?.label ?? "";
    const head = person?.short || label;
    pen.fillText(wrap(pen, `${marks ? `${marks} ` : ""}${head}`, SLOT[0] - 30, 1)[0] ?? "", 20, 31);
    pen.fillStyle = "#44545d";
    pen.font = `400 19px ${FONT}`;
    if (head !== label) pen.fillText(wrap(pen, label, SLOT[0] - 30, 1)[0] ?? "", 20, 58);
    if (s.flags & FLAG.hand) raisedHand(pen, SLOT[0] - 52, 12, 46);
    pen.restore();
    this.texture.needsUpdate = true;
  }
}
