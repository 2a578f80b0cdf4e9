import { directive, typeIn } from "../../catalog/catalog.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { commandLineOf } from "../../units/commands.ts";
import { assignmentsOf, mergedAssignments, sinceReset, type Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { commandProblem } from "../../values/command.ts";
import { accepts } from "../../values/enumeration.ts";
import { valueType } from "../../values/valueTypes.ts";
import type { Rule } from "../rule.ts";

/** The place to point at for what is said of the whole service: the last [Service] header, else the start of the file. */
function serviceHeader({ file }: Unit) {
  return (
    file.sections.findLast((it) => it.name === "Service")?.header ?? { start: 0, end: Math.min(1, file.text.length) }
  );
}

/** A service file that systemd reads as one: not a drop-in, which judges nothing alone, and not a mask (size 0). */
function isWholeService({ path, file }: Unit): boolean {
  return path.kind === "service" && path.role === "unit" && file.text !== "";
}

/** The commands that systemd keeps: it drops a broken one with the prefix `-`, and all that follows on its line. */
function commandsOf(unit: Unit, name: "ExecStart" | "ExecStop"): { line: Assignment; count: number }[] {
  return sinceReset(mergedAssignments(unit, "Service", name))
    .map((line) => {
      const { commands } = commandLineOf(line.value.text);
      const broken = commands.findIndex((it) => commandProblem(it, unit.version));
      return { line, count: broken < 0 ? commands.length : broken };
    })
    .filter(({ count }) => count > 0);
}

/** The last value that systemd takes; it drops those that it does not know. */
function lastValue(
  unit: Unit,
  section: "Unit" | "Service",
  name: "Type" | "SuccessAction" | "RemainAfterExit",
): string {
  const known = directive(section, name);
  const type = known && valueType(typeIn(known, unit.version));
  const last = mergedAssignments(unit, section, name).findLast(
    ({ value }) => type?.kind !== "enumeration" || accepts(type, value.text, unit.version),
  );
  return last?.value.text ?? "";
}

/** Follows service_verify(), systemd 262. */
export const noCommand: Rule = {
  code: "unit/no-command",
  title: "Service without a command",
  why: "A service needs ExecStart=, or ExecStop= or SuccessAction= with RemainAfterExit=yes; systemd refuses it otherwise.",
  page: "systemd.service(5)",
  bad: { text: "[Service]\nUser=www-data\n" },
  good: { text: "[Service]\nUser=www-data\nExecStart=/bin/true\n" },
  *check(unit) {
    if (!isWholeService(unit) || commandsOf(unit, "ExecStart").length > 0) return;
    const stops = commandsOf(unit, "ExecStop").length > 0;
    const acts = !["", "none"].includes(lastValue(unit, "Unit", "SuccessAction"));
    const type = lastValue(unit, "Service", "Type");
    const remains = parseBoolean(lastValue(unit, "Service", "RemainAfterExit")) === true;
    const message =
      !stops && !acts
        ? "This service has no ExecStart=, ExecStop= or SuccessAction=: systemd refuses it"
        : type !== "" && type !== "oneshot"
          ? `A service of Type=${type} needs ExecStart=: systemd refuses it`
          : !acts && !remains
            ? "A service without ExecStart= needs RemainAfterExit=yes: systemd refuses it"
            : undefined;
    if (message) yield { ...serviceHeader(unit), severity: "error", message, directive: "ExecStart" };
  },
};

/** Follows service_verify(), systemd 262. */
export const severalCommands: Rule = {
  code: "unit/several-commands",
  title: "More than one ExecStart=",
  why: "Only Type=oneshot runs several commands; systemd refuses any other service that has more than one. In a drop-in an empty ExecStart= drops the earlier ones first.",
  page: "systemd.service(5)",
  bad: { text: "[Service]\nExecStart=/bin/true\nExecStart=/bin/false\n" },
  good: { text: "[Service]\nType=oneshot\nExecStart=/bin/true\nExecStart=/bin/false\n" },
  *check(unit) {
    if (!isWholeService(unit) || lastValue(unit, "Service", "Type") === "oneshot") return;
    const lines = commandsOf(unit, "ExecStart");
    const count = lines.reduce((sum, it) => sum + it.count, 0);
    const last = lines.at(-1);
    if (count < 2 || !last) return;
    const place = assignmentsOf(unit, "Service", "ExecStart").includes(last.line)
      ? last.line.valueSpan
      : serviceHeader(unit);
    const message = `This service has ${count} commands in ExecStart=, which only Type=oneshot allows: systemd refuses it`;
    yield { ...place, severity: "error", message, directive: "ExecStart" };
  },
};
