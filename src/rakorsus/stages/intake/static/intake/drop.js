// Files and folders dropped on the upload form; what is chosen, and whether it is too large.
// Without this script the two file fields do the same.
"use strict";

(() => {
  const form = document.querySelector("[data-intake-drop]");
  if (!form) return;
  const input = form.querySelector("input[name=files]");
  const folder = form.querySelector("input[name=folder]");
  const chosen = form.querySelector("[data-intake-chosen]");
  const words = chosen.dataset;

  const say = (files) => {
    if (!files.length) {
      chosen.textContent = words.wordsDrop;
      return;
    }
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const large =
      size > Number(form.dataset.most) ||
      files.some((file) => file.size > Number(form.dataset.mostFile));
    chosen.classList.toggle("error", large);
    chosen.textContent = (large ? words.wordsLarge : words.words)
      .replace("{n}", files.length)
      .replace("{size}", (size / 1048576).toFixed(1));
  };
  const all = () => [...input.files, ...folder.files];

  const inside = async (entry) => {
    if (entry.isFile) {
      return [await new Promise((done, failed) => entry.file(done, failed))];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const part = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!part.length) return found;
      for (const child of part) found.push(...(await inside(child)));
    }
  };

  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const entries = [...event.dataTransfer.items]
      .filter((item) => item.kind === "file")
      .map((item) => item.webkitGetAsEntry());
    const basket = new DataTransfer();
    for (const file of input.files) basket.items.add(file);
    for (const entry of entries) {
      for (const file of await inside(entry)) basket.items.add(file);
    }
    input.files = basket.files;
    say(all());
  });
  form.addEventListener("change", () => say(all()));
  say(all());
})();
