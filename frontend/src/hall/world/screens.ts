// What the stage shows: a slide or the entry that runs, who waits to speak, the findings that touch it.
import type { Agency, Finding, Scene } from "../data";
import { clock } from "../words";
import { money } from "../../numbers";
import { FONT, plate, wrap } from "./labels";
import { css, KIND, PAINT } from "./palette";
import type { Board } from "./stage";

export interface OnStage {
  title: string; kind: string; agency: Agency | undefined; ends: string | null; running: boolean;
  queue: { label: string; state: string }[]; floor: string | null; findings: Finding[]; slide: HTMLImageElement | null;
  page: number; next: { title: string; start: string | null }[];
}

export function screen(to: Board, scene: Scene, show: OnStage): void {
  const { pen, canvas } = to;
  const [w, h] = [canvas.width, canvas.height];
  if (show.slide) {
    pen.fillStyle = "#10181d";
    pen.fillRect(0, 0, w, h);
    const scale = Math.min(w / show.slide.naturalWidth, h / show.slide.naturalHeight);
    const [sw, sh] = [show.slide.naturalWidth * scale, show.slide.naturalHeight * scale];
    pen.drawImage(show.slide, (w - sw) / 2, (h - sh) / 2, sw, sh);
    to.texture.needsUpdate = true;
    return;
  }
  const sky = pen.createLinearGradient(0, 0, 0, h);
  sky.addColorStop(0, "#0c3a4e");
  sky.addColorStop(1, "#17607f");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, w, h);
  weave(pen, w, h);
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = "#f0c478";
  pen.font = `600 30px ${FONT}`;
  pen.fillText(show.running ? `▶ ${show.kind}` : scene.meeting.state_name, 80, 118);
  pen.fillStyle = "#fff";
  pen.font = `600 62px ${FONT}`;
  let y = 204;
  for (const line of wrap(pen, show.title, w - 160, 3)) { pen.fillText(line, 80, y); y += 74; }
  pen.font = `400 34px ${FONT}`;
  pen.fillStyle = "#d5e7ee";
  if (show.agency) { pen.fillText(wrap(pen, show.agency.name, w - 160, 1)[0] ?? "", 80, y + 4); y += 56; }
  else if (!show.running) { pen.fillText(wrap(pen, scene.meeting.place, w - 160, 1)[0] ?? "", 80, y + 4); y += 56; }
  if (show.next.length) {
    const top = Math.max(y + 22, 452);
    pen.fillStyle = "rgba(255,255,255,.16)";
    pen.fillRect(80, top - 40, w - 160, 2);
    pen.fillStyle = "#f0c478";
    pen.font = `600 26px ${FONT}`;
    pen.fillText(scene.words["next"] ?? "", 80, top + 8);
    show.next.slice(0, 3).forEach((entry, n) => {
      pen.fillStyle = "#f0c478";
      pen.font = `600 30px ${FONT}`;
      pen.fillText(clock(entry.start), 80, top + 58 + n * 48);
      pen.fillStyle = "#fff";
      pen.font = `400 30px ${FONT}`;
      pen.fillText(wrap(pen, entry.title, w - 300, 1)[0] ?? "", 190, top + 58 + n * 48);
    });
  }
  to.texture.needsUpdate = true;
}

/** A quiet border of the woven motif. */
function weave(pen: CanvasRenderingContext2D, w: number, h: number): void {
  pen.fillStyle = "rgba(240,196,120,.9)";
  pen.fillRect(0, h - 22, w, 3);
  for (let x = 0; x < w + 40; x += 40) {
    pen.fillStyle = (x / 40) % 2 ? "rgba(240,196,120,.85)" : "rgba(255,255,255,.35)";
    pen.beginPath();
    pen.moveTo(x, h - 18);
    pen.lineTo(x + 20, h - 9);
    pen.lineTo(x, h);
    pen.lineTo(x - 20, h - 9);
    pen.fill();
  }
}

function heading(to: Board, title: string): void {
  const { pen, canvas } = to;
  pen.fillStyle = "#fffdf8";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = css(PAINT.tealDark);
  pen.fillRect(0, 0, canvas.width, 84);
  pen.fillStyle = "#f0b65a";
  pen.fillRect(0, 84, canvas.width, 7);
  pen.fillStyle = "#fff";
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.font = `600 38px ${FONT}`;
  wrap(pen, title, canvas.width - 50, 1).forEach((line) => pen.fillText(line, 26, 44));
  pen.textBaseline = "alphabetic";
}

export function queue(to: Board, scene: Scene, show: OnStage): void {
  heading(to, scene.words["queue"] ?? "");
  const { pen, canvas } = to;
  let y = 142;
  if (show.floor) {
    plate(pen, canvas.width, 2, "#fff");
    pen.fillStyle = "#e6f3ea";
    pen.fillRect(16, y - 40, canvas.width - 32, 66);
    pen.fillStyle = "#24663c";
    pen.font = `600 31px ${FONT}`;
    pen.fillText(wrap(pen, `● ${show.floor}`, canvas.width - 70, 1)[0] ?? "", 30, y + 2);
    y += 84;
  }
  const waiting = show.queue.filter((q) => q.state === "waiting");
  if (!waiting.length && !show.floor) {
    pen.fillStyle = "#55656e";
    pen.font = `400 31px ${FONT}`;
    pen.fillText(scene.words["queue_empty"] ?? "", 28, y);
  }
  waiting.slice(0, 8).forEach((entry, n) => {
    pen.fillStyle = "#17607f";
    pen.font = `600 31px ${FONT}`;
    pen.fillText(`${n + 1}`, 30, y);
    pen.fillStyle = "#1c2a31";
    pen.font = `400 30px ${FONT}`;
    wrap(pen, entry.label, canvas.width - 110, 2).forEach((line, k) => pen.fillText(line, 76, y + k * 34));
    y += 80;
  });
  to.texture.needsUpdate = true;
}

export function touching(to: Board, scene: Scene, show: OnStage): void {
  heading(to, scene.words["open_findings"] ?? "");
  const { pen, canvas } = to;
  let y = 136;
  if (!show.findings.length) {
    pen.fillStyle = "#55656e";
    pen.font = `400 31px ${FONT}`;
    pen.fillText(scene.words["none"] ?? "", 28, y);
  }
  for (const finding of show.findings.slice(0, 4)) {
    const kind = KIND[finding.kind];
    pen.fillStyle = css(kind?.colour ?? 0x55656e);
    pen.beginPath();
    pen.arc(48, y - 8, 23, 0, Math.PI * 2);
    pen.fill();
    pen.fillStyle = "#fff";
    pen.textAlign = "center";
    pen.font = `600 26px ${FONT}`;
    pen.fillText(kind?.mark ?? "•", 48, y + 1);
    pen.textAlign = "left";
    pen.fillStyle = "#1c2a31";
    pen.font = `600 27px ${FONT}`;
    pen.fillText(wrap(pen, `${finding.kind_name} · ${money(finding.money)}`, canvas.width - 110, 1)[0] ?? "", 86, y);
    pen.fillStyle = "#44545d";
    pen.font = `400 23px ${FONT}`;
    wrap(pen, finding.text, canvas.width - 60, 3).forEach((line, n) => pen.fillText(line, 30, y + 40 + n * 29));
    y += 158;
  }
  to.texture.needsUpdate = true;
}
