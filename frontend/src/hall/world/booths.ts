// One booth for every agency: a counter under an awning in the colour of its affairs, and a board that says
// what it has in hand and what is still open.
import { BufferAttribute, BufferGeometry, Group } from "three";
import type { Agency, Scene } from "../data";
import { money } from "../../numbers";
import { Clay, CLAY_BOTH } from "./clay";
import { fit, FONT, Sheet, wrap } from "./labels";
import { css, groupColour, PAINT } from "./palette";

export const BOARD_Y = 1.74;
export const BOARD_W = 2.5;

export function booths(scene: Scene, sheet: Sheet): Group {
  const group = new Group();
  const clay = new Clay();
  const cloth = new Clay();
  for (const agency of scene.agencies) {
    if (!agency.spot) continue;
    const { x, z, yaw } = agency.spot;
    const colour = groupColour(agency);
    clay.here(x, 0, z, yaw + Math.PI);
    cloth.here(x, 0, z, yaw + Math.PI);
    stand(clay, colour);
    awning(cloth, colour);
    const [sin, cos] = [Math.sin(yaw + Math.PI), Math.cos(yaw + Math.PI)];
    const at = (px: number, pz: number): [number, number] => [x + px * cos + pz * sin, z - px * sin + pz * cos];
    const cut = sheet.cut(200, 150, (pen, w, h) => face(pen, w, h, agency, scene));
    const [bx, bz] = at(0, -0.93);
    sheet.board(cut, bx, BOARD_Y, bz, BOARD_W, yaw + Math.PI);
  }
  for (const agency of scene.agencies) {
    if (!agency.spot) continue;
    const { x, z, yaw } = agency.spot;
    const cut = sheet.cut(200, 36, (pen, w, h) => name(pen, w, h, agency, css(groupColour(agency))));
    sheet.board(cut, x + 1.25 * Math.sin(yaw + Math.PI), 2.84, z + 1.25 * Math.cos(yaw + Math.PI), 2.9, yaw + Math.PI);
  }
  group.add(clay.mesh(undefined, false), cloth.mesh(CLAY_BOTH)); // the cloth's shadow is enough
  return group;
}

function stand(clay: Clay, colour: number): void {
  clay.box(3.2, 0.12, 2.5, PAINT.woodDark, { at: [0, 0.06, 0], dark: 0.5, reach: 0.1 });
  clay.box(3.05, 2.75, 0.1, PAINT.white, { at: [0, 1.45, -1], dark: 0.3, reach: 0.8 });
  clay.box(3.05, 0.35, 0.14, colour, { at: [0, 0.32, -0.98] });
  clay.box(2.5, 0.66, 0.6, PAINT.wood, { at: [0, 0.45, 0.78], dark: 0.4, reach: 0.6 });
  clay.box(2.7, 0.07, 0.74, PAINT.cream, { at: [0, 0.82, 0.78] });
  clay.box(2.52, 0.16, 0.62, colour, { at: [0, 0.66, 0.78] });
  for (const x of [-1.5, 1.5]) {
    clay.post(0.05, 0.06, 2.95, PAINT.woodPale, { at: [x, 0, 1.1], dark: 0.4, reach: 1 }, 6);
    clay.post(0.05, 0.06, 3.1, PAINT.woodPale, { at: [x, 0, -1.02] }, 6);
  }
}

/** Striped cloth that sags a little, with a scalloped edge. */
function awning(cloth: Clay, colour: number): void {
  const stripes = 8;
  for (let n = 0; n < stripes; n++) {
    const [a, b] = [-1.62 + (3.24 * n) / stripes, -1.62 + (3.24 * (n + 1)) / stripes];
    const rows: [number, number][] = [[3.5, -1.1], [3.42, -0.5], [3.27, 0.1], [3.13, 0.7], [3.06, 1.22]];
    const points = rows.flatMap(([y, z]) => [a, y, z, b, y, z]);
    const index: number[] = [];
    for (let k = 0; k + 1 < rows.length; k++) index.push(2 * k, 2 * k + 2, 2 * k + 1, 2 * k + 1, 2 * k + 2, 2 * k + 3);
    cloth.add(strip(points, index), n % 2 ? PAINT.sail : colour);
  }
}

function strip(points: number[], index: number[]): BufferGeometry {
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(new Float32Array(points), 3));
  made.setIndex(index);
  made.computeVertexNormals();
  return made;
}

function name(pen: CanvasRenderingContext2D, w: number, h: number, agency: Agency, colour: string): void {
  pen.fillStyle = colour;
  pen.fillRect(0, 0, w, h);
  fit(pen, agency.short, w - 16, 26);
  pen.fillStyle = "#fff";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(agency.short, w / 2, h / 2 + 1);
}

/** What a booth's board says, on 200 × 150 or the same form larger. */
export function face(pen: CanvasRenderingContext2D, width: number, height: number, agency: Agency, scene: Scene): void {
  const say = scene.words;
  const colour = css(groupColour(agency));
  pen.scale(width / 200, height / 150);
  const [w, h] = [200, 150];
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, w, h);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 6, h);
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  pen.fillStyle = "#1c2a31";
  pen.font = `600 14px ${FONT}`;
  wrap(pen, agency.name, w - 26, 2).forEach((line, n) => pen.fillText(line, 15, 22 + n * 17));
  pen.fillStyle = "#55656e";
  pen.font = `400 13px ${FONT}`;
  pen.fillText(`${agency.count.toLocaleString("id")} ${say["program"]} · ${money(agency.money)}`, 15, 64);
  pen.fillStyle = agency.open ? (agency.heavy ? "#a3271b" : "#80550a") : "#24663c";
  pen.font = `600 34px ${FONT}`;
  const number = String(agency.open);
  pen.fillText(number, 15, 106);
  const after = 15 + pen.measureText(number).width + 7;
  pen.font = `600 13px ${FONT}`;
  pen.fillText(say["open"] ?? "", after, 95);
  pen.font = `400 12px ${FONT}`;
  if (agency.heavy) pen.fillText(`▲ ${agency.heavy} ${say["heavy"]}`, after, 110);
  pen.fillStyle = agency.overdue ? "#a3271b" : "#55656e";
  pen.font = `400 12px ${FONT}`;
  const promise = agency.overdue ? `! ${agency.overdue} ${say["overdue"]}` : `${agency.promised} ${say["promised"]}`;
  pen.fillText(promise, 15, 136);
}
