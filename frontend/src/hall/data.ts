// The scene as the server gives it (src/rakorsus/hall/scene.py). Metres; outlines in centimetres.
import type { Words } from "./words";

export interface Spot { x: number; z: number; yaw: number }
export interface Place { key: PlaceKey; name: string; question: string; x: number; z: number; eye: number;
  look: [number, number, number] }
export type PlaceKey = "stage" | "city" | "tables" | "booths" | "corridor";
export interface District { code: string; name: string; count: number; money: number; height: number;
  rings: number[][]; label: [number, number]; url: string }
export interface Island { name: string; angle: number; distance: number; width: number }
export interface City { radius: number; north: number; sea: number | null; approximate: boolean; coast: [number, number][];
  districts: District[]; lines: number[][]; islands: Island[] }
export interface Agency { id: number; code: string; short: string; name: string; kind: string; group: string;
  spot: Spot | null; count: number; money: number; in_charge: string; open: number; heavy: number;
  findings: number[]; promised: number; overdue: number; url: string; findings_url: string;
  programs: { id: number; title: string; money: number; place: string; url: string }[] }
export interface Program { key: string; title: string; agency: number; money: number; place: string;
  region: string; x: number; z: number; from: number; to: number; vague: boolean; url: string }
export interface Finding { id: number; kind: string; kind_name: string; severity: string; text: string;
  money: number; place: string; url: string; from: string | null; to: string | null; agencies: number[];
  programs: number[] }
export interface Table { item: number; number: number; spot: Spot | null; finding: number; kind: string;
  kind_name: string; title: string; place: string; money: number; state: string; state_name: string;
  start: string | null; desk: number; minutes: number; seats: number[]; outcome: string; url: string;
  finding_url: string; notes: Record<string, string> }
export interface Entry { id: number; kind: string; kind_name: string; title: string; agency: number;
  start: string | null; minutes: number; state: string; began: string | null; url: string;
  slides: string; // address of the picture of page 0; put another number in its place
  brief: { issue: string; solution: string; innovation: string; stuck: string } | null }
export interface Agreed { text: string; agency: number; post: string; due: string | null; late: boolean;
  title: string; kind: string; url: string }
export interface Scene {
  version: number;
  meeting: { id: number; title: string; place: string; state: string; state_name: string; url: string;
    starts: string; ends: string };
  today: string; year: number; day: number;
  bounds: { x: [number, number]; z: [number, number] };
  spawn: [number, number];
  places: Place[];
  city: City | null;
  agencies: Agency[]; programs: Program[]; findings: Finding[]; tables: Table[]; agenda: Entry[];
  agreed: Agreed[];
  may: Record<"run" | "speak" | "decide" | "resolve" | "settle", boolean>;
  outcome_kinds: [string, string][];
  note_fields: [string, string][];
  words: Words;
}

/** The scene of the page. Throws when the server does not give it. */
export async function load(address: string): Promise<Scene> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`scene: ${answer.status}`);
  return (await answer.json()) as Scene;
}
