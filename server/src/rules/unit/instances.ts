import { type Directive, grammarIn } from "../../catalog/catalog.ts";
import { insertAfter } from "../../findings/edits.ts";
import { withoutInstance } from "../../findings/emptyInstance.ts";
import type { Fix } from "../../findings/finding.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { LineRule, Rule } from "../../findings/rule.ts";
import { ownLast, ownLines } from "../../service/linePlaces.ts";
import { anyPort } from "../../service/ports.ts";
import { programsOf } from "../../service/program.ts";
import { setting, textOf } from "../../service/settings.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { splitWords } from "../../syntax/words.ts";
import { ownFile, readSections, type Unit } from "../../units/unit.ts";
import { whereOf } from "../../units/where.ts";
import { issuesOf } from "../../values/read.ts";
import { parseUnitName } from "../../values/unitName.ts";

/** Seen with 257: %i is empty, but in OnFailure= and similar settings, where NAME@%i.service is an instance of this unit's name. */
const noInstance: LineRule = {
  code: "unit/no-instance",
  *line({ section, node, directive }, unit) {
    const name = section.name === "Service" ? withoutInstance(unit, node.text) : undefined;
    // Of a value that is wrong without it the finding about the value says so.
    if (name === undefined || (directive && isWrong(directive, node.text, unit))) return;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `${node.key}= uses %i, which is empty: ${name} is no template, and has no instance`,
      directive: node.key,
    };
  },
};

const isWrong = (directive: Directive, text: string, unit: Unit): boolean =>
  issuesOf(grammarIn(directive, unit.version), text, whereOf(unit), "brief").some(
    ({ effect }) => effect !== "complains" && effect !== "silent",
  );

/** Seen with 257: "Invalid user/group name or numeric ID: www/data", and the unit is not loaded. */
const unescapedUser: LineRule = {
  code: "unit/unescaped-user",
  *line({ section, node }, { path }) {
    if (section.name !== "Service" || !/^(?:User|Group)$/.test(node.key) || node.text !== "%I") return;
    if (!path.name?.includes("@")) return;
    const { valueSpan, key } = node;
    yield {
      ...valueSpan,
      severity: "info",
      message: `${key}=%I turns - of the instance into /: www-data becomes www/data, and systemd refuses it; %i keeps the name`,
      directive: key,
      fixes: [{ title: `Change to ${key}=%i`, safe: false, edits: () => [{ ...valueSpan, newText: "%i" }] }],
    };
  },
};

/** Seen with 257: the second instance overwrites the PID file, and stopping one removes the directory of all. */
const sharedByInstances: Rule = {
  code: "unit/shared-by-instances",
  needs: ["PIDFile", "RuntimeDirectory", "ExecStart"],
  *check(unit) {
    const { kind, role, name } = unit.path;
    if (kind !== "service" || role !== "unit" || name === undefined || parseUnitName(name)?.instance !== "") return;
    const pidFile = ownLast(unit, "PIDFile");
    if (pidFile && isShared(pidFile.text) && textOf(unit, "Type") === "forking") {
      yield {
        ...pidFile.valueSpan,
        severity: "warning",
        message:
          "PIDFile= is the same for all instances: each overwrites that of the others, and systemd mixes up their processes; use %i in it",
        directive: "PIDFile",
        fixes: [withInstance(unit, pidFile)],
      };
    }
    yield* sharedDirectory(unit);
    yield* sharedPort(unit);
  },
};

function* sharedDirectory(unit: Unit) {
  const node = ownLast(unit, "RuntimeDirectory");
  if (!node || setting(unit, "RuntimeDirectoryPreserve")?.value === "yes") return;
  const words = splitWords(node.text, "plain").words;
  if (words.length !== 1 || !isShared(node.text)) return;
  const added = "RuntimeDirectoryPreserve=yes";
  yield {
    ...node.valueSpan,
    severity: "warning" as const,
    message:
      "RuntimeDirectory= is the same for all instances: when one stops, systemd removes it with the files of the others; use %i in it, or RuntimeDirectoryPreserve=yes",
    directive: "RuntimeDirectory",
    fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), node, [added])] }],
  };
}

/** A port that each instance is told to listen on, where nothing that depends on the instance says otherwise. */
function* sharedPort(unit: Unit) {
  const [node] = ownLines(unit, "ExecStart");
  if (!node || !isShared(node.text.replaceAll(":", "")) || setting(unit, "PrivateNetwork")?.value === "yes") return;
  const port = anyPort(programsOf(unit).filter((it) => it.setting === "ExecStart"));
  if (port === undefined || textOf(unit, "StandardInput") !== undefined) return;
  yield {
    ...node.valueSpan,
    severity: "info" as const,
    message: `ExecStart= listens on port ${port} in all instances: for all but the first it is already in use, unless the configuration of each says otherwise`,
    directive: "ExecStart",
  };
}

/** Whether a value is the same whatever the instance: no specifier of it depends on the name. */
const isShared = (text: string): boolean => text !== "" && !/%[iInNfjJuUhgG]/.test(text) && !text.includes(":");

/** The instance before the ending of the file, in each line that names it. */
function withInstance(unit: Unit, { text }: Assignment): Fix {
  const dot = text.lastIndexOf(".") > text.lastIndexOf("/") ? text.lastIndexOf(".") : text.length;
  const own = `${text.slice(0, dot)}-%i${text.slice(dot)}`;
  return {
    title: `Change to ${own}`,
    safe: false,
    edits: () =>
      readSections(unit).flatMap(({ nodes }) =>
        nodes.flatMap((it) => {
          if (it.kind !== "assignment") return [];
          const written = ownFile(unit).text.slice(it.valueSpan.start, it.valueSpan.end);
          return written.includes(text) ? [{ ...it.valueSpan, newText: written.replaceAll(text, own) }] : [];
        }),
      ),
  };
}

/** What a unit does with the instance that it has, or has not. */
export const INSTANCE_LINE_RULES: readonly LineRule[] = [noInstance, unescapedUser];
/** The same of a whole template. */
export const INSTANCE_RULES: readonly Rule[] = alsoInDropIns([sharedByInstances]);
