import type { Span } from "../text/span.ts";
import { readUnit } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import type { UnitName } from "../values/unitName.ts";
import { isStrictUserOrGroup } from "../values/userName.ts";
import { execLine } from "./newUnit/execLine.ts";
import { unitNameFrom } from "./newUnit/naming.ts";
import { isBroken, judgedFiles, refusedAnswer, refusedBreak, sectionsText, valueSpan } from "./newUnit/newFiles.ts";
import { serviceText } from "./newUnit/serviceText.ts";
import type { NewUnits, Start, WantedDetail, WantedService } from "./newUnit/wanted.ts";

/** The service that is wanted, hardened for its command, with the timer or socket that starts it; nothing is written. */
export function newUnits(wanted: WantedService): NewUnits {
  const name = unitNameFrom(wanted.name, "service");
  if (!name)
    return refusedAnswer("name", `"${wanted.name}" is not a valid service name: it takes letters, digits and :-_.@`);
  const exec = execLine(wanted.exec, { template: name.instance !== undefined });
  if (exec.kind === "refused") return refusedAnswer("exec", exec.message);
  const { runAs, port, scope } = wanted;
  if (runAs.kind === "user" && !isStrictUserOrGroup(runAs.name))
    return refusedAnswer(
      "user",
      `"${runAs.name}" is not a valid user name: it takes letters, digits, _ and -, at most 31`,
    );
  if (scope === "user" && runAs.kind !== "root" && runAs.kind !== "suited")
    return refusedAnswer("user", "A user unit runs as the user of the manager and cannot set another user");
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    return refusedAnswer("port", `${port} is not a valid port: ports go from 1 to 65535`);
  const broken = brokenAnswer(wanted);
  if (broken) return refusedBreak(broken);
  const service = serviceText(wanted, name, exec);
  if (service.kind === "refused") return service;
  const units = [service.unit, ...starterOf(wanted, name)];
  const notes = [...exec.notes, ...service.notes, ...notesOn(wanted, name)];
  const options = { profile: wanted.profile, answers: ANSWERS, otherwise: "exec" } as const;
  const made = judgedFiles(units, { ...options, look: (it) => lookedAt(it, wanted) });
  return made.kind === "files" ? { ...made, notes: [...notes, ...made.notes] } : made;
}

/** The answer that would begin another line. */
function brokenAnswer({ start, documentation = [] }: WantedService): WantedDetail | undefined {
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

/** What starts a service in a unit of its own. */
type Starter = Exclude<Start, { readonly kind: "boot" | "manual" }>;

const isStarter = (start: Start): start is Starter => start.kind !== "boot" && start.kind !== "manual";

/** The timer, the socket or the path unit of a service. */
function starterOf({ start, scope, version }: WantedService, { stem }: UnitName): Unit[] {
  if (!isStarter(start)) return [];
  const { kind } = start;
  const description = `Description=${kind === "path" ? "Path unit" : capital(kind)} of ${stem}.service`;
  const own = [`[${capital(kind)}]`, ...startLines(start)];
  const text = sectionsText(["[Unit]", description], own, ["[Install]", `WantedBy=${kind}s.target`]);
  return [readUnit({ kind, role: "unit", name: `${stem}.${kind}`, scope }, text, version)];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function startLines(start: Starter): readonly string[] {
  switch (start.kind) {
    case "timer":
      return [`OnCalendar=${start.calendar.trim()}`, "Persistent=yes"];
    case "socket":
      return [`ListenStream=${start.listen.trim()}`];
    case "path":
      return [`${start.condition}=${start.path.trim()}`];
  }
}

/** What has to be there, and what the program has to do. */
function notesOn({ start, runAs }: WantedService, { stem }: UnitName): string[] {
  return [
    ...(runAs.kind === "user" && !/^\d+$/.test(runAs.name)
      ? [`The user ${runAs.name} must exist: useradd --system --shell /usr/sbin/nologin ${runAs.name} creates it.`]
      : []),
    ...(start.kind === "socket"
      ? ["The program must get its socket from systemd (sd_listen_fds(3)); otherwise the address is already in use."]
      : []),
    ...(isStarter(start) ? [`Enable ${stem}.${start.kind}, not ${stem}.service.`] : []),
  ];
}

/** A reader looks at the description first where it was made up, else at what runs and when. */
function lookedAt(unit: Unit, { description = "" }: WantedService): Span {
  if (unit.path.kind === "service" && description.trim() === "") return valueSpan(unit, ["Description"]);
  const { key, start, end } = valueSpan(unit, ["ExecStart", ...Object.keys(ANSWERS)]);
  return { start: key === "ExecStart" ? end : start, end };
}
