import { insertAfter } from "../../findings/edits.ts";
import type { Finding, Fix } from "../../findings/finding.ts";
import { directoriesOf, type UndeclaredDirectory } from "../../service/directories.ts";
import { factsOf } from "../../service/facts.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { lineOf, type Use } from "../../service/pathUses.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import type { TextEdit } from "../../text/span.ts";
import type { DirectorySetting } from "../../units/directories.ts";
import type { Unit } from "../../units/unit.ts";
import { addLines } from "../fixes.ts";
import { hardenedSection } from "../hardening.ts";

/** The code of the advice to declare a directory. */
export const DIRECTORY_CODES: Readonly<Record<DirectorySetting, string>> = {
  StateDirectory: "hardening/state-directory",
  CacheDirectory: "hardening/cache-directory",
  LogsDirectory: "hardening/logs-directory",
  RuntimeDirectory: "hardening/runtime-directory",
  ConfigurationDirectory: "hardening/configuration-directory",
};

/** One finding for each directory that a service names by its place and that a *Directory= setting should make. */
export function directoryFindings(unit: Unit): Finding[] {
  if (!hardenedSection(unit)) return [];
  return directoriesOf(unit).flatMap((it): Finding[] => {
    const use = it.uses.find((use) => lineOf(unit, use) !== undefined);
    const node = use && lineOf(unit, use);
    if (!node) return [];
    const shy = it.setting === "ConfigurationDirectory" || factsOf(unit).privileged || unit.path.scope === "user";
    return [
      {
        ...sourceSpan(node.value, use.from, use.to),
        code: DIRECTORY_CODES[it.setting],
        severity: shy ? "hint" : "info",
        message: messageOf(it, use),
        directive: it.setting,
        fixes: [fixOf(unit, it)],
      },
    ];
  });
}

function messageOf({ setting: name, name: directory, root }: UndeclaredDirectory, { setting: user }: Use): string {
  const place = `${user}= names ${root.written[0]}/${directory}`;
  return name === "ConfigurationDirectory"
    ? `${place} directly: ConfigurationDirectory= declares the configuration directory, and ${root.specifier}/${directory} is its path`
    : `${place}, which no ${name}= declares: systemd neither creates it nor makes it writable in a read-only system`;
}

function fixOf(unit: Unit, { setting: name, name: directory, root, uses }: UndeclaredDirectory): Fix {
  const line = `${name}=${directory}`;
  const written = uses.filter((it) => !it.short);
  const use = written.length > 0 ? ` and use ${root.specifier}/${directory}` : "";
  return {
    title: `Add ${line}${use} (${riskOf(unit, name, `${root.written[0]}/${directory}`)})`,
    safe: false,
    sets: [line],
    edits: (): TextEdit[] => {
      const changes = written.flatMap((it): TextEdit[] => {
        const node = lineOf(unit, it);
        return node ? [{ ...sourceSpan(node.value, it.from, it.rootTo), newText: root.specifier }] : [];
      });
      return [...changes, ...declare(unit, name, line)];
    },
  };
}

/** After its own kind, else with the settings that harden the service. */
function declare(unit: Unit, name: DirectorySetting, line: string): TextEdit[] {
  const own = ownLines(unit, name).at(-1);
  const section = hardenedSection(unit);
  if (own) return [insertAfter(unit.file, own, [line])];
  return section ? [addLines(unit, section, [line])] : [];
}

/** What may break, and how it shows: seen with 257. */
function riskOf(unit: Unit, name: DirectorySetting, path: string): string {
  if (name === "ConfigurationDirectory")
    return "existing files keep their owner and mode; not suitable for files that the program edits";
  const { user, dynamic, privileged } = factsOf(unit);
  const gone = name === "RuntimeDirectory" ? "removed at every stop, including files of other programs" : "";
  if (unit.path.scope === "user")
    return gone === "" ? "an existing one gets mode 0755: every user can then read it" : `${path} is ${gone}`;
  if (privileged)
    return `${path} becomes owned by root with mode 0755: a program that switches users gets EACCES${gone && `; it is ${gone}`}`;
  const owner = dynamic ? "the dynamic user" : user;
  return gone === ""
    ? `an existing ${path} becomes owned by ${owner} with mode 0755: other users may get EACCES`
    : `${path} is ${gone}`;
}
