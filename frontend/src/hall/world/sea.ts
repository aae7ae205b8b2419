// The sea before the hall, its coast, phinisi at anchor and the line of the islands. Only where the city has a coast.
import { BufferAttribute, BufferGeometry, Color, CylinderGeometry, Group, InstancedMesh, Matrix4, Mesh,
  PlaneGeometry, Quaternion, ShaderMaterial, SphereGeometry, Texture, Vector3 } from "three";
import type { Island } from "../data";
import { CLAY_BOTH, Clay, seeded } from "./clay";
import { PAINT } from "./palette";
import { HAZE } from "./sky";

export const LEVEL = -1.15;
/** Where land ends: z of the coast at x. The same curve is in the sea's shader. */
export function coast(x: number): number {
  return -47 + 0.0026 * x * x - 1.4 * Math.sin(x * 0.045);
}

const VERTEX = /* glsl */ `
varying vec3 vWorld;
#include <fog_pars_vertex>
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vWorld = world.xyz;
  vec4 mvPosition = viewMatrix * world;
  gl_Position = projectionMatrix * mvPosition;
  #include <fog_vertex>
}`;
const FRAGMENT = /* glsl */ `
uniform sampler2D skyMap; uniform float time; uniform vec3 sun;
varying vec3 vWorld;
#include <common>
#include <fog_pars_fragment>
vec2 wave(vec2 p, vec2 d, float f, float s) { return d * cos(dot(p, d) * f + time * s); }
void main() {
  vec2 p = vWorld.xz;
  vec3 view = normalize(vWorld - cameraPosition);
  float far = length(vWorld - cameraPosition);
  vec2 g = wave(p, vec2(0.8, 0.6), 0.55, 1.1) * 0.6 + wave(p, vec2(-0.5, 0.87), 0.9, 1.4) * 0.5
    + wave(p, vec2(0.2, -0.98), 1.7, 1.9) * 0.45 + wave(p, vec2(-0.93, -0.36), 3.1, 2.6) * 0.34
    + wave(p + sin(p.yx * 0.35) * 1.5, vec2(0.6, 0.8), 5.3, 3.4) * 0.26 + wave(p + cos(p.yx * 0.21), vec2(-0.7, 0.7), 8.7, 4.1) * 0.18;
  vec3 n = normalize(vec3(-g.x, 13.0 + far * 0.10, -g.y));
  vec3 r = reflect(view, n); r.y = abs(r.y) + 0.01;
  vec2 at = vec2(atan(r.z, r.x) / 6.2831853 + 0.5, asin(clamp(r.y, -1.0, 1.0)) / 3.14159265 + 0.5);
  vec3 mirror = texture2D(skyMap, at, 2.0).rgb;
  float fresnel = 0.03 + 0.72 * pow(1.0 - max(dot(-view, n), 0.0), 4.0);
  float shore = -47.0 + 0.0026 * p.x * p.x - 1.4 * sin(p.x * 0.045) - p.y;
  float shallow = exp(-max(shore, 0.0) / 26.0);
  vec3 deep = mix(vec3(0.012, 0.115, 0.19), vec3(0.03, 0.26, 0.32), exp(-max(shore, 0.0) / 90.0));
  vec3 body = mix(deep, vec3(0.10, 0.47, 0.46), shallow);
  body += vec3(0.02, 0.05, 0.045) * (g.x + g.y);
  vec3 c = mix(body, mirror, fresnel);
  c += vec3(1.0, 0.93, 0.8) * pow(max(dot(reflect(view, normalize(vec3(-g.x, 6.0, -g.y))), sun), 0.0), 220.0) * 0.5;
  float lap = shore + 0.5 * sin(p.x * 0.7 + time * 0.6) + 0.4 * sin(p.x * 1.9 - time * 0.9);
  float foam = smoothstep(1.3, 0.2, lap) + 0.5 * smoothstep(0.35, 0.0, abs(lap - 3.2 - 0.6 * sin(time * 0.5 + p.x * 0.2)));
  c = mix(c, vec3(0.93, 0.96, 0.95), clamp(foam, 0.0, 1.0) * 0.75);
  gl_FragColor = vec4(c, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
  #include <fog_fragment>
}`;

export interface Sea { group: Group; tick(seconds: number): void }

export function sea(sky: Texture, islands: Island[], sun: Vector3): Sea {
  const group = new Group();
  const material = new ShaderMaterial({ vertexShader: VERTEX, fragmentShader: FRAGMENT, fog: true, uniforms: {
    skyMap: { value: sky }, time: { value: 0 }, sun: { value: new Vector3(-0.25, 0.30, -0.92).normalize() },
    fogColor: { value: new Color(HAZE) }, fogDensity: { value: 0.0021 }, fogNear: { value: 1 }, fogFar: { value: 2 },
  } });
  void sun;
  const water = new Mesh(new PlaneGeometry(1600, 1000).rotateX(-Math.PI / 2), material);
  water.position.set(0, LEVEL, -430);
  water.renderOrder = -1;
  group.add(water, islandLine(islands));
  const fleet = ships();
  group.add(fleet.mesh);
  return {
    group,
    tick(seconds) {
      material.uniforms["time"]!.value = seconds;
      fleet.tick(seconds);
    },
  };
}

/** The city's islands at their directions, nearer than they are; low and green with a bright beach. */
function islandLine(islands: Island[]): Mesh {
  const clay = new Clay();
  const draw = seeded(7);
  const shown = islands.length ? islands : [];
  const spread = [...shown].sort((a, b) => a.angle - b.angle);
  spread.forEach((island, n) => {
    let angle = Math.max(-0.95, Math.min(0.95, island.angle * 1.25));
    if (Math.abs(angle) < 0.13) angle += angle < 0 ? -0.16 : 0.16; // not behind the roof of the stage
    angle += (n % 2 ? 0.03 : -0.03);
    const away = 150 + 42 * Math.log2(1 + island.distance / 4);
    const width = 15 + 9 * Math.sqrt(Math.min(island.width, 4));
    clay.here(Math.sin(angle) * away, LEVEL, -40 - Math.cos(angle) * away);
    clay.add(new SphereGeometry(1, 18, 3, 0, Math.PI * 2, 0, Math.PI / 2), PAINT.sand, { size: [width, 0.9, width * 0.5] });
    clay.add(new SphereGeometry(1, 16, 4, 0, Math.PI * 2, 0, Math.PI / 2), PAINT.leafDark,
      { size: [width * 0.78, 3.4, width * 0.36], at: [0, 0.3, -1], dark: 0.35, reach: 0.7 });
    for (let k = 0; k < 16; k++) {
      const x = (draw() - 0.5) * width * 1.35;
      const tall = 3.5 + draw() * 4;
      clay.add(new SphereGeometry(1, 6, 4), draw() < 0.5 ? PAINT.leaf : PAINT.leafDark,
        { at: [x, tall * 0.7, (draw() - 0.5) * width * 0.3], size: [2.2 + draw() * 2, 1.6 + draw() * 1.4, 2], dark: 0.3, reach: 2 });
    }
  });
  if (shown.length === 0) clay.here(0, -60, 0).box(0.1, 0.1, 0.1, PAINT.sand);
  return clay.mesh(undefined, false);
}

/** Three phinisi at anchor: two masts, seven sails. */
function ships(): { mesh: InstancedMesh; tick(seconds: number): void } {
  const mesh = new InstancedMesh(phinisi(), CLAY_BOTH, 4);
  mesh.frustumCulled = false;
  const berths: [number, number, number, number][] = [
    [-33, -92, 0.5, 1.25], [37, -112, -0.42, 1.3], [84, -158, 0.25, 1.2], [-96, -178, 2.7, 1.2]];
  const matrix = new Matrix4();
  const spin = new Quaternion();
  const up = new Vector3(0, 1, 0);
  const tilt = new Quaternion();
  const tick = (seconds: number): void => {
    berths.forEach(([x, z, yaw, size], n) => {
      spin.setFromAxisAngle(up, yaw);
      tilt.setFromAxisAngle(new Vector3(1, 0, 0.25), 0.022 * Math.sin(seconds * 0.7 + n * 2));
      matrix.compose(new Vector3(x, LEVEL + 0.12 * Math.sin(seconds * 0.8 + n), z), spin.clone().multiply(tilt),
        new Vector3(size, size, size));
      mesh.setMatrixAt(n, matrix);
    });
    mesh.instanceMatrix.needsUpdate = true;
  };
  tick(0);
  return { mesh, tick };
}

export function phinisi(): BufferGeometry {
  const clay = new Clay();
  clay.add(hull(-0.6, 1), PAINT.woodDark);
  clay.add(hull(0.62, 1.015), PAINT.white);
  clay.add(hull(0.98, 1.03), PAINT.woodDark);
  clay.box(15, 0.15, 3.6, PAINT.woodPale, { at: [-0.8, 1.75, 0] });
  clay.box(4.6, 1.5, 2.6, PAINT.cream, { at: [-5.6, 2.9, 0], dark: 0.3, reach: 0.8 });
  clay.box(5.2, 0.2, 3.1, PAINT.red, { at: [-5.6, 3.75, 0] });
  clay.add(new CylinderGeometry(0.07, 0.16, 7.5, 6), PAINT.wood, { at: [11.6, 4.2, 0], turn: [0, 0, -1.18] });
  clay.post(0.12, 0.24, 15.5, PAINT.wood, { at: [2.6, 1.6, 0] }, 8);
  clay.post(0.1, 0.2, 12.8, PAINT.wood, { at: [-4, 1.6, 0] }, 8);
  clay.add(sail([2.5, 3.6], [2.5, 11.2], [-2.6, 13.2], [-3.4, 3.9], 0.9), PAINT.sail); // main
  clay.add(sail([-4.1, 4.4], [-4.1, 9.8], [-8.6, 11.4], [-9.6, 4.8], 0.8), PAINT.sail); // mizzen
  clay.add(sail([2.55, 11.6], [2.6, 16.6], [2.58, 16.4], [-2.2, 13.5], 0.4), PAINT.cream); // topsails
  clay.add(sail([-4.1, 10.1], [-4.05, 14], [-4.05, 13.9], [-8, 11.7], 0.35), PAINT.cream);
  clay.add(sail([14.2, 5.2], [3.0, 15.2], [3.0, 15], [5.4, 4.4], 0.8), PAINT.sail); // jibs
  clay.add(sail([12.6, 4.7], [3.0, 13], [3.0, 12.8], [4.2, 4.1], 0.7), PAINT.cream);
  clay.add(sail([10.4, 4.1], [3.0, 10.6], [3.0, 10.4], [3.6, 3.9], 0.5), PAINT.sail);
  clay.box(1.3, 0.75, 0.04, PAINT.red, { at: [-4.7, 14.6, 0] });
  clay.box(1.3, 0.38, 0.05, PAINT.white, { at: [-4.7, 14.4, 0] });
  return clay.geometry();
}

/** The side of a ship up to `top` of its height; `out` widens it a little, for a stripe. */
function hull(top: number, out: number): BufferGeometry {
  const [along, across] = [16, 6];
  const points: number[] = [];
  const index: number[] = [];
  for (let i = 0; i <= along; i++) {
    const t = (i / along) * 2 - 1;
    const beam = 2.15 * Math.max(0, 1 - Math.abs(t) ** 2.6) ** 0.75 * out;
    const sheer = 1.55 + 1.5 * t * t + (t > 0 ? 1.1 * t ** 3 : 0.35 * t * t);
    for (let j = 0; j <= across; j++) {
      const side = (j / across) * 2 - 1;
      const low = Math.abs(side) ** 1.6;
      const height = Math.max(-0.9 + 0.7 * t * t, -0.9 + (sheer + 0.9) * low);
      const capped = Math.min(height, -0.9 + (sheer + 0.9) * (0.45 + 0.55 * Math.min(1, Math.max(0, (top + 1) / 2))));
      const width = beam * Math.sin(Math.min(1, Math.abs(side) * 1.05) * Math.PI / 2) * Math.sign(side);
      points.push(t * 9.6 + (t > 0 ? 1.1 * low * t : 0), capped, width);
    }
  }
  for (let i = 0; i < along; i++) {
    for (let j = 0; j < across; j++) {
      const a = i * (across + 1) + j;
      index.push(a, a + 1, a + across + 1, a + 1, a + across + 2, a + across + 1);
    }
  }
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(new Float32Array(points), 3));
  made.setIndex(index);
  made.computeVertexNormals();
  return made;
}

/** A sail between four corners (x, y), bellied by the wind. */
function sail(a: [number, number], b: [number, number], c: [number, number], d: [number, number], belly: number): BufferGeometry {
  const made = new PlaneGeometry(1, 1, 4, 4);
  const position = made.attributes["position"]!;
  for (let n = 0; n < position.count; n++) {
    const u = position.getX(n) + 0.5;
    const v = position.getY(n) + 0.5;
    const x = (1 - u) * ((1 - v) * a[0] + v * b[0]) + u * ((1 - v) * d[0] + v * c[0]);
    const y = (1 - u) * ((1 - v) * a[1] + v * b[1]) + u * ((1 - v) * d[1] + v * c[1]);
    position.setXYZ(n, x, y, belly * Math.sin(Math.PI * u) * Math.sin(Math.PI * Math.min(1, v * 0.9 + 0.1)));
  }
  made.computeVertexNormals();
  return made;
}

