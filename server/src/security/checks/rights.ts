import { capabilitiesOf, overlap } from "../capabilitySet.ts";
import { isRoot, type UnitSettings } from "../settings.ts";

/**
 * How a service comes to a right of root: it has it as `root`, is `given` it by AmbientCapabilities=, gets it `later` from a
 * set-user-ID program, or `never`; it is `taken` from the bounding set, or `confined` to a user namespace of the service.
 */
export type Hold = "root" | "given" | "later" | "never" | "taken" | "confined";

/** Whether the programs of a service start as root, DynamicUser= and user managers considered. */
export function startsAsRoot({ scope, user }: UnitSettings): boolean {
  return scope === "system" && (user === "" || isRoot(user));
}

/** How a service comes to a capability, such as `CAP_SYS_TIME`. */
export function holdOf(settings: UnitSettings, capability: string): Hold {
  const set = capabilitiesOf(capability);
  if (!overlap(settings.boundingSet, set)) return "taken";
  if (settings.privateUsers !== "no") return "confined";
  if (startsAsRoot(settings)) return "root";
  if (overlap(settings.ambientSet, set)) return "given";
  return settings.noNewPrivileges ? "never" : "later";
}

/** Whether a service starts with a capability that counts on the host. */
export function holds(settings: UnitSettings, capability: string): boolean {
  const hold = holdOf(settings, capability);
  return hold === "root" || hold === "given";
}

/**
 * Says who has a right, for a check that a capability is left in the bounding set; the powers are those of each one, and
 * `whole` says them in fewer words where none is missing.
 */
export function rightLeft(settings: UnitSettings, powers: Readonly<Record<string, string>>, whole?: string): string {
  const kept = Object.entries(powers)
    .map(([name, power]) => ({ power, hold: holdOf(settings, `CAP_${name}`) }))
    .filter(({ hold }) => hold !== "taken");
  const given = kept.filter(({ hold }) => hold === "given");
  const had = given.length > 0 ? given : kept;
  const all = had.length === Object.keys(powers).length;
  const right = `the privilege to ${all && whole !== undefined ? whole : listed(had.map((it) => it.power))}`;
  switch (given[0]?.hold ?? kept[0]?.hold) {
    case "root":
      return `As root it has ${right}`;
    case "given":
      return `AmbientCapabilities= grants it ${right}`;
    case "confined":
      return `In its own user namespace, and only there, it can have ${right}`;
    case "never":
      return `It neither has nor gains ${right}, but the bounding set still contains it`;
    default:
      return `It starts without ${right}, but a set-user-ID program that it runs gets it`;
  }
}

/** The same for a check of another setting, which counts whoever the service runs as. */
export function rightTo(settings: UnitSettings, capability: string, power: string): string {
  switch (holdOf(settings, capability)) {
    case "root":
    case "given":
      return `It has the privilege to ${power}`;
    case "taken":
      return `It cannot ${power}, as it lacks ${capability}, but the exposure level counts this setting anyway`;
    case "confined":
      return `It can ${power} at most in its own user namespace, but the exposure level counts this setting anyway`;
    case "never":
      return `It neither has nor gains the privilege to ${power}, but the exposure level counts this setting anyway`;
    case "later":
      return `It starts without the privilege to ${power}, but a set-user-ID program that it runs gets it`;
  }
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
