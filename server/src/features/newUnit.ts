import { check } from "../rules/check.ts";
import { readUnit, type Unit } from "../units/unit.ts";
import type { UnitName } from "../values/unitName.ts";
import { isStrictUserOrGroup } from "../values/userName.ts";
import { execLine } from "./newUnit/execLine.ts";
import { unitNameFrom } from "./newUnit/naming.ts";
import { serviceText } from "./newUnit/serviceText.ts";
import type { NewFile, NewUnits, WantedDetail, WantedService } from "./newUnit/wanted.ts";

/** The service that is wanted, hardened for its command, with the timer or socket that starts it; nothing is written. */
export function newUnits(wanted: WantedService): NewUnits {
  const name = unitNameFrom(wanted.name, "service");
  if (!name) return refused("name", `"${wanted.name}" is not a valid service name: it takes letters, digits and :-_.@`);
  const exec = execLine(wanted.exec, { template: name.instance !== undefined });
  if (exec.kind === "refused") return refused("exec", exec.message);
  const { runAs, port, scope } = wanted;
  if (runAs.kind === "user" && !isStrictUserOrGroup(runAs.name))
    return refused("user", `"${runAs.name}" is not a valid user name: it takes letters, digits, _ and -, at most 31`);
  if (scope === "user" && runAs.kind !== "root")
    return refused("user", "A user unit runs as the user of the manager and cannot set another user");
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    return refused("port", `${port} is not a valid port: ports go from 1 to 65535`);
  const broken = brokenAnswer(wanted);
  if (broken) return refused(broken, "A setting cannot contain a line break or a control character");
  const service = serviceText(wanted, name, exec);
  const units = [service.unit, ...starterOf(wanted, name)];
  const notes = [...exec.notes, ...service.notes, ...notesOn(wanted, name)];
  for (const unit of units) {
    const findings = check(unit, { profile: wanted.profile });
    const errors = findings.filter((it) => it.severity === "error");
    const error = errors.find((it) => it.code.startsWith("value/")) ?? errors[0];
    if (error) return refused(ANSWERS[error.directive ?? ""] ?? "exec", error.message);
    notes.push(...findings.map((it) => `${unit.path.name ?? ""}: ${it.message}.`));
  }
  return { kind: "files", files: units.map((it) => fileOf(it, wanted)), notes };
}

const refused = (about: WantedDetail, message: string): NewUnits => ({ kind: "refused", about, message });

/** The answer that would begin another line. */
function brokenAnswer({ start, documentation = [] }: WantedService): WantedDetail | undefined {
  const isBroken = (text: string): boolean => /[\0-\x1f\x7f]/.test(text);
  if (documentation.some(isBroken)) return "documentation";
  if (start.kind === "timer") return isBroken(start.calendar) ? "calendar" : undefined;
  if (start.kind === "path") return isBroken(start.path) ? "path" : undefined;
  return start.kind === "socket" && isBroken(start.listen) ? "listen" : undefined;
}

/** Which answer a directive comes from. */
const ANSWERS: Readonly<Record<string, WantedDetail>> = {
  OnCalendar: "calendar",
  ListenStream: "listen",
  PathChanged: "path",
  PathModified: "path",
  PathExists: "path",
  DirectoryNotEmpty: "path",
  User: "user",
  Description: "description",
  Documentation: "documentation",
};

/** The timer, the socket or the path unit of a service. */
function starterOf({ start, scope, version }: WantedService, { stem }: UnitName): Unit[] {
  const service = `${stem}.service`;
  switch (start.kind) {
    case "boot":
    case "manual":
      return [];
    case "timer": {
      const calendar = [`OnCalendar=${start.calendar.trim()}`, "Persistent=yes"];
      return [starter("timer", `Timer of ${service}`, ["[Timer]", ...calendar], "timers.target")];
    }
    case "socket":
      return [
        starter(
          "socket",
          `Socket of ${service}`,
          ["[Socket]", `ListenStream=${start.listen.trim()}`],
          "sockets.target",
        ),
      ];
    case "path":
      return [
        starter(
          "path",
          `Path unit of ${service}`,
          ["[Path]", `${start.condition}=${start.path.trim()}`],
          "paths.target",
        ),
      ];
  }

  function starter(
    kind: "timer" | "socket" | "path",
    description: string,
    own: readonly string[],
    target: string,
  ): Unit {
    const text = ["[Unit]", `Description=${description}`, "", ...own, "", "[Install]", `WantedBy=${target}`, ""];
    return readUnit({ kind, role: "unit", name: `${stem}.${kind}`, scope }, text.join("\n"), version);
  }
}

/** What has to be there, and what the program has to do. */
function notesOn({ start, runAs }: WantedService, { stem }: UnitName): string[] {
  const { kind } = start;
  return [
    ...(runAs.kind === "user" && !/^\d+$/.test(runAs.name)
      ? [`The user ${runAs.name} must exist: useradd --system --shell /usr/sbin/nologin ${runAs.name} creates it.`]
      : []),
    ...(kind === "socket"
      ? ["The program must get its socket from systemd (sd_listen_fds(3)); otherwise the address is already in use."]
      : []),
    ...(kind === "timer" ? [`Enable ${stem}.timer, not ${stem}.service.`] : []),
    ...(kind === "socket" ? [`Enable ${stem}.socket, not ${stem}.service.`] : []),
    ...(kind === "path" ? [`Enable ${stem}.path, not ${stem}.service.`] : []),
  ];
}

/** A reader looks at the description first where it was made up, else at what runs and when. */
function fileOf(unit: Unit, { description = "" }: WantedService): NewFile {
  const { text } = unit.file;
  const keys = unit.path.kind === "service" && description.trim() === "" ? ["Description"] : LOOK;
  for (const key of keys) {
    const [, before = "", value = ""] = new RegExp(`^((?:.*\\n)*?${key}=)(.*)$`, "m").exec(text) ?? [];
    if (before === "") continue;
    const end = before.length + value.length;
    return { name: unit.path.name ?? "", text, look: { start: key === "ExecStart" ? end : before.length, end } };
  }
  return { name: unit.path.name ?? "", text, look: { start: 0, end: 0 } };
}

const LOOK = ["ExecStart", "OnCalendar", "ListenStream", "PathChanged", "PathModified", "PathExists"] as const;
