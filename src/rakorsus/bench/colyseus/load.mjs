// Clients that walk in the peer's hall, as rakorsus.bench.hall_load lets them walk in ours: a few read every record,
// the others count bytes. node load.mjs PORT PEOPLE HZ SECONDS; prints one JSON object.
import { Client } from "@colyseus/sdk";
import { createRequire } from "node:module";

const { WebSocket } = createRequire(import.meta.resolve("@colyseus/ws-transport"))("ws");
const [port, people, hz, seconds] = process.argv.slice(2).map(Number);
const SAMPLE = 12, JOIN = 10, BYTES = 17, NAME = [0xa1, "p".charCodeAt(0)];
const now = () => Number(process.hrtime.bigint()) / 1e6;
const found = { frames: 0, bytes: 0, fan: [], age: [] };
const sent = new Map(); // id x z -> when
let measuring = false;

function count(data) {
  if (!measuring) return;
  found.frames++;
  found.bytes += data.length + (data.length < 126 ? 2 : 4);
}

async function plain() {
  const answer = await fetch(`http://127.0.0.1:${port}/matchmake/joinOrCreate/hall`, { method: "POST", body: "{}",
    headers: { "Content-Type": "application/json" } });
  const seat = await answer.json();
  const { roomId, processId, name } = seat.room ?? seat;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${processId}/${roomId}?sessionId=${seat.sessionId}`, { perMessageDeflate: false });
  await new Promise((done, failed) => {
    socket.on("error", failed);
    socket.on("message", (data) => {
      if (data[0] === JOIN) { socket.send(Buffer.from([JOIN])); done(); }
      count(data);
    });
  });
  void name;
  return { id: seat.sessionId, send: (bytes) => socket.send(bytes), end: () => socket.close() };
}

async function reading() {
  const room = await new Client(`ws://127.0.0.1:${port}`).joinOrCreate("hall");
  const last = new Map();
  room.onStateChange((state) => {
    if (!measuring) return;
    const at = now();
    found.fan.push(at - state.clock);
    state.people.forEach((body, id) => {
      const where = `${id} ${body.x} ${body.z}`;
      if (last.get(id) === where || id === room.sessionId) return;
      last.set(id, where);
      const when = sent.get(where);
      if (when !== undefined) found.age.push(at - when);
    });
  });
  return { id: room.sessionId, send: (bytes) => room.connection.send(bytes), end: () => room.leave() };
}

function walk(one, place) {
  one.step = (one.step ?? 0) + 1;
  const turn = one.step * 0.03 + place;
  const x = Math.round(Math.cos(turn) * 900) + ((place % 25) - 12) * 600;
  const z = Math.round(Math.sin(turn) * 900) + ((Math.floor(place / 25) % 20) - 10) * 600;
  sent.set(`${one.id} ${x} ${z}`, now());
  if (sent.size > 200_000) for (const key of sent.keys()) { sent.delete(key); if (sent.size < 100_000) break; }
  const bytes = Buffer.alloc(9);
  bytes[0] = BYTES;
  bytes.set(NAME, 1);
  bytes.writeInt16LE(x, 3);
  bytes.writeInt16LE(z, 5);
  bytes[7] = one.step & 255;
  bytes[8] = 32;
  one.send(bytes);
}

const spread = (values) => {
  const sorted = Float64Array.from(values).sort();
  const at = (part) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
};

const came = [];
for (let n = 0; n < people; n += 20) {
  came.push(...await Promise.all(Array.from({ length: Math.min(20, people - n) }, (_, k) => (n + k < SAMPLE ? reading() : plain()))));
}
const parts = 20;
let part = 0, due = now();
const tick = () => {
  due = Math.max(due + 1000 / hz / parts, now());
  for (let n = part; n < came.length; n += parts) walk(came[n], n);
  part = (part + 1) % parts;
  setTimeout(tick, Math.max(0, due - now()));
};
tick();
await new Promise((done) => setTimeout(done, 2000));
console.error("measuring");
measuring = true;
const began = now(), before = process.cpuUsage();
await new Promise((done) => setTimeout(done, seconds * 1000));
measuring = false;
const passed = (now() - began) / 1000, used = process.cpuUsage(before);
console.error("measured");
console.log(JSON.stringify({ seconds: Math.round(passed * 100) / 100, frames: found.frames,
  frames_per_client_s: Math.round((found.frames / passed / (people - SAMPLE)) * 100) / 100,
  bytes_per_client_s: Math.round(found.bytes / passed / (people - SAMPLE)), fan_out_ms: spread(found.fan), age_ms: spread(found.age),
  generator_core: Math.round((used.user + used.system) / 1e3 / passed) / 1000 }));
process.exit(0);
