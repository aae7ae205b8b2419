// The hall in the browser: takes `<div data-hall data-scene=…>` and makes it a place.
import { load } from "./data";
import { Hall } from "./hall";

const root = document.querySelector<HTMLElement>("[data-hall]");
if (root) void open(root);

async function open(box: HTMLElement): Promise<void> {
  const wait = box.querySelector<HTMLElement>("[data-hall-wait]");
  try {
    const scene = await load(box.dataset["scene"] ?? "");
    await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 20px "IBM Plex Sans"`)));
    await new Hall(box, scene).begin();
  } catch (error) {
    box.dataset["state"] = "failed";
    if (wait) wait.textContent = wait.dataset["failed"] ?? "";
    throw error;
  }
}
