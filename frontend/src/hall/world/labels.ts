// Text in the scene: one sheet of painted texts, and the boards and floating signs cut from it.
import { BufferAttribute, BufferGeometry, CanvasTexture, Color, DoubleSide, LinearFilter, LinearMipmapLinearFilter, Mesh,
  MeshBasicMaterial, ShaderMaterial, SRGBColorSpace, Vector3 } from "three";
import { HAZE } from "./sky";

/** How large signs are drawn; larger in a small picture. */
export const signScale = { value: 1 };
export const FONT = '"IBM Plex Sans", system-ui, sans-serif';
type Paint = (pen: CanvasRenderingContext2D, width: number, height: number) => void;
interface Cut { x: number; y: number; w: number; h: number }

/** A canvas on which texts get places one beside the other; `mesh`es show them. */
export class Sheet {
  readonly texture: CanvasTexture;
  private readonly pen: CanvasRenderingContext2D;
  private at = { x: 0, y: 0, row: 0 };
  private boards = { position: [] as number[], uv: [] as number[], index: [] as number[] };
  private signs = { position: [] as number[], corner: [] as number[], uv: [] as number[], index: [] as number[], reach: [] as number[] };

  constructor(readonly width: number, readonly height: number, anisotropy: number) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    this.pen = canvas.getContext("2d")!;
    this.texture = new CanvasTexture(canvas);
    this.texture.colorSpace = SRGBColorSpace;
    this.texture.anisotropy = anisotropy;
    this.texture.minFilter = LinearMipmapLinearFilter;
    this.texture.magFilter = LinearFilter;
  }

  /** Paint on a free part of the sheet; null when it is full. */
  cut(w: number, h: number, paint: Paint): Cut | null {
    if (this.at.x + w > this.width) this.at = { x: 0, y: this.at.y + this.at.row + 2, row: 0 };
    if (this.at.y + h > this.height) return null;
    const found = { x: this.at.x, y: this.at.y, w, h };
    this.at.x += w + 2;
    this.at.row = Math.max(this.at.row, h);
    this.repaint(found, paint);
    return found;
  }

  repaint(cut: Cut, paint: Paint): void {
    this.pen.save();
    this.pen.beginPath();
    this.pen.rect(cut.x, cut.y, cut.w, cut.h);
    this.pen.clip();
    this.pen.clearRect(cut.x, cut.y, cut.w, cut.h);
    this.pen.translate(cut.x, cut.y);
    paint(this.pen, cut.w, cut.h);
    this.pen.restore();
    this.texture.needsUpdate = true;
  }

  /** A board of `w` metres with its middle at a place, facing `yaw` (0: towards positive z), tilted back. */
  board(cut: Cut | null, x: number, y: number, z: number, w: number, yaw: number, tilt = 0): void {
    if (!cut) return;
    const h = (w * cut.h) / cut.w;
    const right = new Vector3(Math.cos(yaw), 0, -Math.sin(yaw));
    const up = new Vector3(-Math.sin(yaw) * Math.sin(tilt), Math.cos(tilt), -Math.cos(yaw) * Math.sin(tilt));
    const first = this.boards.position.length / 3;
    for (const [u, v] of [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]] as const) {
      const p = new Vector3(x, y, z).addScaledVector(right, u * w).addScaledVector(up, v * h);
      this.boards.position.push(p.x, p.y, p.z);
      this.boards.uv.push(...this.uv(cut, u, v));
    }
    this.boards.index.push(first, first + 1, first + 2, first, first + 2, first + 3);
  }

  /** A sign that always faces the viewer, `h` metres high, seen up to `reach` metres away. */
  sign(cut: Cut | null, x: number, y: number, z: number, h: number, reach = 60): void {
    if (!cut) return;
    const w = (h * cut.w) / cut.h;
    const first = this.signs.position.length / 3;
    for (const [u, v] of [[-0.5, 0], [0.5, 0], [0.5, 1], [-0.5, 1]] as const) {
      this.signs.position.push(x, y, z);
      this.signs.corner.push(u * w, v * h);
      this.signs.uv.push(...this.uv(cut, u, v - 0.5));
      this.signs.reach.push(reach);
    }
    this.signs.index.push(first, first + 1, first + 2, first, first + 2, first + 3);
  }

  boardMesh(): Mesh {
    const shape = new BufferGeometry();
    shape.setAttribute("position", new BufferAttribute(new Float32Array(this.boards.position), 3));
    shape.setAttribute("uv", new BufferAttribute(new Float32Array(this.boards.uv), 2));
    shape.setIndex(this.boards.index);
    return new Mesh(shape, new MeshBasicMaterial({ map: this.texture, transparent: true, alphaTest: 0.04, toneMapped: false,
      side: DoubleSide }));
  }

  signMesh(): Mesh {
    const shape = new BufferGeometry();
    shape.setAttribute("position", new BufferAttribute(new Float32Array(this.signs.position), 3));
    shape.setAttribute("corner", new BufferAttribute(new Float32Array(this.signs.corner), 2));
    shape.setAttribute("uv", new BufferAttribute(new Float32Array(this.signs.uv), 2));
    shape.setAttribute("reach", new BufferAttribute(new Float32Array(this.signs.reach), 1));
    shape.setIndex(this.signs.index);
    const made = new Mesh(shape, signMaterial(this.texture));
    made.frustumCulled = false;
    made.renderOrder = 5;
    return made;
  }

  private uv(cut: Cut, u: number, v: number): [number, number] {
    const inset = 0.5;
    return [(cut.x + inset + (u + 0.5) * (cut.w - 2 * inset)) / this.width,
      1 - (cut.y + inset + (0.5 - v) * (cut.h - 2 * inset)) / this.height];
  }
}

export function signMaterial(texture: CanvasTexture): ShaderMaterial {
  return new ShaderMaterial({
    transparent: true, toneMapped: false, // the nearer sign covers the farther
    uniforms: { map: { value: texture }, scale: signScale, haze: { value: new Color(HAZE) } },
    vertexShader: /* glsl */ `
      attribute vec2 corner; attribute float reach; uniform float scale;
      varying vec2 vUv; varying float vSeen;
      void main() {
        vUv = uv;
        vec4 seen = modelViewMatrix * vec4(position, 1.0);
        float far = length(seen.xyz);
        vSeen = 1.0 - smoothstep(reach * 0.85, reach, far);
        float grow = clamp(far / 16.0, 1.0, 2.4); // legible from afar
        seen.xy += corner * grow * scale;
        gl_Position = projectionMatrix * seen;
        // as deep as what stands a few metres nearer: its own posts, sails and columns do not hide a sign
        vec4 near = projectionMatrix * (seen + vec4(0.0, 0.0, min(3.0, far * 0.6), 0.0));
        gl_Position.z = near.z / near.w * gl_Position.w;
        if (vSeen <= 0.0 || reach <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      uniform sampler2D map; varying vec2 vUv; varying float vSeen;
      void main() {
        vec4 c = texture2D(map, vUv);
        if (c.a * vSeen < 0.35) discard;
        gl_FragColor = vec4(c.rgb, c.a * vSeen);
        #include <colorspace_fragment>
      }`,
  });
}

/** Words over at most `lines` lines of `width` pixels; the last ends with … when there is more. */
export function wrap(pen: CanvasRenderingContext2D, text: string, width: number, lines: number): string[] {
  const found: string[] = [];
  let line = "";
  const words = text.split(/\s+/);
  for (let n = 0; n < words.length; n++) {
    const next = line ? `${line} ${words[n]}` : words[n]!;
    if (pen.measureText(next).width <= width || !line) {
      line = next;
      continue;
    }
    if (found.length === lines - 1) {
      while (line && pen.measureText(`${line} …`).width > width) line = line.replace(/\s*\S+$/, "");
      found.push(`${line} …`);
      return found;
    }
    found.push(line);
    line = words[n]!;
  }
  if (line) found.push(line);
  return found;
}

/** A font no larger than `size` with which the text fits. */
export function fit(pen: CanvasRenderingContext2D, text: string, width: number, size: number, weight = 600): number {
  for (let s = size; s > 9; s--) {
    pen.font = `${weight} ${s}px ${FONT}`;
    if (pen.measureText(text).width <= width) return s;
  }
  return 9;
}

export function plate(pen: CanvasRenderingContext2D, w: number, h: number, fill: string, radius = 12, line = ""): void {
  pen.beginPath();
  pen.roundRect(1.5, 1.5, w - 3, h - 3, radius);
  pen.fillStyle = fill;
  pen.fill();
  if (line) {
    pen.strokeStyle = line;
    pen.lineWidth = 3;
    pen.stroke();
  }
}
