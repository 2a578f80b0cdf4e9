import { WEAK_TO_STRONG } from "./weakToStrong.ts";

/** Values from weak to strong: what bears a later one bears those before it. */
const STEPS: Readonly<Partial<Record<string, readonly string[]>>> = {
  ...WEAK_TO_STRONG,
  ProtectHome: ["read-only", "tmpfs", "yes"],
  PrivateTmp: ["yes", "disconnected"],
};

/** Lists of what is allowed; not of system calls, where further lines take some out of the list again. */
const ALLOWING: ReadonlySet<string> = new Set(["CapabilityBoundingSet", "RestrictAddressFamilies"]);

/** Whether a service that works with some lines of a setting, given by their values, works with a value of it, too. */
export function impliesValue(directive: string, lines: readonly string[], value: string): boolean {
  if (lines.includes(value)) return true;
  if (ALLOWING.has(directive)) return allowsAll(lines, value);
  const steps = STEPS[directive] ?? [];
  const wanted = steps.indexOf(value);
  return wanted >= 0 && lines.some((it) => steps.indexOf(it) > wanted);
}

/** Whether a list allows all that others allow together; what these take out again matters to none. */
function allowsAll(lines: readonly string[], value: string): boolean {
  const allowing = lines.filter((it) => !it.startsWith("~"));
  if (allowing.length === 0 || value.startsWith("~")) return false;
  const allowed = new Set(value.split(/\s+/));
  return allowing.every((it) => it.split(/\s+/).every((word) => word === "" || allowed.has(word)));
}
