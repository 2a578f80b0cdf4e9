import type { TakeBack } from "./errand.ts";
import { failAgain, failureBefore } from "./failedState.ts";
import { forgetFailed, isTemplateName } from "./learn/connections.ts";
import { type Machine, type Places, textAt } from "./machine.ts";
import { ACTIVE } from "./outage.ts";
import { placesOf, SYSTEM_PLACES } from "./places.ts";
import { putBackPath, putBackScript, watchdogOf } from "./putBackScript.ts";
import { isActive, startTransient, systemctl } from "./systemctl.ts";
import { compareAtEnd, type UnitSnapshot } from "./unitSnapshot.ts";

/** A change to a unit for the time of an errand. */
interface Change {
  readonly unit: string;
  /** The command that makes it. */
  readonly by: "learn" | "try";
  /** Files and folders that go when the unit is put back. */
  readonly rubbish?: readonly string[];
  /** Scripts that undo more, where they are there when the unit is put back. */
  readonly scripts?: readonly string[];
  /** Where an empty drop-in hides one of the same name for the time. */
  readonly hides?: readonly string[];
}

/** A unit that can be changed until it is put back. */
export interface ChangedUnit {
  /** Gives the drop-in another text and lets systemd read it; the unit is not restarted. */
  set(text: string): Promise<void>;
  /** Puts the unit back, and says whether it is as it was; done at the end in any case. */
  putBack(): Promise<boolean>;
}

/** Where the drop-in lies: after all others, in a folder that a reboot empties. */
export const temporaryDropIn = (unit: string, by: string, { temporary }: Places = SYSTEM_PLACES): string =>
  `${temporary}/${unit}.d/zzzz-unit-warden-${by}.conf`;

/**
 * Prepares to change a unit for a while. It is put back when the errand ends; where this process is killed, by a transient unit
 * that waits for its end; where that is killed too, by the next errand or a reboot. Throws where another errand changes it.
 */
export async function changeForAWhile(
  machine: Machine,
  takeBack: TakeBack,
  { unit, by, rubbish = [], scripts = [], hides = [] }: Change,
): Promise<ChangedUnit> {
  await removeLeftovers(machine, unit);
  const compared = await compareAtEnd(machine, takeBack, unit);
  const places = placesOf(machine);
  const script = putBackPath(unit, places);
  const path = temporaryDropIn(unit, by, places);
  const since = new Date(machine.now() * 1000).toISOString();
  const back = {
    unit,
    places,
    by,
    since,
    dropIns: [path, ...hides],
    rubbish,
    scripts,
    process: await thisProcess(machine),
  };
  const text = putBackScript({ ...back, ...(await stateBefore(machine, unit, compared.before)) });
  const putBack = takeBack(`run: sh ${script}`, (it) => runPutBack(it, unit));
  await startWatchdog(machine, unit, text);
  await machine.write(script, text, 0o700);
  const note = [
    `# Made by \`unit-warden ${by} ${unit}\` (process ${machine.pid}) on ${since}, which removes it when it ends.`,
    `# Where that could not: ${places.scope === "user" ? "" : "sudo "}sh ${script}`,
  ];
  return {
    async set(content) {
      for (const it of hides) await machine.write(it, `${note.join("\n")}\n`);
      await machine.write(path, `${note.join("\n")}\n${content}`);
      await systemctl(machine, "daemon-reload");
    },
    async putBack() {
      await putBack();
      await compared.compare();
      return compared.isAsItWas();
    },
  };
}

/** Lets a transient unit run a script that puts a unit back, once the process that it waits for has ended. */
export async function startWatchdog(machine: Machine, unit: string, script: string): Promise<void> {
  // By its text, so that it waits before there is anything to put back. Encoded, as that has no $: into the file of a transient unit
  // systemd 257 writes two for each, and a daemon-reload before the command is started, as of another run, reads them there.
  const text = `eval "\`echo ${Buffer.from(script).toString("base64")} | base64 -d\`"`;
  const waiting = ["/bin/sh", "-c", text, "sh", "--watch"];
  await startTransient(machine, watchdogOf(unit), [`--description=Waits to put ${unit} back`], waiting);
}

/** So long the watchdog of a killed run may take, in seconds: it restarts the unit. */
const WATCHDOG_SECONDS = 100;

/** Puts back what a run left that was killed and whose watchdog was killed too; throws where one is at work. */
export async function removeLeftovers(machine: Machine, unit: string): Promise<void> {
  const end = machine.now() + WATCHDOG_SECONDS;
  for (let tries = 0; machine.now() < end && (await isActive(machine, watchdogOf(unit))); tries++) {
    if (tries === 0) machine.say(`the watchdog of another run, which was killed, puts ${unit} back: waiting for it`);
    await machine.sleep(0.5);
  }
  if (await isActive(machine, watchdogOf(unit)))
    throw new Error(`another run of unit-warden is at work on ${unit}: wait for its end, or end it`);
  const path = putBackPath(unit, placesOf(machine));
  if (!(await machine.stat(path))) return;
  const script = await textAt(machine, path);
  if (script?.includes("`unit-warden learn start`"))
    throw new Error(`${unit} is under observation: unit-warden learn stop ${unit} ends it`);
  machine.say(`a run that was killed left ${unit} changed: putting it back`);
  await runPutBack(machine, unit);
}

/** Runs the script that puts a unit back, if it is there, and ends who waits to do so. */
export async function runPutBack(machine: Machine, unit: string): Promise<void> {
  const script = putBackPath(unit, placesOf(machine));
  const isThere = (await machine.stat(script)) !== undefined;
  const { status, stderr } = isThere ? await machine.run(["/bin/sh", script]) : { status: 0, stderr: "" };
  await machine.run(["systemctl", "stop", watchdogOf(unit)]);
  if (status !== 0) throw new Error(`${unit} could not be put back: ${stderr.trim()}`);
}

/** This process, as the kernel distinguishes it from others of its number. */
export async function thisProcess(machine: Machine): Promise<{ readonly pid: number; readonly start: string }> {
  const stat = (await textAt(machine, `/proc/${machine.pid}/stat`)) ?? "";
  return { pid: machine.pid, start: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0" };
}

/** What counts as before: whether the unit is active or failed, and which active units a stop would take with it. */
export async function stateBefore(
  machine: Machine,
  unit: string,
  { shown, companions }: UnitSnapshot,
): Promise<{
  readonly wasActive: boolean;
  readonly companions: readonly string[];
  readonly afterwards: readonly string[];
}> {
  if (isTemplateName(unit))
    return { wasActive: false, companions: [], afterwards: [await forgetFailed(machine, unit)] };
  const wasActive = ACTIVE.includes(shown.ActiveState);
  const failed = await failureBefore(machine, unit);
  const isToFail = failed && failed.triggers === undefined;
  const places = placesOf(machine);
  const path = temporaryDropIn(unit, "failed", places);
  const afterwards = isToFail ? failAgain(unit, path, failed.how, places.systemctl) : [];
  return { wasActive, companions: wasActive ? companions : [], afterwards };
}
