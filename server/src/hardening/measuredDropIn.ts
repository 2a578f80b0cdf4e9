import { directive, isRead } from "../catalog/catalog.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { templateOf } from "../units/index/target.ts";
import type { MeasuredDaemon } from "./measuredDaemon.ts";

/** The systemd that all measured daemons were proven with. */
const MEASURED_WITH = 257;

/** A name for a daemon: that of its unit without its type and instance. */
export const daemonName = ({ unit }: Pick<MeasuredDaemon, "unit">): string =>
  templateOf(unit).replace(/@?\.service$/, "");

/** Where the drop-in of a daemon belongs. */
export const dropInPath = ({ unit }: MeasuredDaemon): string =>
  `/etc/systemd/system/${templateOf(unit)}.d/hardening.conf`;

/** How a daemon was exercised, in a few words. */
export const ASKED: Readonly<Record<MeasuredDaemon["asked"], string>> = {
  question: "its own question",
  answer: "what every server is asked",
  start: "only started",
};

/** The drop-in with all that was proven of a daemon, as far as a systemd knows the settings. */
export function measuredDropIn(daemon: MeasuredDaemon, version: SystemdVersion = MEASURED_WITH): string {
  const lines = daemon.settings.filter((it) => isKnown(it, version));
  return [
    `# Proven with ${daemon.package} ${daemon.version}, its configuration untouched, and systemd ${MEASURED_WITH}, all at once, also after a reboot.`,
    `# Exercised (${ASKED[daemon.asked]}): ${daemon.exercised.join(", ")}.`,
    "[Service]",
    ...lines,
    "",
  ].join("\n");
}

function isKnown(line: string, version: SystemdVersion): boolean {
  const row = directive("Service", line.slice(0, line.indexOf("=")));
  return row === undefined || isRead(row, version);
}

/** The daemons that a name is meant for: a unit, else a program, else a package. */
export function daemonsNamed(name: string, all: readonly MeasuredDaemon[]): readonly MeasuredDaemon[] {
  const [stem = ""] = name
    .toLowerCase()
    .replace(/^.*\//, "")
    .replace(/\.service$/, "")
    .split("@", 1);
  const found = MEANINGS.map((namesOf) => all.filter((it) => namesOf(it).includes(stem)));
  return found.find((it) => it.length > 0) ?? [];
}

const MEANINGS: readonly ((it: MeasuredDaemon) => readonly string[])[] = [
  (it) => [daemonName(it).toLowerCase()],
  ({ programs }) => programs.map((it) => it.replace(/^.*\//, "")),
  (it) => [it.package],
];
