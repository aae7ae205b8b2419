// Voice in the hall, for every view alike. The page offers a connection through the gateway's socket and hears the
// mix of the room it is in; who may be heard is decided by the server, which holds every microphone shut but those of
// the floor and of the own table. Here one can only close one's own.
//   <section data-voice data-ticket="/balai/1/karcis/" data-words='{…}'> with buttons [data-voice-toggle], [data-voice-quiet],
//   <p data-voice-state>, <audio data-voice-out>

type Words = Record<"start" | "stop" | "quiet" | "loud" | "off" | "joining" | "stage" | "stage_open" | "table" | "closed" | "listening" | "lost"
  | "none" | "blocked", string>;
interface Told { t: string; state?: "on" | "here" | "lost" | "none"; answer?: string; table?: number | null; open?: boolean }

interface Ticket { ticket: string; socket: string; ice?: RTCIceServer[] }

const AGAIN = 3000, GATHER = 2000, RELAY = 8000; // milliseconds

class Voice {
  private readonly words: Words;
  private readonly toggle: HTMLButtonElement;
  private readonly quiet: HTMLButtonElement;
  private readonly says: HTMLElement;
  private readonly out: HTMLAudioElement;
  private wanted = false;
  private closed = false; // by oneself
  private socket: WebSocket | null = null;
  private peer: RTCPeerConnection | null = null;
  private mic: MediaStreamTrack | null = null;
  private place: { table: number | null; open: boolean } | null = null;

  constructor(readonly box: HTMLElement) {
    const part = <T extends HTMLElement>(name: string): T => box.querySelector<T>(`[data-voice-${name}]`)!;
    this.words = JSON.parse(box.dataset["words"] ?? "{}") as Words;
    this.toggle = part("toggle");
    this.quiet = part("quiet");
    this.says = part("state");
    this.out = part("out");
    this.toggle.addEventListener("click", () => void (this.wanted ? this.stop() : this.start()));
    this.quiet.addEventListener("click", () => { this.closed = !this.closed; this.show(); });
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("click", () => { if (this.out.paused && this.out.srcObject) void this.play(); });
    this.show();
    if (sessionStorage.getItem(this.key()) === "on") void this.start(); // a page of the list was opened anew
  }

  get on(): boolean {
    return this.wanted;
  }

  private key(): string {
    return `voice ${this.box.dataset["ticket"]}`;
  }

  private async start(): Promise<void> {
    this.wanted = true;
    sessionStorage.setItem(this.key(), "on");
    this.show();
    if (!this.mic) {
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        this.mic = stream.getAudioTracks()[0] ?? null;
      } catch { /* without a microphone one listens */ }
    }
    if (this.wanted) await this.connect();
  }

  private stop(): void {
    this.wanted = false;
    sessionStorage.removeItem(this.key());
    this.mic?.stop();
    this.mic = null;
    this.leave();
    this.show();
    this.toggle.focus();
  }

  private leave(): void {
    const { socket, peer } = this;
    this.socket = this.peer = this.place = null;
    socket?.close();
    peer?.close();
    this.out.srcObject = null;
  }

  private async connect(): Promise<void> {
    try {
      const ticket = await this.ticket();
      const peer = this.peer = new RTCPeerConnection({ iceServers: ticket.ice ?? [] });
      const line = peer.addTransceiver(this.mic ?? "audio", { direction: this.mic ? "sendrecv" : "recvonly" });
      const opus = RTCRtpReceiver.getCapabilities("audio")?.codecs.filter((c) => c.mimeType.toLowerCase() === "audio/opus") ?? [];
      if (opus.length) line.setCodecPreferences(opus);
      peer.ontrack = (e) => { this.out.srcObject = new MediaStream([e.track]); void this.play(); };
      peer.onconnectionstatechange = () => { if (peer === this.peer && peer.connectionState === "failed") this.again(); };
      await peer.setLocalDescription();
      await gathered(peer, (ticket.ice ?? []).some((server) => server.credential));
      if (!this.wanted || peer !== this.peer) return;
      const socket = this.socket = new WebSocket(ticket.socket.startsWith("/")
        ? `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${ticket.socket}` : ticket.socket);
      socket.onopen = () => socket.send(JSON.stringify({ t: "join", ticket: ticket.ticket, view: "list", hz: 0, last: 0 }));
      socket.onmessage = (e: MessageEvent<string>) => void this.heard(JSON.parse(e.data) as Told, peer, socket);
      socket.onclose = () => { if (socket === this.socket) this.again(); };
    } catch {
      this.again();
    }
  }

  private async heard(told: Told, peer: RTCPeerConnection, socket: WebSocket): Promise<void> {
    if (told.t === "welcome") socket.send(JSON.stringify({ t: "voice", offer: peer.localDescription?.sdp }));
    if (told.t !== "voice" || socket !== this.socket) return;
    if (told.answer) await peer.setRemoteDescription({ type: "answer", sdp: told.answer });
    if (told.state === "here") this.place = { table: told.table ?? null, open: Boolean(told.open) };
    if (told.state === "lost") this.again();
    if (told.state === "none") { this.stop(); this.says.textContent = this.words.none; return; }
    this.show();
  }

  private again(): void {
    this.leave();
    this.show();
    if (this.wanted) setTimeout(() => { if (this.wanted && !this.socket) void this.connect(); }, AGAIN);
  }

  private async ticket(): Promise<Ticket> {
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const answer = await fetch(this.box.dataset["ticket"] ?? "", { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json() as Ticket;
  }

  private async play(): Promise<void> {
    try {
      await this.out.play();
      this.show();
    } catch {
      this.says.textContent = this.words.blocked; // the browser waits for a click
    }
  }

  private show(): void {
    const { words, place } = this;
    if (this.mic) this.mic.enabled = !this.closed;
    const open = Boolean(place?.open && this.mic && !this.closed);
    this.box.dataset["state"] = !this.wanted ? "off" : !place ? "joining" : open ? "open" : "muted";
    this.toggle.textContent = this.wanted ? words.stop : words.start;
    this.quiet.hidden = !this.wanted || !this.mic;
    this.quiet.textContent = this.closed ? words.loud : words.quiet;
    const where = place?.table ? words.table : open ? words.stage_open : words.stage;
    const text = !this.wanted ? words.off : !place ? words.joining : !this.mic ? words.listening : this.closed && place.open ? words.closed : where;
    if (this.says.textContent !== text) this.says.textContent = text;
  }

  /** For tests: energy and packets that came, and the energy of one's own microphone. */
  async figures(): Promise<{ heard: number; packets: number; own: number }> {
    const found = { heard: 0, packets: 0, own: 0 };
    for (const row of (await this.peer?.getStats())?.values() ?? []) {
      const one = row as { type: string; totalAudioEnergy?: number; packetsReceived?: number };
      if (one.type === "inbound-rtp") { found.heard += one.totalAudioEnergy ?? 0; found.packets += one.packetsReceived ?? 0; }
      if (one.type === "media-source") found.own += one.totalAudioEnergy ?? 0;
    }
    return found;
  }
}

/** All ways to reach this browser are in the description, or it has taken too long. Behind a firewall that swallows UDP
 * the ways without a relay are never all known: with a TURN server the first relayed one is waited for, and is enough. */
function gathered(peer: RTCPeerConnection, relay: boolean): Promise<void> {
  return new Promise((done) => {
    if (peer.iceGatheringState === "complete") return done();
    let enough = !relay, late = false;
    const timer = setTimeout(() => { late = true; if (enough) done(); }, GATHER);
    const last = relay ? setTimeout(done, RELAY) : undefined;
    peer.addEventListener("icecandidate", (e) => {
      if (e.candidate?.type !== "relay") return;
      enough = true;
      if (late) done();
    });
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      clearTimeout(last);
      done();
    });
  });
}

const box = document.querySelector<HTMLElement>("[data-voice]");
if (box && "RTCPeerConnection" in window) {
  const voice = new Voice(box);
  box.hidden = box.dataset["voice"] !== "always" && !voice.on;
  (window as unknown as { __voice: Voice }).__voice = voice;
}
