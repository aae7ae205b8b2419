// The notes of a table, typed together: the same notes as on the meeting's page and in the list.
import type { Scene, Table } from "./data";
import { el } from "./ui";

const made = new Map<number, HTMLElement>();

/** Made once for each table: what is being typed stays where it is while the panel is drawn anew. */
export function tableNotes(table: Table, scene: Scene): HTMLElement {
  let box = made.get(table.item);
  if (box) return box;
  box = el("details", { class: "hall-outcome", "data-table-notes": true }, el("summary", {}, scene.words["notes"] ?? ""));
  const parts = scene.note_fields.map(([field, label]) => {
    const id = `hall-note-${field}`;
    const area = el("textarea", { id, rows: "4", maxlength: "8000", disabled: true });
    const part = el("form", { class: "field" }, el("label", { for: id }, label), area, el("output", { class: "small muted", "data-note-state": true }));
    box!.append(part);
    return { field, label, area, part };
  });
  box.addEventListener("toggle", () => {
    void import("../notes").then(({ bind, watch }) => parts.forEach(({ field, label, area, part }) => {
      area.dataset["note"] = table.notes[field] ?? ""; // not before: the module binds what it finds when it comes
      void bind(area).then(() => {
        area.disabled = area.dataset["shared"] !== "1";
        if (!area.disabled) return;
        const read = el("p", { "data-note-view": table.notes[field] ?? "" }, "–"); // others may only read
        part.replaceChildren(el("strong", {}, label), read);
        void watch(read);
      });
    }));
  }, { once: true });
  made.set(table.item, box);
  return box;
}
