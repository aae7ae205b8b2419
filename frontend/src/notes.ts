// A note that several people type at once. The plain form stays underneath: without scripts, or where
// the note cannot be opened, it is what it was.
//   <form><textarea data-note="/rapat/acara/12/catatan/discussion/"></textarea> <button>…</button>
//   <output data-note-state></output></form>
// Updates are posted to the server, which keeps them and tells everybody through the stream that
// follow.js has opened ("rakorsus:news"); without a stream the note asks every few seconds.
import * as Y from "yjs";

type Change = { number: number; update: string; by: string };
type State = { topic: string; head: number; may_write: boolean; changes: Change[] };

const WORDS = {
  id: { saved: "tersimpan", saving: "menyimpan…", waiting: "menunggu sambungan; tersimpan di peramban ini", writing: "sedang menulis" },
  en: { saved: "saved", saving: "saving…", waiting: "waiting for the connection; kept in this browser", writing: "is writing" },
};
const words = document.documentElement.lang === "en" ? WORDS.en : WORDS.id;
const PAUSE = 250, ASK = 3000, AGAIN = 4000;

export const packed = (bytes: Uint8Array): string => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};
export const unpacked = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

const csrf = (): string => document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
let streaming = document.documentElement.dataset["live"] === "stream";
document.addEventListener("rakorsus:live", (event) => { streaming = (event as CustomEvent).detail.open; });

/** Binds one text area to its shared note. */
export async function bind(area: HTMLTextAreaElement): Promise<void> {
  const address = area.dataset["note"] ?? "";
  const form = area.form;
  const says = form?.querySelector<HTMLElement>("[data-note-state]") ?? null;
  const store = `rakorsus.note.${address}`;
  const ydoc = new Y.Doc();
  const text = ydoc.getText("text");
  let head = 0, waiting: Uint8Array | null = null, sending = false, timer = 0, refused = false;

  const tell = (what: string, bad = false) => { if (says) { says.textContent = what; says.classList.toggle("bad-text", bad); } };

  async function load(): Promise<State> {
    const answer = await fetch(head ? `${address}?sejak=${head}` : address, { headers: { Accept: "application/json" }, cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.json() as State;
    for (const change of state.changes) take(change);
    head = Math.max(head, state.head);
    return state;
  }
  function take(change: Change): void {
    if (change.number <= head && head) return;
    Y.applyUpdate(ydoc, unpacked(change.update), "others");
    head = Math.max(head, change.number);
  }

  // What others typed moves the caret only when it stands before it.
  text.observe((event) => {
    if (event.transaction.origin === "own") return;
    let start = area.selectionStart, end = area.selectionEnd, at = 0;
    for (const part of event.delta) {
      if (part.retain) at += part.retain;
      else if (typeof part.insert === "string") {
        if (at < start) start += part.insert.length;
        if (at < end) end += part.insert.length;
        at += part.insert.length;
      } else if (part.delete) {
        if (at < start) start -= Math.min(part.delete, start - at);
        if (at < end) end -= Math.min(part.delete, end - at);
      }
    }
    const top = area.scrollTop;
    area.value = text.toString();
    if (document.activeElement === area) area.setSelectionRange(start, end);
    area.scrollTop = top;
  });

  function typed(): void {
    const before = text.toString(), after = area.value;
    let start = 0, end = 0;
    const most = Math.min(before.length, after.length);
    while (start < most && before[start] === after[start]) start++;
    while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
    ydoc.transact(() => {
      if (before.length - end > start) text.delete(start, before.length - end - start);
      if (after.length - end > start) text.insert(start, after.slice(start, after.length - end));
    }, "own");
  }

  ydoc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "own") return;
    waiting = waiting ? Y.mergeUpdates([waiting, update]) : update;
    localStorage.setItem(store, packed(waiting));
    tell(words.saving);
    plan(PAUSE);
  });
  function plan(pause: number): void { clearTimeout(timer); timer = window.setTimeout(send, pause); }

  async function send(): Promise<void> {
    if (!waiting || sending || refused) return;
    const mine = waiting;
    waiting = null;
    sending = true;
    try {
      const answer = await fetch(address, {
        method: "POST", redirect: "error", body: JSON.stringify({ update: packed(mine) }),
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() },
      });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const said = await answer.json().catch(() => ({})) as { error?: string };
      if (!answer.ok) {
        refused = true;
        tell(said.error || String(answer.status), true);
        return;
      }
      if (!waiting) { localStorage.removeItem(store); tell(words.saved); }
    } catch {
      waiting = waiting ? Y.mergeUpdates([mine, waiting]) : mine;
      localStorage.setItem(store, packed(waiting));
      tell(words.waiting, true);
      plan(AGAIN);
      return;
    } finally { sending = false; }
    if (waiting) plan(PAUSE);
  }

  let topic: string;
  try {
    const state = await load();
    if (!state.may_write) return;
    topic = state.topic;
  } catch { return; } // the plain form stays
  area.value = text.toString();
  const kept = localStorage.getItem(store); // typed before the page was closed without a connection
  if (kept) {
    Y.applyUpdate(ydoc, unpacked(kept), "others");
    waiting = unpacked(kept);
    plan(0);
  }
  area.addEventListener("input", typed);
  addEventListener("online", () => plan(0));
  form?.addEventListener("submit", (event) => { event.preventDefault(); plan(0); });
  form?.querySelector("button")?.setAttribute("hidden", "");
  area.dataset["shared"] = "1";

  let quiet = 0;
  document.addEventListener("rakorsus:news", (event) => {
    const said = (event as CustomEvent).detail as { topic: string; body: Change };
    if (said.topic !== topic) return;
    const own = waiting !== null || sending;
    const before = text.toString();
    take(said.body);
    if (said.body.by && !own && text.toString() !== before) {
      tell(`${said.body.by} ${words.writing}`);
      clearTimeout(quiet);
      quiet = window.setTimeout(() => tell(""), 4000);
    }
  });
  setInterval(() => { if (!streaming && !document.hidden && area.isConnected) load().catch(() => {}); }, ASK);
}

/** Shows a note to those who may read it only, as it is typed. */
export async function watch(element: HTMLElement): Promise<void> {
  const address = element.dataset["noteView"] ?? "";
  const ydoc = new Y.Doc();
  const text = ydoc.getText("text");
  let head = 0, topic = "";
  const take = (change: Change): void => {
    Y.applyUpdate(ydoc, unpacked(change.update));
    head = Math.max(head, change.number);
    element.textContent = text.toString() || "–";
  };
  const load = async (): Promise<void> => {
    const answer = await fetch(head ? `${address}?sejak=${head}` : address, { headers: { Accept: "application/json" }, cache: "no-store", redirect: "error" });
    const state = await answer.json() as State;
    topic = state.topic;
    for (const change of state.changes) take(change);
  };
  try { await load(); } catch { return; }
  document.addEventListener("rakorsus:news", (event) => {
    const said = (event as CustomEvent).detail as { topic: string; body: Change };
    if (said.topic === topic && said.body.number > head) take(said.body);
  });
  setInterval(() => { if (!streaming && !document.hidden && element.isConnected) load().catch(() => {}); }, ASK);
}

for (const element of document.querySelectorAll<HTMLElement>("[data-note-view]")) void watch(element);
for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-note]")) void bind(area);
