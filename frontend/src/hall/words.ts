// Texts of the page's language, as the server translated them.
export type Words = Record<string, string>;

/** `%s` replaced. */
export function say(template: string | undefined, ...values: (string | number)[]): string {
  let n = 0;
  return (template ?? "").replace(/%s/g, () => String(values[n++] ?? ""));
}

export function locale(): string {
  return document.documentElement.lang || "id";
}

/** `19.45`, the clock of the meeting's own zone as the server wrote it. */
export function clock(iso: string | null): string {
  const found = /T(\d\d):(\d\d)/.exec(iso ?? "");
  return found ? `${found[1]}.${found[2]}` : "";
}

export function shortDate(iso: string): string {
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`).toLocaleDateString(locale(),
    { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** The day of a year, as `14 Mar`. */
export function dayName(year: number, day: number): string {
  return new Date(Date.UTC(year, 0, 1 + day)).toLocaleDateString(locale(),
    { day: "numeric", month: "short", timeZone: "UTC" });
}

export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
