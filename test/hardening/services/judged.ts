import { heldSettings, type SafeSetting, safeSettings } from "../../../server/src/hardening/hardening.ts";
import type { Sure } from "../../../server/src/hardening/missingSettings.ts";
import { ROWS } from "../../../server/src/hardening/profiles.ts";
import { NEEDS } from "../../../server/src/needs/vocabulary.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import { unitOf } from "../kit.ts";
import type { StrangeService } from "./lists.ts";

const BASIC = new Set<string>(ROWS.filter((it) => it.tier === "basic").map((it) => it.directive));

/** The unit of a service, where its list says that it lies. */
export const read = ({ file, unit }: StrangeService): Unit =>
  unitOf(unit, `/etc/systemd/${file.includes("/") ? file : `system/${file}`}`);

/** The setting that a word of a list is about. */
export const directiveOf = (text: string): string => /^\w+/.exec(text)?.[0] ?? "";

/** What a profile adds, with grades. */
export const added = (service: StrangeService, profile: "basic" | "strict", sure: Sure): readonly SafeSetting[] =>
  safeSettings(read(service), profile, undefined, sure);

/** Whether lines set what a service does not survive: `Name`, `Name=value`, or `Name!word` of a list, which it must be left. */
export function breaks(never: string, lines: readonly string[]): boolean {
  const own = lines.filter((it) => directiveOf(it) === directiveOf(never));
  const [, word] = never.split("!");
  if (never.includes("=")) return own.includes(never);
  if (word === undefined) return own.some((it) => !isDenyList(it));
  const values = own.map((it) => it.replace(/^\w+=/, ""));
  const has = (value: string): boolean => value.replace("~", "").split(/\s+/).includes(word);
  const allows = values.filter((it) => !it.startsWith("~"));
  return values.some((it) => it.startsWith("~") && has(it)) || (allows.length > 0 && !allows.some(has));
}

/** A list of what is denied takes little of what the usual one takes, which the strangers had in mind where they name no word. */
const isDenyList = (line: string): boolean => line.includes("=~");

/** A service whose owner has said what it needs none of, as far as that can be told from what breaks it. */
export function answered(service: StrangeService): StrangeService {
  const never = new Set(service.never.map(directiveOf));
  const no = NEEDS.filter(({ decides }) => !Object.keys(decides).some((it) => never.has(it)));
  return { ...service, unit: `${service.unit.trimEnd()}\n# unit-warden: no ${no.map((it) => it.name).join(" ")}\n` };
}

/** What neither the unit nor a profile sets of what must be there. */
export function lacking(service: StrangeService, sure: Sure, unit = read(service)): readonly string[] {
  const held = new Set<string>(heldSettings(unit));
  const [basic, strict] = (["basic", "strict"] as const).map(
    (it) => new Set([...held, ...safeSettings(unit, it, undefined, sure).map(({ line }) => directiveOf(line))]),
  );
  return service.must.filter((it) => !strict?.has(it) || (BASIC.has(it) && !basic?.has(it)));
}
