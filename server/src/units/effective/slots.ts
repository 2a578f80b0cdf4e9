import type { SectionName } from "../../catalog/sections.ts";

/** The directives that fill one list together, so that an empty one of them empties all. */
const SHARED: readonly { readonly section: SectionName | undefined; readonly names: RegExp }[] = [
  { section: "Unit", names: /^Condition/ },
  { section: "Unit", names: /^Assert/ },
  { section: "Socket", names: /^Listen/ },
  { section: "Timer", names: /^On(?:Calendar|(?:Active|Boot|Startup|UnitActive|UnitInactive)Sec)$/ },
  { section: "Path", names: /^(?:Path(?:Exists|ExistsGlob|Changed|Modified)|DirectoryNotEmpty)$/ },
  { section: undefined, names: /^Bind(?:ReadOnly)?Paths$/ },
  { section: undefined, names: /^LoadCredential(?:Encrypted)?$/ },
  { section: undefined, names: /^SetCredential(?:Encrypted)?$/ },
  { section: undefined, names: /^StandardInput(?:Text|Data)$/ },
];

/** Directives that set what several others set. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = { TimeoutSec: ["TimeoutStartSec", "TimeoutStopSec"] };

/**
 * What a directive writes into, by names that mean the same wherever they are equal; `name` is the current one where the
 * directive has an old one. Follows the parsers of load-fragment.c, systemd 257 to 262.
 */
export function slotsOf(section: SectionName, name: string): readonly string[] {
  const shared = SHARED.find((it) => (it.section ?? section) === section && it.names.test(name));
  return shared ? [shared.names.source] : (SEVERAL[name] ?? [name]);
}

/** Of these the first assignment holds and later ones are dropped. Follows config_parse_trigger_unit(), systemd 257 to 262. */
export function isFirstTaken(section: SectionName, name: string): boolean {
  return name === "Unit" && (section === "Timer" || section === "Path");
}
