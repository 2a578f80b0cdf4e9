import { draftPath, type Places } from "./machine.ts";
import { SYSTEM_PLACES } from "./places.ts";

/** What puts a unit back as it was, in a plain shell script: nobody else needs to be there to run it. */
export interface PutBack {
  readonly unit: string;
  /** Those of its manager; of the system where they are missing. */
  readonly places?: Places;
  /** What changed it, as `learn`. */
  readonly by: string;
  /** When, in ISO 8601. */
  readonly since: string;
  /** Absolute paths of drop-ins, whose folders go with them where they are empty then. */
  readonly dropIns: readonly string[];
  /** Absolute paths of files and folders that are of no use any more. */
  readonly rubbish: readonly string[];
  /** Whether the unit was active. */
  readonly wasActive: boolean;
  /** Other units to stop before, as one that reads what is removed. */
  readonly stops?: readonly string[];
  /** Scripts that undo more while the unit is stopped, each where it is there by then. */
  readonly scripts?: readonly string[];
  /** Lines that come after that, as they make a unit fail that had failed. */
  readonly afterwards?: readonly string[];
  /** Active units that systemd stops along with it. */
  readonly companions: readonly string[];
  /** The process to wait for, where the script is called with `--watch`, with field 22 of its /proc/PID/stat. */
  readonly process: { readonly pid: number | string; readonly start: string } | undefined;
}

/** Where the script of a unit lies: in a folder that a reboot empties, as it does that of the drop-ins. */
export const putBackPath = (unit: string, { state }: Places = SYSTEM_PLACES): string => `${state}/${unit}.put-back`;

/** The transient unit that runs it once the process that changed the unit is gone. */
export const watchdogOf = (unit: string): string => `unit-warden-put-back-${unit.replace(/[^\w.-]/g, "_")}`;

/** The script. After the part that waits, each line is one command. */
export function putBackScript({ unit, by, since, process, places = SYSTEM_PLACES, ...of }: PutBack): string {
  const script = putBackPath(unit, places);
  const { systemctl, scope } = places;
  const reader = scope === "user" ? "its user" : "root";
  // Its instances come and go with their connections.
  const isTemplate = unit.endsWith("@.service");
  const folders = of.dropIns.map((it) => it.replace(/\/[^/]*$/, ""));
  return [
    "#!/bin/sh",
    `# Puts ${unit} back as it was before \`unit-warden ${by}\` changed it for a while, ${since}.`,
    `# That does so itself when it ends; where it could not, run this as ${reader}:`,
    `#   sh ${shellWord(script)}`,
    ...(process ? waitLines(process, script, of.dropIns) : []),
    ...(of.stops ?? []).map((it) => `${systemctl} stop ${shellWord(it)} 2>/dev/null`),
    ...of.dropIns.map((it) => `rm -f ${shellWord(it)}`),
    ...folders.map((it) => `rmdir --ignore-fail-on-non-empty ${shellWord(it)}`),
    `${systemctl} daemon-reload`,
    ...(isTemplate ? [] : [`${systemctl} reset-failed ${shellWord(unit)} 2>/dev/null`]),
    "status=0",
    ...(of.scripts ?? [])
      .map(shellWord)
      .flatMap((it) => [
        `[ ! -e ${it} ] || ${systemctl} stop ${shellWord(unit)}`,
        `[ ! -e ${it} ] || sh ${it} || status=1`,
      ]),
    ...(isTemplate ? [] : [`${systemctl} ${of.wasActive ? "restart" : "stop"} ${shellWord(unit)} || status=1`]),
    ...(of.afterwards ?? []),
    ...of.companions.map((it) => `${systemctl} start ${shellWord(it)}`),
    ...of.rubbish.map((it) => `rm -rf ${shellWord(it)}`),
    `rm -f ${shellWord(script)}`,
    "exit $status",
    "",
  ].join("\n");
}

/** A word of a shell, in quotes where it needs them. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Numbers of processes come again, so that the time of its start counts too; one that has ended may still be a zombie. */
function waitLines(
  { pid, start }: { readonly pid: number | string; readonly start: string },
  script: string,
  dropIns: readonly string[],
): string[] {
  const drafts = [script, ...dropIns].map((it) => shellWord(draftPath(it, pid)));
  return [
    'if [ "$1" = --watch ]; then',
    "  while [ -r /proc/PID/stat ]; do".replace("PID", String(pid)),
    "    set -- $(sed 's/.*) //' /proc/PID/stat 2>/dev/null)".replace("PID", String(pid)),
    `    if [ "$1" = Z ] || [ "\${20}" != ${start} ]; then break; fi`,
    "    sleep 1",
    "  done",
    `  rm -f ${drafts.join(" ")}`,
    `  if [ ! -e ${shellWord(script)} ]; then exit 0; fi`,
    "fi",
  ];
}
