// Many small shapes into one mesh with colours at its corners, darker where they meet the ground.
import { BoxGeometry, BufferAttribute, BufferGeometry, Color, CylinderGeometry, DoubleSide, Euler, Material, Matrix4,
  Mesh, MeshLambertMaterial, Quaternion, Vector3 } from "three";
import { mergeGeometries } from "three/examples/jsm/utils/BufferGeometryUtils.js";

export interface Put {
  at?: [number, number, number];
  turn?: [number, number, number];
  size?: [number, number, number];
  /** How dark the lowest part is (0 to 1), fading over `reach` metres: a baked contact shadow. */
  dark?: number;
  reach?: number;
}

export const CLAY = new MeshLambertMaterial({ vertexColors: true });
export const CLAY_BOTH = new MeshLambertMaterial({ vertexColors: true, side: DoubleSide });

export class Clay {
  private parts: BufferGeometry[] = [];
  private base = new Matrix4();

  /** What follows is put relative to this place. */
  here(x: number, y: number, z: number, yaw = 0): this {
    this.base.makeRotationY(yaw).setPosition(x, y, z);
    return this;
  }

  add(shape: BufferGeometry, colour: number, put: Put = {}): this {
    const part = shape.index ? shape.clone() : indexed(shape);
    for (const name of Object.keys(part.attributes)) {
      if (name !== "position" && name !== "normal") part.deleteAttribute(name);
    }
    const own = new Matrix4().compose(
      new Vector3(...(put.at ?? [0, 0, 0])),
      new Quaternion().setFromEuler(new Euler(...(put.turn ?? [0, 0, 0]))),
      new Vector3(...(put.size ?? [1, 1, 1])),
    );
    part.applyMatrix4(own);
    part.setAttribute("color", shaded(part, colour, put.dark ?? 0, put.reach ?? 1));
    part.applyMatrix4(this.base);
    this.parts.push(part);
    return this;
  }

  box(w: number, h: number, d: number, colour: number, put: Put = {}): this {
    return this.add(new BoxGeometry(w, h, d), colour, put);
  }

  /** A post or drum standing on `at`. */
  post(top: number, bottom: number, height: number, colour: number, put: Put = {}, sides = 10): this {
    const [x, y, z] = put.at ?? [0, 0, 0];
    return this.add(new CylinderGeometry(top, bottom, height, sides), colour, { ...put, at: [x, y + height / 2, z] });
  }

  geometry(): BufferGeometry {
    const whole = mergeGeometries(this.parts, false);
    this.parts = [];
    return whole;
  }

  mesh(material: Material = CLAY, shadow = true): Mesh {
    const made = new Mesh(this.geometry(), material);
    made.castShadow = shadow;
    made.receiveShadow = true;
    return made;
  }
}

function indexed(shape: BufferGeometry): BufferGeometry {
  const made = shape.clone();
  const count = made.attributes["position"]!.count;
  made.setIndex(new BufferAttribute(Uint32Array.from({ length: count }, (_, n) => n), 1));
  return made;
}

function shaded(part: BufferGeometry, colour: number, dark: number, reach: number): BufferAttribute {
  const position = part.attributes["position"]!;
  const paint = new Color(colour);
  const values = new Float32Array(position.count * 3);
  part.computeBoundingBox();
  const low = part.boundingBox!.min.y;
  for (let n = 0; n < position.count; n++) {
    const up = Math.min(1, Math.max(0, (position.getY(n) - low) / reach));
    const light = 1 - dark * (1 - up) ** 1.5;
    values.set([paint.r * light, paint.g * light, paint.b * light], n * 3);
  }
  return new BufferAttribute(values, 3);
}

/** Colour every vertex by a function of its place. */
export function paint(shape: BufferGeometry, colour: (x: number, y: number, z: number) => Color): BufferGeometry {
  const position = shape.attributes["position"]!;
  const values = new Float32Array(position.count * 3);
  for (let n = 0; n < position.count; n++) {
    const c = colour(position.getX(n), position.getY(n), position.getZ(n));
    values.set([c.r, c.g, c.b], n * 3);
  }
  shape.setAttribute("color", new BufferAttribute(values, 3));
  return shape;
}

/** Pseudo-random numbers from a seed, the same at every visit. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
