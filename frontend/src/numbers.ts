// Numbers as officials write them.

const STEPS: [number, string, string][] = [[1e12, "triliun", "trillion"], [1e9, "miliar", "billion"],
  [1e6, "juta", "million"]];

/** `Rp1,2 miliar` in the language of the page. */
export function money(amount: number): string {
  const language = document.documentElement.lang || "id";
  for (const [size, indonesian, english] of STEPS) {
    if (Math.abs(amount) >= size) {
      const value = (amount / size).toLocaleString(language, { maximumFractionDigits: 1 });
      return `Rp${value} ${language === "en" ? english : indonesian}`;
    }
  }
  return `Rp${amount.toLocaleString(language)}`;
}

/** Lower limits of classes with about as many values each; fewer where values repeat. */
export function classBreaks(values: number[], classes: number): number[] {
  const sorted = values.filter((v) => v > 0).sort((a, b) => a - b);
  const breaks: number[] = [];
  for (let n = 1; n < classes; n++) {
    const limit = rounded(sorted[Math.floor((n * sorted.length) / classes)] ?? 0);
    if (limit > (breaks.at(-1) ?? 0)) breaks.push(limit);
  }
  return breaks;
}

function rounded(value: number): number {
  if (value <= 0) return 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}
