// The map of programs: areas shaded by money or number, programs as points, words from local fonts.
//
// Reads `<div data-map data-source="…geojson">`. The collection holds features of two kinds:
//   area:    properties {kind:"area", code, name, count, money, approximate, url}
//   program: properties {kind:"program", title, agency, money, period, place, url}
// Words on the page come from data-* attributes, so that the server chooses the language.
import { Map as MapView, NavigationControl, Popup, ScaleControl, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, LngLatBoundsLike, StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { classBreaks, money } from "./numbers";

setWorkerUrl(new URL(workerUrl, import.meta.url).href);

type Measure = "money" | "count";
interface AreaProperties { kind: "area"; code: string; name: string; count: number; money: number;
  approximate?: boolean; url?: string }
interface ProgramProperties { kind: "program"; title: string; agency: string; money: number;
  period?: string; place?: string; url: string }
type Feature = GeoJSON.Feature<GeoJSON.Geometry, AreaProperties | ProgramProperties>;

const SHADES = ["#fffaf0", "#fae6c3", "#f0c684", "#dc9748", "#b0661a"];
const SEA = "#e2edf3", POINT = "#17607f", POINT_DARK = "#0f465d";
const FONT = ["IBM Plex Sans", "sans-serif"];

for (const box of document.querySelectorAll<HTMLElement>("[data-map]")) void show(box);

async function show(box: HTMLElement): Promise<void> {
  const words = box.dataset;
  const answer = await fetch(words.source ?? "", { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) { box.textContent = words.failed ?? `${answer.status}`; return; }
  const data = (await answer.json()) as GeoJSON.FeatureCollection;
  const features = data.features as Feature[];
  const areas = features.filter((f) => f.properties.kind === "area");
  const programs = features.filter((f) => f.properties.kind === "program");
  if (features.length === 0) { box.textContent = words.empty ?? ""; return; }
  box.textContent = "";
  box.classList.add("map-ready");
  const bounds = extent(features);
  const map = new MapView({
    container: box, style: style(areas, programs), bounds, attributionControl: false,
    fitBoundsOptions: { padding: 24 }, dragRotate: false, pitchWithRotate: false,
    cooperativeGestures: box.dataset.gestures !== "free", maxZoom: 18,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({}), "bottom-right");
  const legend = document.createElement("div");
  legend.className = "map-legend";
  box.append(legend);
  const shade = (measure: Measure): void => {
    const breaks = classBreaks(areas.map((f) => value(f, measure)), SHADES.length);
    if (map.getLayer("areas")) map.setPaintProperty("areas", "fill-color", steps(measure, breaks));
    drawLegend(legend, breaks, measure, words, areas.some(isApproximate));
  };
  map.on("load", () => { shade("money"); box.dataset.state = "ready"; });
  const choice = document.querySelector<HTMLSelectElement>("[data-map-measure]");
  choice?.addEventListener("change", () => shade(choice.value as Measure));
  for (const layer of ["areas", "programs", "groups"]) pointer(map, layer);
  map.on("click", (event) => {
    const hits = map.queryRenderedFeatures(event.point, { layers: ["groups", "programs", "areas"] });
    const hit = hits[0];
    if (!hit) return;
    if (hit.layer.id === "groups") { void open(map, hit.id ?? hit.properties.cluster_id, event.lngLat); return; }
    const same = hits.filter((h) => h.layer.id === hit.layer.id).map((h) => h.properties);
    new Popup({ maxWidth: "22rem" }).setLngLat(event.lngLat).setDOMContent(card(same, words)).addTo(map);
  });
}

function style(areas: Feature[], programs: Feature[]): StyleSpecification {
  return {
    version: 8,
    sources: {
      areas: { type: "geojson", data: { type: "FeatureCollection", features: areas } },
      names: { type: "geojson", data: { type: "FeatureCollection", features: areas.map(centre) } },
      programs: { type: "geojson", data: { type: "FeatureCollection", features: programs },
        cluster: true, clusterRadius: 36, clusterMaxZoom: 15 },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": SEA } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": SHADES[0]!, "fill-opacity": 0.9 } },
      { id: "borders", type: "line", source: "areas", paint: { "line-color": "#c9a873",
        "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.6, 15, 2] } },
      { id: "groups", type: "circle", source: "programs", filter: ["has", "point_count"], paint: {
        "circle-color": "#ffffff", "circle-stroke-color": POINT, "circle-stroke-width": 1.5,
        "circle-radius": ["step", ["get", "point_count"], 10, 10, 13, 50, 17, 200, 22] } },
      { id: "programs", type: "circle", source: "programs", filter: ["!", ["has", "point_count"]], paint: {
        "circle-color": POINT, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1, "circle-radius": 5 } },
      { id: "group-size", type: "symbol", source: "programs", filter: ["has", "point_count"],
        layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 11, "text-font": FONT,
          "text-allow-overlap": true }, paint: { "text-color": POINT_DARK } },
      { id: "names", type: "symbol", source: "names", minzoom: 10.5,
        layout: { "text-field": ["get", "name"], "text-size": 11, "text-font": FONT, "text-padding": 6 },
        paint: { "text-color": "#22333c", "text-halo-color": "#ffffff", "text-halo-width": 1.2 } },
    ],
  };
}

function value(feature: Feature, measure: Measure): number {
  return feature.properties.kind === "area" ? feature.properties[measure] : 0;
}

function isApproximate(feature: Feature): boolean {
  return feature.properties.kind === "area" && feature.properties.approximate === true;
}

function steps(measure: Measure, breaks: number[]): never {
  const rule: unknown[] = ["step", ["get", measure], SHADES[0]];
  breaks.forEach((limit, n) => rule.push(limit, SHADES[n + 1]));
  return (breaks.length ? rule : SHADES[0]) as never;
}

function drawLegend(box: HTMLElement, breaks: number[], measure: Measure, words: DOMStringMap,
                    approximate: boolean): void {
  const show = (n: number): string => (measure === "money" ? money(n) : n.toLocaleString("id"));
  box.replaceChildren(line("strong", (measure === "money" ? words.money : words.count) ?? ""));
  SHADES.slice(0, breaks.length + 1).forEach((colour, n) => {
    const row = line("span", n === 0 ? `< ${show(breaks[0] ?? 0)}` : `≥ ${show(breaks[n - 1]!)}`);
    row.className = "map-legend-row";
    const swatch = document.createElement("i");
    swatch.style.background = colour;
    row.prepend(swatch);
    box.append(row);
  });
  if (approximate) box.append(line("em", words.approximate ?? ""));
}

function card(hits: Record<string, unknown>[], words: DOMStringMap): HTMLElement {
  const box = document.createElement("div");
  box.className = "map-card";
  for (const hit of hits.slice(0, 6)) {
    const entry = document.createElement("p");
    const link = document.createElement("a");
    link.textContent = String(hit.kind === "area" ? hit.name : hit.title);
    if (hit.url) link.href = String(hit.url);
    entry.append(link, document.createElement("br"));
    entry.append(hit.kind === "area"
      ? `${Number(hit.count).toLocaleString("id")} ${words.programs ?? ""} · ${money(Number(hit.money))}`
      : [hit.agency, money(Number(hit.money)), hit.period, hit.place].filter(Boolean).join(" · "));
    box.append(entry);
  }
  if (hits.length > 6) box.append(line("p", `+ ${hits.length - 6}`));
  return box;
}

function line(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function centre(feature: Feature): GeoJSON.Feature<GeoJSON.Point> {
  const box = extent([feature]) as [[number, number], [number, number]];
  const [west, south] = box[0], [east, north] = box[1];
  return { type: "Feature", properties: feature.properties,
    geometry: { type: "Point", coordinates: [(west + east) / 2, (south + north) / 2] } };
}

function extent(features: Feature[]): LngLatBoundsLike {
  let [west, south, east, north] = [180, 90, -180, -90];
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === "number") {
      const [x, y] = part as [number, number];
      west = Math.min(west, x); east = Math.max(east, x); south = Math.min(south, y); north = Math.max(north, y);
    } else part.forEach(visit);
  };
  for (const { geometry } of features) if (geometry && "coordinates" in geometry) visit(geometry.coordinates);
  return [[west, south], [east, north]];
}

function pointer(map: MapView, layer: string): void {
  map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
}

async function open(map: MapView, cluster: unknown, at: { lng: number; lat: number }): Promise<void> {
  const source = map.getSource("programs") as GeoJSONSource;
  const zoom = await source.getClusterExpansionZoom(Number(cluster));
  map.easeTo({ center: [at.lng, at.lat], zoom: zoom + 0.5,
    duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400 });
}
