// The corridor (selasar): open between meetings. Its boards say what was promised and what comes next.
import { BufferAttribute, BufferGeometry, Group } from "three";
import type { Scene } from "../data";
import { clock, cut as shortened, shortDate } from "../words";
import { Clay, CLAY_BOTH } from "./clay";
import { board, type Board } from "./stage";
import { FONT, wrap } from "./labels";
import { PAINT } from "./palette";

const Z = 54.5;
const BAYS = 7;
const BAY = 5.4;

export interface Corridor { group: Group; boards: Board[] }

export function corridor(scene: Scene, anisotropy: number): Corridor {
  const group = new Group();
  const clay = new Clay();
  const width = BAYS * BAY;
  clay.box(width + 2, 0.2, 7, PAINT.stoneDark, { at: [0, 0.05, Z - 1.2], dark: 0.3, reach: 0.2 });
  clay.box(width + 0.6, 4.6, 0.3, PAINT.cream, { at: [0, 2.4, Z + 1.2], dark: 0.25, reach: 1.6 });
  clay.box(width + 0.7, 0.7, 0.4, PAINT.tealDark, { at: [0, 0.5, Z + 1.15] });
  for (let n = 0; n <= BAYS; n++) {
    const x = (n - BAYS / 2) * BAY;
    for (const z of [Z - 3.9, Z + 0.9]) {
      if (Math.abs(x) < 5) continue; // an open view of the boards
      clay.box(0.7, 0.45, 0.7, PAINT.stone, { at: [x, 0.35, z], dark: 0.4, reach: 0.4 });
      clay.post(0.17, 0.2, 4.4, PAINT.wood, { at: [x, 0.5, z], dark: 0.3, reach: 1.5 }, 10);
    }
    clay.box(0.22, 0.3, 5.4, PAINT.woodDark, { at: [x, 4.85, Z - 1.5] });
    if (Math.abs(x) > 5) clay.box(0.9, 0.18, 0.18, PAINT.gold, { at: [x, 4.55, Z - 3.9] });
  }
  for (const z of [Z - 3.9, Z + 0.9]) clay.box(width + 1, 0.3, 0.24, PAINT.woodDark, { at: [0, 5, z] });
  for (let n = 0; n < BAYS; n++) {
    if (Math.abs(n - 3) < 2) continue;
    const x = (n - 3) * BAY;
    clay.box(2.4, 0.1, 0.5, PAINT.woodPale, { at: [x, 0.5, Z - 3.1] });
    for (const dx of [-0.9, 0.9]) clay.box(0.1, 0.4, 0.45, PAINT.woodDark, { at: [x + dx, 0.3, Z - 3.1], dark: 0.4, reach: 0.3 });
  }
  const roof = new Clay();
  for (let n = 0; n < 7; n++) {
    for (const side of [-1, 1]) {
      const [a, b] = [n / 7, (n + 1.15) / 7];
      const y = (t: number): number => 5 + 2.7 * t;
      const z = (t: number): number => Z - 1.5 + side * 4.1 * (1 - t);
      roof.add(slab(width / 2 + 1.2, [y(a), z(a)], [y(Math.min(b, 1)), z(Math.min(b, 1))], side), n % 2 ? 0xcf8a66 : 0xdb9b78);
    }
  }
  for (const side of [-1, 1]) roof.box(0.2, 0.4, 0.4, PAINT.gold, { at: [side * (width / 2 + 1.2), 7.85, Z - 1.5] });
  clay.box(width + 2.6, 0.26, 0.4, PAINT.woodDark, { at: [0, 7.75, Z - 1.5] });
  const [body, top] = [clay.mesh(), roof.mesh(CLAY_BOTH)];
  body.receiveShadow = top.receiveShadow = false; // its own roof would make it a cave
  group.add(body, top);
  const boards = [-1, 0, 1].map((n) => {
    const made = board(896, 672, 4.7, 3.5, anisotropy);
    made.mesh.position.set(-n * BAY, 2.72, Z + 0.98);
    made.mesh.rotation.y = Math.PI;
    group.add(made.mesh);
    return made;
  });
  agreements(boards[0]!, scene);
  coming(boards[1]!, scene);
  open(boards[2]!, scene);
  return { group, boards };
}

function slab(half: number, a: [number, number], b: [number, number], side: number): BufferGeometry {
  const made = new BufferGeometry();
  made.setAttribute("position", new BufferAttribute(new Float32Array([-half, ...a, half, ...a, half, ...b, -half, ...b]), 3));
  made.setIndex(side > 0 ? [0, 1, 2, 0, 2, 3] : [0, 2, 1, 0, 3, 2]);
  made.computeVertexNormals();
  return made;
}

function heading(to: Board, title: string): void {
  const { pen, canvas } = to;
  pen.fillStyle = "#fffdf8";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#0f465d";
  pen.fillRect(0, 0, canvas.width, 92);
  pen.fillStyle = "#f0b65a";
  pen.fillRect(0, 92, canvas.width, 8);
  pen.fillStyle = "#fff";
  pen.font = `600 46px ${FONT}`;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.fillText(title, 34, 48);
  pen.textBaseline = "alphabetic";
}

function agreements(to: Board, scene: Scene): void {
  heading(to, scene.words["agreed"] ?? "");
  const { pen } = to;
  let y = 150;
  if (scene.agreed.length === 0) {
    pen.fillStyle = "#44545d";
    pen.font = `400 34px ${FONT}`;
    wrap(pen, scene.words["agreed_none"] ?? "", 820, 8).forEach((line) => { pen.fillText(line, 36, y); y += 48; });
  }
  for (const row of scene.agreed.slice(0, 5)) {
    pen.fillStyle = "#1c2a31";
    pen.font = `600 29px ${FONT}`;
    pen.fillText(shortened(row.text, 56), 36, y);
    pen.font = `400 25px ${FONT}`;
    pen.fillStyle = row.late ? "#a3271b" : "#44545d";
    const owner = scene.agencies[row.agency]?.short ?? row.post;
    const due = row.due ? `${row.late ? "! " : ""}${scene.words[row.late ? "late" : "due"]} ${shortDate(row.due)}` : row.kind;
    pen.fillText([owner, due].filter(Boolean).join(" · "), 36, y + 36);
    y += 104;
  }
  to.texture.needsUpdate = true;
}

function coming(to: Board, scene: Scene): void {
  heading(to, scene.words["agenda"] ?? "");
  const { pen } = to;
  const rows = scene.agenda.filter((e) => e.start && e.kind !== "prayer" && e.kind !== "break");
  const waiting = rows.filter((e) => e.state !== "done");
  let y = 152;
  for (const entry of (waiting.length ? waiting : rows).slice(0, 8)) {
    pen.fillStyle = entry.state === "running" ? "#24663c" : "#17607f";
    pen.font = `600 30px ${FONT}`;
    pen.fillText(clock(entry.start), 36, y);
    pen.fillStyle = "#1c2a31";
    pen.font = `${entry.state === "running" ? 600 : 400} 29px ${FONT}`;
    pen.fillText(wrap(pen, `${entry.state === "running" ? "▶ " : ""}${entry.title}`, 700, 1)[0] ?? "", 150, y);
    y += 64;
  }
  to.texture.needsUpdate = true;
}

function open(to: Board, scene: Scene): void {
  heading(to, scene.words["open_findings"] ?? "");
  const { pen } = to;
  const busy = [...scene.agencies].filter((a) => a.open).sort((a, b) => b.open - a.open).slice(0, 8);
  const most = busy[0]?.open ?? 1;
  let y = 152;
  for (const agency of busy) {
    pen.fillStyle = "#1c2a31";
    pen.font = `400 29px ${FONT}`;
    pen.fillText(wrap(pen, agency.short, 300, 1)[0] ?? "", 36, y);
    pen.fillStyle = "#dbe6ea";
    pen.fillRect(350, y - 25, 420, 32);
    pen.fillStyle = "#17607f";
    pen.fillRect(350, y - 25, (420 * agency.open) / most, 32);
    pen.fillStyle = "#a3271b";
    pen.fillRect(350, y - 25, (420 * agency.heavy) / most, 32);
    pen.fillStyle = "#1c2a31";
    pen.font = `600 29px ${FONT}`;
    pen.fillText(String(agency.open), 790, y);
    y += 60;
  }
  pen.fillStyle = "#55656e";
  pen.font = `400 23px ${FONT}`;
  pen.fillStyle = "#a3271b";
  pen.fillRect(36, 628, 24, 20);
  pen.fillStyle = "#44545d";
  pen.fillText(scene.words["heavy"] ?? "", 70, 647);
  to.texture.needsUpdate = true;
}
