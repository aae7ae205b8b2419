// What runs on a day of the plan's year.
import type { Finding, Program } from "./data";

export function active(program: Program, day: number): boolean {
  return program.from <= day && day <= program.to;
}

/** Whether two lines of a clash run on this day. */
export function clashes(finding: Finding, programs: Program[], day: number): boolean {
  return finding.kind === "clash" && finding.programs.filter((n) => active(programs[n]!, day)).length >= 2;
}
