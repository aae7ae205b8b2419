// The sky, painted once into a panorama that the sea mirrors; sun, haze, and the light of the scene.
import { BackSide, DirectionalLight, FogExp2, HalfFloatType, HemisphereLight, LinearFilter, LinearMipmapLinearFilter,
  Mesh, OrthographicCamera, PlaneGeometry, RepeatWrapping, Scene, ShaderMaterial, SphereGeometry,
  Texture, Vector3, WebGLRenderer, WebGLRenderTarget } from "three";

/** From the visitor's back right: what one looks at is lit. */
export const SUN = new Vector3(0.55, 0.62, 0.56).normalize();
const GLOW = new Vector3(-0.25, 0.12, -0.96).normalize();
export const HAZE = 0xcfe3ee;

const PAINTING = /* glsl */ `
varying vec2 vUv;
uniform vec3 glow;
float hash(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }
float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p); f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}
float fbm(vec2 p) { float a = 0.5, s = 0.0; for (int i = 0; i < 6; i++) { s += a * noise(p); p = p * 2.03 + 17.0; a *= 0.5; } return s; }
void main() {
  float lon = (vUv.x - 0.5) * 6.2831853, lat = (vUv.y - 0.5) * 3.14159265;
  vec3 d = vec3(cos(lat) * cos(lon), sin(lat), cos(lat) * sin(lon));
  float h = max(d.y, 0.0);
  vec3 zenith = vec3(0.03, 0.15, 0.46), middle = vec3(0.11, 0.36, 0.72), horizon = vec3(0.40, 0.66, 0.86);
  vec3 c = mix(horizon, middle, smoothstep(0.0, 0.28, h));
  c = mix(c, zenith, smoothstep(0.18, 0.95, h));
  float g = max(dot(normalize(vec3(d.x, d.y * 1.6, d.z)), glow), 0.0);
  c += vec3(0.30, 0.17, 0.05) * pow(g, 9.0) * (1.0 - smoothstep(0.0, 0.5, h));
  if (d.y > 0.0) {
    vec2 p = d.xz / (d.y + 0.12);
    float n = fbm(p * 0.85 + vec2(3.1, 9.2));
    float cover = smoothstep(0.46, 0.72, n) * smoothstep(0.03, 0.2, d.y);
    float under = fbm(p * 0.85 + vec2(3.1, 9.2) + glow.xz * 0.12);
    vec3 cloud = mix(vec3(0.80, 0.84, 0.88), vec3(1.03, 1.0, 0.96), smoothstep(-0.05, 0.12, n - under + 0.05));
    c = mix(c, cloud * 1.1, cover * 0.88);
    float far = smoothstep(0.42, 0.70, fbm(vec2(lon * 5.0, d.y * 26.0 + 4.0))) * smoothstep(0.005, 0.05, d.y) * (1.0 - smoothstep(0.07, 0.16, d.y));
    c = mix(c, vec3(0.95, 0.93, 0.90), far * 0.35);
  } else {
    c = mix(horizon, vec3(0.50, 0.62, 0.64), smoothstep(0.0, 0.4, -d.y));
  }
  gl_FragColor = vec4(c, 1.0);
}`;

export interface Heaven { texture: Texture; sun: DirectionalLight }

export function sky(renderer: WebGLRenderer, scene: Scene, shadows: number): Heaven {
  const target = new WebGLRenderTarget(shadows ? 2048 : 768, shadows ? 1024 : 384, { type: HalfFloatType, depthBuffer: false, generateMipmaps: true,
    minFilter: LinearMipmapLinearFilter, magFilter: LinearFilter, wrapS: RepeatWrapping });
  const brush = new ShaderMaterial({ uniforms: { glow: { value: GLOW } }, fragmentShader: PAINTING, depthTest: false,
    vertexShader: "varying vec2 vUv; void main() { vUv = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }" });
  const canvas = new Mesh(new PlaneGeometry(2, 2), brush);
  renderer.setRenderTarget(target);
  renderer.render(canvas, new OrthographicCamera(-1, 1, 1, -1, 0, 1));
  renderer.setRenderTarget(null);
  brush.dispose();
  canvas.geometry.dispose();
  const dome = new Mesh(new SphereGeometry(900, 32, 16), new ShaderMaterial({ side: BackSide, depthWrite: false,
    uniforms: { skyMap: { value: target.texture } },
    vertexShader: "varying vec3 vAway; void main() { vAway = position; gl_Position = projectionMatrix * viewMatrix * vec4(position + cameraPosition, 1.0); }",
    fragmentShader: /* glsl */ `
      uniform sampler2D skyMap; varying vec3 vAway;
      void main() {
        vec3 d = normalize(vAway);
        vec2 at = vec2(atan(d.z, d.x) / 6.2831853 + 0.5, asin(clamp(d.y, -1.0, 1.0)) / 3.14159265 + 0.5);
        gl_FragColor = vec4(texture2D(skyMap, at, -8.0).rgb, 1.0);
        #include <tonemapping_fragment>
        #include <colorspace_fragment>
      }` }));
  dome.renderOrder = -2;
  dome.frustumCulled = false;
  scene.add(dome);
  scene.fog = new FogExp2(HAZE, 0.0021);
  scene.add(new HemisphereLight(0xe4f0f8, 0xe2cfa8, 2.05));
  const sun = new DirectionalLight(0xfff0d6, 2.35);
  sun.position.copy(SUN).multiplyScalar(120);
  if (shadows > 0) {
    sun.castShadow = true;
    sun.shadow.mapSize.set(shadows, shadows);
    Object.assign(sun.shadow.camera, { left: -72, right: 72, top: 72, bottom: -72, near: 10, far: 260 });
    sun.shadow.bias = -0.0006;
    sun.shadow.normalBias = 0.06;
    sun.shadow.radius = 2.2;
    sun.shadow.intensity = 0.75;
  }
  scene.add(sun);
  return { texture: target.texture, sun };
}
