import { effective } from "../security/effective.ts";
import { isRoot } from "../security/settings.ts";
import type { AssignedLine, Assignment } from "../syntax/tree.ts";
import { firstLines, type OnLine, onLines } from "../units/lineLists.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { commandLineOf } from "../units/unitCommands.ts";
import { isOwn } from "./linePlaces.ts";
import { COMMAND_SETTINGS, MAX_COMMANDS } from "./program.ts";
import { inForce, isOn, listLines } from "./settings.ts";
import { type CommandWord, commandsIn } from "./shellLine.ts";

/** A command of a service inside its sandbox: one of the unit, or of a line that it gives to a shell. */
export interface InnerCommand {
  readonly setting: (typeof COMMAND_SETTINGS)[number];
  readonly node: Assignment;
  readonly prefixes: string;
  /** Whether systemd runs it itself, and stops if it fails. */
  readonly counts: boolean;
  readonly words: readonly CommandWord[];
}

/**
 * The commands in the file that the sandbox holds for, none with the prefix `+`, of the lines that matter to who asks: what that
 * depends on should be known of a line, as few of many do.
 */
export const innerCommands = (unit: Unit, matters: Mattering): readonly InnerCommand[] =>
  innerCommandsOfAll(unit, matters, (node) => isOwn(unit, node));

/** The same in all files of the unit, for what another setting takes from them. */
export function innerCommandsOfAll(
  unit: Unit,
  matters: Mattering,
  wanted: (node: Assignment) => boolean = () => true,
): readonly InnerCommand[] {
  if (unit.path.kind !== "service" || unit.path.role !== "unit") return [];
  return COMMAND_SETTINGS.flatMap((setting) => {
    const places = matters(firstLines(listLines(unit, setting), MAX_COMMANDS));
    if (places.length === 0) return [];
    const nodes = inForce(unit, setting);
    return places.flatMap(({ at }) => {
      const node = nodes[at];
      return node && wanted(node) ? innerCommandsAt(node) : [];
    });
  });
}

/** Which of some lines matter to who asks. */
type Mattering = (lines: readonly AssignedLine[]) => readonly OnLine<true>[];

/** The lines that matter as a function of the line says. */
export const linesThat = (matter: (line: AssignedLine) => boolean): Mattering =>
  onLines(memo((line) => (matter(line) ? MATTERS : NONE)));

const MATTERS = [true] as const;
const NONE: readonly never[] = [];

/** Those of a line at its place, which stays as long as nothing before it is touched. */
const innerCommandsAt = memo((node: Assignment): readonly InnerCommand[] =>
  innerCommandsOn(node.line).map((it) => Object.assign({}, it, { setting: node.key as InnerCommand["setting"], node })),
);

/** Those of a line, split once. */
export const innerCommandsOn = memo((line: AssignedLine): readonly Omit<InnerCommand, "setting" | "node">[] =>
  commandLineOf(line)
    .commands.filter(({ prefixes }) => !prefixes.includes("+"))
    .flatMap((command) =>
      commandsIn(command).map((words, i) => {
        const { prefixes } = command;
        return { prefixes, counts: i === 0 && !/[-|]/.test(prefixes), words };
      }),
    ),
);

/**
 * Those of them that start without the rights of root: none with the prefix `!`, none of a service of root, and none where a
 * specifier decides about the user.
 */
export function userCommands(unit: Unit, matters: Mattering): readonly InnerCommand[] {
  if (!runsAsUser(unit)) return [];
  const others = isOn(unit, "PermissionsStartOnly");
  return innerCommands(unit, matters).filter(
    ({ setting, prefixes }) => !prefixes.includes("!") && !(others && setting !== "ExecStart"),
  );
}

/** Whether a service surely runs as another user than root, but for commands with a prefix that says otherwise. */
export function runsAsUser(unit: Unit): boolean {
  if (unit.path.kind !== "service" || unit.path.role !== "unit") return false;
  const { user } = effective(unit).settings;
  return unit.path.scope === "user" || !(user === "" || isRoot(user) || user.includes("%"));
}

/** A word without the folder that it names. */
export const baseNameOf = (word: string): string => word.slice(word.lastIndexOf("/") + 1);

/** Whether a command hands its words to another machine, a container or another root, where paths mean other files. */
export const runsElsewhere = (words: readonly string[]): boolean =>
  words.slice(0, FIRST_WORDS).some((it) => ELSEWHERE.has(baseNameOf(it)));

/** Where a wrapper such as env or nice has the program that it runs. */
const FIRST_WORDS = 5;
const ELSEWHERE: ReadonlySet<string> = new Set(
  (
    "docker docker-compose podman podman-compose nerdctl ctr crun runc kubectl k3s flatpak snap distrobox toolbox lxc lxc-attach lxc-start incus " +
    "systemd-nspawn machinectl systemd-run chroot schroot proot fakechroot bwrap nsenter unshare pct virsh " +
    "ssh autossh sshpass scp sftp rsync rclone restic borg ansible ansible-playbook mosh telnet"
  ).split(" "),
);
