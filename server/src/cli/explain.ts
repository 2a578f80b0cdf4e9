import { directivesIn } from "../catalog/catalog.ts";
import { SECTIONS, type SectionName } from "../catalog/sections.ts";
import { ADDRESS_FAMILIES } from "../facts/addressFamilies.ts";
import { CAPABILITIES } from "../facts/capabilities.ts";
import { ERRNOS } from "../facts/errnos.ts";
import { FILE_SYSTEM_GROUPS } from "../facts/fileSystemGroups.ts";
import { SIGNALS } from "../facts/signals.ts";
import { SPECIAL_UNITS } from "../facts/specialUnits.ts";
import { SPECIFIERS } from "../facts/specifiers.ts";
import { systemCalls } from "../facts/systemCalls.ts";
import { nearest } from "../text/nearest.ts";
import { NEWEST_VERSION } from "../values/version.ts";
import { type ExplainArguments, UsageError } from "./arguments.ts";
import { explainDirective, type Question } from "./explain/directive.ts";
import { explainCapability, explainGroup, explainSpecifier } from "./explain/facts.ts";
import { asksAboutFailure, explainStatus, runFailure } from "./explain/failure.ts";
import { explainCall, explainErrno, explainFamily } from "./explain/kernel.ts";
import type { Page } from "./explain/layout.ts";
import { allCodes, explainRule } from "./explain/rule.ts";
import { explainSection, explainUnit } from "./explain/units.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";

/** Runs `explain` over all names that are given, or over a failure of a unit; the status is 2 where a name is unknown. */
export function runExplain(args: ExplainArguments, host: Host, shelf: Question["shelf"], page: Page): Outcome {
  if (asksAboutFailure(args, host)) return runFailure(args, host, page);
  if (args.format === "json") throw new UsageError("--format json is for a failure: explain STATUS PATH");
  const stdout: string[] = [];
  const stderr: string[] = [];
  for (const name of args.names) {
    const found = explain(name, args, shelf, page);
    if (found === undefined) stderr.push(unknown(name, args, shelf));
    else stdout.push(`${found}\n`);
  }
  return { stdout: stdout.join("\n"), stderr: stderr.join(""), status: stderr.length > 0 ? 2 : 0 };
}

function explain(
  name: string,
  { section, systemd: version }: ExplainArguments,
  shelf: Question["shelf"],
  page: Page,
): string | undefined {
  if (name.startsWith("%")) return explainSpecifier(name, page);
  if (name.startsWith("@")) return explainGroup(name, version, page);
  if (name.startsWith("[")) return explainSection(name, version, page);
  const call = explainCall(name, version, page);
  const status = explainStatus(SIGNALS.find((it) => it.name === name.toUpperCase())?.name ?? name, page);
  if (status !== undefined) return call === undefined ? status : `${status}\n\n${call}`;
  if (name.includes("/")) return explainRule(name, page);
  const [bare = ""] = name.split("=", 1);
  return (
    explainDirective({ name: bare, section, version, shelf }, page) ??
    explainCapability(bare, page) ??
    explainFamily(bare, page) ??
    explainErrno(bare, page) ??
    call ??
    explainUnit(name, page) ??
    (section === undefined ? explainSection(bare, version, page) : undefined)
  );
}

function unknown(name: string, { section }: ExplainArguments, shelf: Question["shelf"]): string {
  const [bare = ""] = name.split("=", 1);
  const where = section === undefined ? "" : ` in [${section}]`;
  const near = bare.startsWith("%") ? otherCase(bare) : nearest(bare, new Set(candidates(shelf)));
  const meant = near.length === 0 ? "" : `; did you mean ${near.join(", ")}?`;
  return `unit-warden: there is nothing to explain by the name ${name}${where}${meant}\n`;
}

/** All that has an explanation. */
function candidates(shelf: Question["shelf"]): string[] {
  const sections = Object.keys(SECTIONS) as SectionName[];
  const indexed = shelf?.manual.index().flatMap((it) => it.names.map(({ name }) => name)) ?? [];
  return [
    ...sections.flatMap((it) => directivesIn(it, NEWEST_VERSION).map(({ name }) => name)),
    ...indexed.flatMap((it) => /^([A-Za-z][\w.-]*)=$/.exec(it)?.[1] ?? []),
    ...allCodes(),
    ...CAPABILITIES,
    ...ADDRESS_FAMILIES.keys(),
    ...ERRNOS.keys(),
    ...SIGNALS.map((it) => it.name),
    ...Object.values(SPECIAL_UNITS).flatMap((list) => list.map((it) => it.name)),
    ...sections.map((it) => `[${it}]`),
    ...systemCalls(NEWEST_VERSION).names,
    ...systemCalls(NEWEST_VERSION).groups.keys(),
    ...FILE_SYSTEM_GROUPS.map(({ text }) => text),
  ];
}

/** All specifiers are near to each other; what may be mixed up is a small letter and a capital. */
function otherCase(name: string): string[] {
  return [name.toLowerCase(), name.toUpperCase()].filter((it) => it !== name && SPECIFIERS.has(it.slice(1)));
}
