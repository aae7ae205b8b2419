// The peer's hall: where everybody stands as Colyseus' own state, patched to everybody twenty times a second, as its
// documentation shows. node server.mjs PORT HZ
import { Room, Server } from "@colyseus/core";
import { schema, t } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";

const [port, hz] = process.argv.slice(2).map(Number);
const Body = schema({ x: t.int16(), z: t.int16(), yaw: t.uint8(), flags: t.uint8() }, "Body");
const State = schema({ clock: t.float64(), people: t.map(Body) }, "State");

class Hall extends Room {
  maxClients = 5000;
  patchRate = 1000 / hz;

  onCreate() {
    this.state = new State();
    this.onMessageBytes("p", (client, bytes) => {
      const body = this.state.people.get(client.sessionId);
      if (!body || bytes.length !== 6) return;
      const view = new DataView(bytes.buffer, bytes.byteOffset, 6);
      body.x = view.getInt16(0, true);
      body.z = view.getInt16(2, true);
      body.yaw = bytes[4];
      body.flags = bytes[5];
    });
  }

  onBeforePatch(state) {
    state.clock = Number(process.hrtime.bigint()) / 1e6; // when the patch was made
  }

  onJoin(client) {
    const body = new Body();
    body.x = body.z = body.yaw = body.flags = 0;
    this.state.people.set(client.sessionId, body);
  }

  onLeave(client) {
    this.state.people.delete(client.sessionId);
  }
}

const server = new Server({ transport: new WebSocketTransport({ maxPayload: 65536 }), greet: false });
server.define("hall", Hall);
await server.listen(port);
console.log("ready");
