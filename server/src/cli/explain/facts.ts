import { CAPABILITY_FACTS } from "../../facts/capabilities.ts";
import { FILE_SYSTEM_GROUPS } from "../../facts/fileSystemGroups.ts";
import { SPECIFIERS, type SpecifierFacts } from "../../facts/specifiers.ts";
import { SYSTEM_CALL_GROUP_SUMMARIES } from "../../facts/systemCallGroupSummaries.ts";
import { callsOf, systemCalls } from "../../facts/systemCalls.ts";
import { releaseOf, type SystemdVersion } from "../../facts/version.ts";
import type { Explanation } from "./layout.ts";

/** A specifier, given with its percent sign. */
export function explainSpecifier(name: string): Explanation[] {
  const facts = name.startsWith("%") ? SPECIFIERS.get(name.slice(1)) : undefined;
  if (!facts) return [];
  const { gives } = facts;
  const values =
    gives &&
    (gives.system === gives.user
      ? `It gives ${gives.system}.`
      : `In units of the system it gives ${gives.system}; in units of users ${gives.user}.`);
  return [{ title: name, parts: [`It stands for ${facts.meaning}.`, values ?? FROM[facts.from], REACH[facts.table]] }];
}

const FROM: Readonly<Record<SpecifierFacts["from"], string | undefined>> = {
  nothing: undefined,
  name: "The name of the unit decides it.",
  manager: "It differs between the system manager and that of each user.",
  file: "It depends on the path of the unit file.",
  machine: "Only the machine knows it.",
};

const REACH: Readonly<Record<SpecifierFacts["table"], string>> = {
  name: "It resolves in every setting that takes specifiers, names of units such as those of After= included.",
  full: "It resolves where values are text, paths or commands, but not in names of units such as those of After=.",
};

/** A capability by its name, in whichever case. */
export function explainCapability(name: string): Explanation[] {
  const number = CAPABILITY_FACTS.findIndex((it) => it.name === name.toUpperCase());
  const facts = CAPABILITY_FACTS[number];
  if (!facts) return [];
  const where =
    "CapabilityBoundingSet= keeps or removes it, AmbientCapabilities= grants it to a service that does not run as root.";
  return [{ title: `${facts.name}, capability ${number}`, parts: [facts.summary, where, "More: capabilities(7)"] }];
}

/** A group of system calls or file systems, with all that is in it. */
export function explainGroup(name: string, version: SystemdVersion): Explanation[] {
  const calls = systemCalls(version).groups.get(name);
  const files = FILE_SYSTEM_GROUPS.find((it) => it.text === name);
  const found: Explanation[] = [];
  if (calls) {
    const groups = calls.filter((it) => it.startsWith("@"));
    const own = calls.filter((it) => !it.startsWith("@"));
    found.push({
      title: `${name}, system calls for SystemCallFilter= in systemd ${releaseOf(version)}`,
      parts: [
        `${summaryOf(name)}.`,
        groups.length > 0 ? `Groups in it: ${groups.join(", ")}` : undefined,
        own.length > 0 ? `${groups.length > 0 ? "Other calls" : "Calls"}: ${own.join(", ")}` : undefined,
        groups.length > 0 ? `${callsOf(name, version)?.size ?? 0} calls in all.` : undefined,
      ],
    });
  }
  if (files) {
    const title = `${name}, file systems for RestrictFileSystems=`;
    found.push({ title, parts: [files.summary, files.members.join(", ")] });
  }
  return found;
}

function summaryOf(name: string): string {
  const summaries: Readonly<Record<string, string>> = SYSTEM_CALL_GROUP_SUMMARIES;
  return summaries[name] ?? name;
}
