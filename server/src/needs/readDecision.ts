import type { ProgramReading, ProgramSign } from "../program/reading.ts";
import { memoBy } from "../units/memo.ts";
import { needsDeciding } from "./decided.ts";
import { NEEDS_IN_PROGRAMS } from "./programSigns.ts";
import { lastPartOf, programName, type ReadNeed, readNeed } from "./readNeed.ts";
import { grantOf, type NeedName, needNamed, needsAgainst } from "./vocabulary.ts";

/** What the files of the programs of a service say about a setting. */
export type ReadDecision =
  /** Nothing in them needs what it takes away; the reason is the end of a sentence. */
  | { readonly says: "for"; readonly grade: "proven" | "read"; readonly reason: string }
  /** Scripts do not speak of it, which shows nothing alone and contradicts nothing. */
  | { readonly says: "silent" }
  /** Something could not be read: what has to hold, "if" and a clause. */
  | { readonly says: "open"; readonly condition: string }
  /** The same of what speaks against it, which is also told as it is: `chronyd calls clock_settime()`. */
  | { readonly says: "against"; readonly condition: string; readonly shown: string };

/** Decided by a need that signs speak of in another way: a program for 32 bits need not change its personality. */
const NOT_SHOWN = "SystemCallArchitectures";

/** What a reading says about a setting; undefined where programs do not show it, or none could be read. */
export const readDecision = (
  reading: ProgramReading,
  setting: string,
  isPrivileged: boolean,
): ReadDecision | undefined => (isPrivileged ? ofRoot : ofUser)(reading, setting);

const decide =
  (isPrivileged: boolean) =>
  (reading: ProgramReading, setting: string): ReadDecision | undefined => {
    const deciding = needsDeciding(setting);
    if (setting === NOT_SHOWN || deciding.length === 0) return undefined;
    const others = needsAgainst(setting).filter((it) => grantOf(it, setting)?.value === undefined);
    const needs = [...new Set([...deciding, ...others.map((it) => it.name)])].filter((it) => it in NEEDS_IN_PROGRAMS);
    if (!deciding.every((it) => needs.includes(it))) return undefined;
    const read = needs.flatMap((need) => {
      const found = readNeed(reading, need, isPrivileged);
      return found ? [{ need, found }] : [];
    });
    const may = read.find((it) => it.found.says === "may");
    if (may?.found.says === "may") return speaksAgainst(may.found.sign, may.found.path);
    const open = read.find((it) => it.found.says === "open");
    if (open?.found.says === "open")
      return { says: "open", condition: `if nothing else ${needNamed(open.need)?.needs}: ${open.found.why}` };
    if (read.length === 0) return undefined;
    if (read.some((it) => it.found.says === "silent")) return { says: "silent" };
    return forIt(
      reading,
      deciding,
      read.map((it) => it.found),
    );
  };

const ofRoot = memoBy(decide(true));
const ofUser = memoBy(decide(false));

function forIt(reading: ProgramReading, deciding: readonly NeedName[], read: readonly ReadNeed[]): ReadDecision {
  const proven = read.every((it) => it.says === "no" && it.proof);
  const does = deciding.map((it) => needNamed(it)?.needs).join(" or ");
  return {
    says: "for",
    grade: proven ? "proven" : "read",
    reason: `nothing in ${readFilesText(reading, proven)} ${does}`,
  };
}

/** `shopd and 3 files of its own`, of a proof with the libraries that it holds for, too. */
export function readFilesText(reading: ProgramReading, proven: boolean): string {
  const { files } = reading;
  const program = programName(reading);
  const own = files.filter((it) => it.own && it.form !== "configuration").map((it) => lastPartOf(it.path));
  const rest = own.toSpliced(own.indexOf(program), 1);
  const libraries = files.filter((it) => !it.own).length;
  const others = rest.length > 0 ? ` and ${rest.length === 1 ? rest[0] : `${rest.length} files of its own`}` : "";
  const whole = proven && libraries > 0 ? ` and ${libraries === 1 ? "its library" : `all ${libraries} libraries`}` : "";
  return `${program}${others}${whole}`;
}

const VERBS: Readonly<Record<ProgramSign["form"], string>> = {
  call: "calls",
  constant: "asks for",
  text: "names",
  library: "loads",
  command: "starts",
  attribute: "has",
};

/** What a sign says against a setting. */
export const speaksAgainst = (sign: ProgramSign, path: string): ReadDecision => ({
  says: "against",
  condition: withoutIt(sign, path),
  shown: signText(sign, path),
});

/** `if it works without clock_settime(), which chronyd calls`. */
const withoutIt = (sign: ProgramSign, path: string): string =>
  `if it works without ${whatOf(sign)}, which ${doerOf(sign, path)}`;

/** `chronyd calls clock_settime()`. */
export const signText = (sign: ProgramSign, path: string): string => `${doerOf(sign, path)} ${whatOf(sign)}`;

const whatOf = ({ form, what }: ProgramSign): string => (form === "call" ? `${what}()` : what);

/** `chronyd calls`; a tool that does as it is told is started by the command itself. */
const doerOf = (sign: ProgramSign, path: string): string =>
  sign.form === "command" && sign.what === lastPartOf(path)
    ? "its command starts"
    : `${signPlace(sign, path)} ${VERBS[sign.form]}`;

const signPlace = ({ line }: ProgramSign, path: string): string =>
  `${lastPartOf(path)}${line === undefined ? "" : `:${line}`}`;
