import { isWithin } from "../../values/path.ts";
import { type Machine, textAt } from "../machine.ts";
import { putBackPath, shellWord } from "../putBackScript.ts";
import { systemctl } from "../systemctl.ts";
import { LEARN_FOLDER, plainName } from "./logFolder.ts";

/** Where the script lies that puts the state of a unit back, which lasts as long as that is away. */
export const statePath = (unit: string): string => `${LEARN_FOLDER}/${plainName(unit)}.state`;

/** What is in the stead of what is away: nothing, empty directories with their owners and modes, or all directories without files. */
export type FreshShape = "missing" | "empty" | "directories";

/** State of a service that is away. */
export interface MovedState {
  /** Stops the service, and removes what it made there since. */
  empty(shape: FreshShape): Promise<void>;
  putBack(): Promise<void>;
}

/** What puts it back at the next boot, before the service starts. */
const bootUnit = (unit: string): string => `unit-warden-state-${plainName(unit)}.service`;
const bootUnitPath = (unit: string): string => `/etc/systemd/system/${bootUnit(unit)}`;
const bootDropIn = (unit: string): string => `/etc/systemd/system/${unit}.d/00-unit-warden-state.conf`;

/**
 * Moves directories and files of a stopped service aside, each next to where it was. Before the first one is moved there is a script
 * that puts them back: it is run with the service's other changes, and at the next boot before the service starts.
 */
export async function moveState(
  machine: Machine,
  unit: string,
  places: readonly string[],
  mark: string,
): Promise<MovedState | { readonly objection: string }> {
  const mounts = await mountPoints(machine);
  const moves: { readonly from: string; readonly to: string }[] = [];
  for (const from of places) {
    if ((await machine.realPath(from)) !== from) continue;
    const mount = mounts.find((it) => isWithin(it, from));
    if (mount !== undefined) return { objection: `${mount} is a file system of its own` };
    if (isWithin(LEARN_FOLDER, from)) return { objection: `${from} has the logs of this run` };
    moves.push({ from, to: awayPath(from, mark) });
  }
  if (moves.length === 0) return { objection: "it keeps no state, logs or caches" };
  await machine.write(bootUnitPath(unit), bootUnitText(unit));
  await machine.write(bootDropIn(unit), `[Unit]\nWants=${bootUnit(unit)}\nAfter=${bootUnit(unit)}\n`);
  await machine.write(statePath(unit), stateScript(unit, moves), 0o700);
  await systemctl(machine, "daemon-reload");
  for (const { from, to } of moves) await moveAside(machine, from, to);
  return {
    async empty(shape) {
      await machine.run(["systemctl", "stop", unit]);
      for (const { from, to } of moves) {
        await mustRun(machine, ["rm", "-rf", "--one-file-system", "--", from]);
        if (shape !== "missing")
          await mustRun(machine, ["/bin/sh", "-c", DIRECTORIES, "sh", to, from, shape === "empty" ? "0" : "99"]);
      }
    },
    async putBack() {
      await machine.run(["systemctl", "stop", unit]);
      await putStateBack(machine, unit);
    },
  };
}

/** Puts back what a run left away that was killed with all who watched over it. */
export async function stateBack(machine: Machine, unit: string): Promise<void> {
  if (!(await machine.stat(statePath(unit)))) return;
  machine.say(`a run was cut off that had moved the state of ${unit} aside: putting it back`);
  await machine.run(["systemctl", "stop", unit]);
  await putStateBack(machine, unit);
}

/** Puts back what is away of a stopped unit. */
async function putStateBack(machine: Machine, unit: string): Promise<void> {
  const path = statePath(unit);
  if (!(await machine.stat(path))) return;
  const { status, stderr } = await machine.run(["/bin/sh", path]);
  if (status !== 0) throw new Error(`the state of ${unit} could not be put back, run sh ${path}: ${stderr.trim()}`);
}

/** Where file systems are mounted. */
async function mountPoints(machine: Machine): Promise<readonly string[]> {
  const lines = ((await textAt(machine, "/proc/self/mountinfo")) ?? "").split("\n");
  return lines.flatMap(
    (it) =>
      it.split(" ")[4]?.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))) ??
      [],
  );
}

function awayPath(path: string, mark: string): string {
  const slash = path.lastIndexOf("/");
  return `${path.slice(0, slash)}/.${path.slice(slash + 1)}.unit-warden-${mark}`;
}

/**
 * Renames, so that at no moment there is less than all of it at one of the two places; where the file system cannot rename, as an
 * overlay, a whole copy gets the name.
 */
async function moveAside(machine: Machine, from: string, to: string): Promise<void> {
  const renamed = await machine.run(["mv", "--no-copy", "-T", "--", from, to]);
  if (renamed.status === 0) return;
  await mustRun(machine, ["cp", "-a", "-T", "--", from, `${to}.part`]);
  await mustRun(machine, ["mv", "-T", "--", `${to}.part`, to]);
  await mustRun(machine, ["rm", "-rf", "--one-file-system", "--", from]);
}

async function mustRun(machine: Machine, argv: readonly string[]): Promise<void> {
  const { status, stderr } = await machine.run(argv);
  if (status !== 0) throw new Error(`${argv[0]} failed: ${stderr.trim()}`);
}

/** Makes directories of one tree in another, with their owners and modes, so many levels deep; a file stays missing. */
const DIRECTORIES = `[ -d "$1" ] || exit 0
cd "$1" && find . -xdev -maxdepth "$3" -type d -exec /bin/sh -c '
  to=$1; shift
  for it; do mkdir -p "$to/$it" && chown --reference="$it" "$to/$it" && chmod --reference="$it" "$to/$it" || exit 1; done' sh "$2" {} +`;

function stateScript(unit: string, moves: readonly { readonly from: string; readonly to: string }[]): string {
  const files = [statePath(unit), bootUnitPath(unit), bootDropIn(unit)].map(shellWord);
  return [
    "#!/bin/sh",
    `# Puts the state of ${unit} back, which \`unit-warden learn --fresh\` moved aside. The service has to be stopped.`,
    "failed=0",
    "back() {",
    '  rm -rf --one-file-system -- "$2.part"',
    '  if [ -e "$2" ] || [ -L "$2" ]; then rm -rf --one-file-system -- "$1" && mv -T -- "$2" "$1" || failed=1; fi',
    "}",
    ...moves.map(({ from, to }) => `back ${shellWord(from)} ${shellWord(to)}`),
    `[ $failed = 1 ] || rm -f ${files.join(" ")}`,
    `rmdir --ignore-fail-on-non-empty ${shellWord(bootDropIn(unit).replace(/\/[^/]*$/, ""))} 2>/dev/null`,
    "systemctl daemon-reload",
    "exit $failed",
    "",
  ].join("\n");
}

/** Not while the run goes on that moved it: that leaves its own script in /run, which a reboot empties. */
const bootUnitText = (unit: string): string =>
  [
    "[Unit]",
    `Description=Put the state of ${unit} back`,
    "DefaultDependencies=no",
    `Before=${unit}`,
    "RequiresMountsFor=/var/lib /var/log /var/cache",
    `ConditionPathExists=${statePath(unit)}`,
    `ConditionPathExists=!${putBackPath(unit)}`,
    "",
    "[Service]",
    "Type=oneshot",
    `ExecStart=/bin/sh ${statePath(unit)}`,
    "",
  ].join("\n");
