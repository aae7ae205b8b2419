// Synchronisation tables: one for every finding on the agenda, a stool for each side, shade from two sails.
import { BufferAttribute, BufferGeometry, CylinderGeometry, Group, RingGeometry } from "three";
import type { Scene, Table } from "../data";
import { Clay, CLAY_BOTH } from "./clay";
import { fit, FONT, plate, Sheet, wrap } from "./labels";
import { css, groupColour, KIND, PAINT } from "./palette";

/** Where the sides of a table sit. */
export function seats(table: Table): { x: number; z: number; yaw: number }[] {
  const { x, z } = table.spot!;
  const count = Math.max(2, Math.min(6, table.seats.length));
  return Array.from({ length: count }, (_, n) => {
    const angle = Math.PI / 2 + (n * Math.PI * 2) / count + (count === 2 ? Math.PI / 2 : Math.PI / 6);
    return { x: x + Math.cos(angle) * 1.75, z: z + Math.sin(angle) * 1.75, yaw: Math.PI / 2 - angle };
  });
}

export function tables(scene: Scene, sheet: Sheet): Group {
  const group = new Group();
  const clay = new Clay();
  const cloth = new Clay();
  for (const table of scene.tables) {
    if (!table.spot) continue;
    const { x, z } = table.spot;
    clay.here(x, 0, z);
    clay.add(new RingGeometry(0.01, 2.55, 28, 1).rotateX(-Math.PI / 2), 0xd8c6a2, { at: [0, 0.035, 0] });
    clay.add(new RingGeometry(2.55, 2.78, 28, 1).rotateX(-Math.PI / 2), 0x9a5a44, { at: [0, 0.035, 0] });
    clay.post(0.18, 0.34, 0.7, PAINT.woodDark, { dark: 0.5, reach: 0.6 }, 8);
    clay.add(new CylinderGeometry(1.16, 1.1, 0.09, 24), PAINT.woodPale, { at: [0, 0.74, 0] });
    clay.add(new RingGeometry(0.76, 0.92, 24, 1).rotateX(-Math.PI / 2), KIND[table.kind]?.colour ?? PAINT.teal, { at: [0, 0.792, 0] });
    seats(table).forEach((seat, n) => {
      const agency = scene.agencies[table.seats[n] ?? -1];
      clay.here(seat.x, 0, seat.z);
      clay.post(0.2, 0.24, 0.42, PAINT.woodDark, { dark: 0.5, reach: 0.4 }, 7);
      clay.add(new CylinderGeometry(0.31, 0.29, 0.1, 10), groupColour(agency), { at: [0, 0.46, 0] });
    });
    cloth.here(x, 0, z);
    shade(clay.here(x, 0, z), cloth);
    const kind = KIND[table.kind];
    const cut = sheet.cut(340, 112, (pen, w, h) => card(pen, w, h, table, scene, css(kind?.colour ?? PAINT.teal), kind?.mark ?? "•"));
    sheet.sign(cut, x, 1.4, z, 0.78, 30);
  }
  group.add(clay.mesh(undefined, false), cloth.mesh(CLAY_BOTH)); // the cloth's shadow is enough
  return group;
}

function shade(clay: Clay, cloth: Clay): void {
  clay.post(0.06, 0.09, 4.45, PAINT.woodDark, { at: [0, 0, -2.2], dark: 0.4, reach: 1 }, 6);
  for (const side of [-1, 1]) clay.post(0.045, 0.06, 2.7, PAINT.woodDark, { at: [side * 2.45, 0, 1.3], dark: 0.4, reach: 1 }, 6);
  cloth.add(triangle([0, 4.4, -2.2], [-2.45, 2.68, 1.3], [0, 2.86, 1.05], -0.16), PAINT.sail);
  cloth.add(triangle([0, 4.4, -2.2], [2.45, 2.68, 1.3], [0, 2.86, 1.05], -0.16), PAINT.sail);
}

/** A cloth between three corners, sagging in its middle. */
function triangle(a: number[], b: number[], c: number[], sag: number): BufferGeometry {
  const n = 4;
  const points: number[] = [];
  const index: number[] = [];
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= n - i; j++) {
      const [u, v] = [i / n, j / n];
      const w = 1 - u - v;
      const down = 27 * u * v * w * sag;
      points.push(a[0]! * w + b[0]! * u + c[0]! * v, a[1]! * w + b[1]! * u + c[1]! * v + down, a[2]! * w + b[2]! * u + c[2]! * v);
    }
  }
  const at = (i: number, j: number): number => i * (n + 1) - (i * (i - 1)) / 2 + j;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n - i; j++) {
      index.push(at(i, j), at(i + 1, j), at(i, j + 1));
      if (j < n - i - 1) index.push(at(i + 1, j), at(i + 1, j + 1), at(i, j + 1));
    }
  }
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(new Float32Array(points), 3));
  made.setIndex(index);
  made.computeVertexNormals();
  return made;
}

function card(pen: CanvasRenderingContext2D, w: number, h: number, table: Table, scene: Scene, colour: string, mark: string): void {
  plate(pen, w, h, "#fffdf7", 14, "#c9b591");
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(44, h / 2, 29, 0, Math.PI * 2);
  pen.fill();
  pen.fillStyle = "#fff";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = `600 30px ${FONT}`;
  pen.fillText(mark, 44, h / 2 + 1);
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = "#1c2a31";
  const title = `${scene.words["table"]} ${[table.number, table.kind_name].filter(Boolean).join(" · ")}`;
  fit(pen, title, w - 96, 23);
  pen.fillText(title, 84, 34);
  pen.fillStyle = "#44545d";
  pen.font = `400 18px ${FONT}`;
  const sides = table.seats.map((n) => scene.agencies[n]?.short ?? "").filter(Boolean).join(" × ");
  wrap(pen, sides, w - 96, 1).forEach((line) => pen.fillText(line, 84, 62));
  pen.fillStyle = table.outcome ? "#24663c" : "#80550a";
  pen.font = `600 17px ${FONT}`;
  pen.fillText(wrap(pen, table.outcome ? `✓ ${table.outcome}` : `○ ${table.state_name}`, w - 96, 1)[0] ?? "", 84, 90);
}
