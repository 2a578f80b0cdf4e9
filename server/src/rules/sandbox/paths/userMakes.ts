import { insertIntoSection } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { capabilitiesOf, overlap } from "../../../security/capabilitySet.ts";
import { effective } from "../../../security/effective.ts";
import { privateBy, readOnlyBy } from "../../../security/world/access.ts";
import { ownDirectories } from "../../../security/world/ownDirectories.ts";
import { hasOwnFiles } from "../../../service/effective.ts";
import { isResetBehind, ownLast, placeOfText } from "../../../service/linePlaces.ts";
import { normalPath, pathWithoutSpecifiers, pidFileOf } from "../../../service/paths.ts";
import { isOn, words } from "../../../service/settings.ts";
import type { CommandWord } from "../../../service/shellLine.ts";
import {
  baseNameOf,
  type InnerCommand,
  innerCommandsOn,
  linesThat,
  runsAsUser,
  userCommands,
} from "../../../service/userCommands.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { directorySettingOf } from "../../../units/directories.ts";
import { type Unit, valuesInForce } from "../../../units/unit.ts";
import { isWithin } from "../../../values/path.ts";
import { asRoot } from "../rights/needsRoot.ts";

/** Seen with 257: "Permission denied", the command exits with 1, and systemd does not start what follows. */
export const userMakes: Rule = {
  code: "sandbox/cannot-create",
  needs: ["User", "DynamicUser"],
  *check(unit) {
    if (unit.path.scope !== "system" || unit.path.kind !== "service" || hasOwnFiles(unit)) return;
    if (overlap(effective(unit).settings.ambientSet, RIGHTS)) return;
    const commands = userCommands(unit, mayMake);
    for (const command of commands) yield* madeBy(unit, command);
    yield* pidFile(unit);
  },
};

const RIGHTS = capabilitiesOf("CAP_DAC_OVERRIDE", "CAP_CHOWN", "CAP_FOWNER", "CAP_SYS_ADMIN", "CAP_SETUID");

const mayMake = linesThat((line) =>
  innerCommandsOn(line).some(
    ({ words: [program, ...args] }) =>
      baseNameOf(program?.value ?? "") === "chown" ||
      (MAKERS.has(baseNameOf(program?.value ?? "")) && args.some(({ value }) => mayBeClosed(value))),
  ),
);
/** Whether a word may name what only root can make, as far as a line shows. */
function mayBeClosed(word: string): boolean {
  if (word.includes("%")) return true;
  const path = word.startsWith("/") ? pathWithoutSpecifiers(word) : undefined;
  return path !== undefined && ROOT_ONLY.test(path);
}
const MAKERS: ReadonlySet<string> = new Set(["mkdir", "install"]);

/** What one command makes where only root can. */
function* madeBy(unit: Unit, command: InnerCommand): Iterable<Found> {
  const { setting, node, words: all } = command;
  const [program, ...args] = all;
  const name = program ? baseNameOf(program.value) : "";
  if (name === "chown") return yield* givenBy(unit, command, args);
  if (name !== "mkdir" && !(name === "install" && args.some((it) => /^-\w*d|^--directory$/.test(it.value)))) return;
  // Without -p it fails even where something else has made the directory.
  const always = command.counts && name === "mkdir" && !args.some((it) => /^-\w*p|^--parents$/.test(it.value));
  const places = args.flatMap((it) => {
    const path = closedPlace(unit, it);
    return path === undefined ? [] : [{ ...it, path }];
  });
  for (const { from, to, path } of places) {
    const instead = declaring(path);
    yield {
      ...sourceSpan(node.value, from, to),
      severity: always ? "warning" : "info",
      message: `${setting}= cannot create ${path} as ${nameOfUser(unit)}: only root can write to ${folderOf(path)}; ${instead ? `${instead}= creates it` : "use StateDirectory= or similar settings"}`,
      directive: setting,
      fixes: instead && places.length === 1 ? declare(unit, command, args, path) : [],
    };
  }
}

/** What chown gives to somebody; what is the user's own already, it may give to itself again. */
function* givenBy(unit: Unit, command: InnerCommand, args: readonly CommandWord[]): Iterable<Found> {
  const { setting, node, counts, prefixes } = command;
  const [owner, ...files] = args.filter((it) => !it.value.startsWith("-"));
  const closed = files.find((it) => closedPlace(unit, it) !== undefined);
  const file = closed ?? files.find((it) => isOthers(unit, it));
  const user = /^([a-z_][\w-]*)(?:[:.][\w-]*)?$/i.exec(owner?.value ?? "")?.[1];
  if (!file || user === undefined || (!closed && prefixes.includes("-"))) return;
  const instead =
    closed && `${declaring(closedPlace(unit, closed) ?? "") ?? "StateDirectory"}= creates a directory for the user`;
  yield {
    ...sourceSpan(node.value, file.from, file.to),
    severity: counts && !(closed && user === effective(unit).settings.user) ? "warning" : "info",
    message: `${setting}= cannot give ${file.value} to ${user} as ${nameOfUser(unit)}: only root can change owners; ${instead ?? "the prefix + runs the command as root"}`,
    directive: setting,
    fixes: instead === undefined ? [asRoot(command)] : [],
  };
}

/** A path outside of the directories that systemd gives to the user, as far as it is written out. */
function isOthers(unit: Unit, { value }: CommandWord): boolean {
  const path = /^\/[^*?$`~[\]{}%]+$/.test(value) ? normalPath(unit, value) : undefined;
  return (
    path !== undefined &&
    !/^\/(?:var\/)?tmp\//.test(path) &&
    !ownDirectories(unit).some((it) => isWithin(path, it.path))
  );
}

/** The path of a word that lies where only root can make something and that nothing else of the unit makes. */
function closedPlace(unit: Unit, { value }: CommandWord): string | undefined {
  if (!/^[/%]/.test(value) || /[*?$`~[\]{}]/.test(value)) return undefined;
  const path = normalPath(unit, value);
  if (path === undefined || !ROOT_ONLY.test(path) || path.includes("%")) return undefined;
  // Some distributions let the group of syslog write there.
  if (
    path.startsWith("/var/log/") &&
    (["User", "Group", "SupplementaryGroups"] as const).some((it) => words(unit, it).includes("syslog"))
  )
    return undefined;
  if (ownDirectories(unit).some((it) => isWithin(path, it.path))) return undefined;
  return privateBy(unit, path) || readOnlyBy(unit, path) ? undefined : path;
}

/** What lies straight in a directory of root's; what every system has there is made already. */
const ROOT_ONLY =
  /^\/(?:run|var\/(?:lib|cache|log|spool))\/(?!(?:lock|user|systemd|udev|dbus|log|mount|credentials)$)[^/]+$/;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

const declaring = (path: string) => directorySettingOf(path)?.setting;

const nameOfUser = (unit: Unit): string => {
  const { user, dynamicUser } = effective(unit).settings;
  return dynamicUser ? "a dynamic user" : `user ${user}`;
};

/** The setting instead of the command, where that does nothing else. */
function declare(unit: Unit, { node, words: all }: InnerCommand, args: readonly CommandWord[], path: string): Fix[] {
  const { setting, names: [first = ""] = [] } = directorySettingOf(path) ?? {};
  const plain = all.every((it) => it.exact) && args.every(({ value }) => /^-p$|^--parents$|^-d$|^[/%]/.test(value));
  if (!setting || !plain || !/^[\w.-]+$/.test(first) || isResetBehind(unit, setting)) return [];
  if (/;/.test(node.text) || words(unit, setting).length > 0) return [];
  const line = `${setting}=${first}`;
  return [
    {
      title: `Replace with ${line}`,
      safe: false,
      sets: [line],
      edits: () => [{ start: node.start, end: node.valueSpan.end, newText: line }],
    },
  ];
}

/** A PID file that a forking service of another user would have to make in /run itself. */
function* pidFile(unit: Unit): Iterable<Found> {
  const { type } = effective(unit).settings;
  const path = type === "forking" ? pidFileOf(unit) : undefined;
  const node = path === undefined ? undefined : ownLast(unit, "PIDFile");
  if (!node || path === undefined || !/^\/run\/[^/%]+$/.test(path)) return;
  if (isOn(unit, "PermissionsStartOnly") || readOnlyBy(unit, path) || privateBy(unit, path)) return;
  const commands = (["ExecStartPre", "ExecStart", "ExecStartPost"] as const).flatMap((it) =>
    valuesInForce(unit, "Service", it),
  );
  // A command of root may make the file, and then it is the user's to write.
  if (commands.some((it) => /^[-@:|]*[+!]/.test(it)) || !runsAsUser(unit)) return;
  yield {
    ...node.valueSpan,
    severity: "warning",
    message: `PIDFile= is ${path}, which ${nameOfUser(unit)} cannot create: only root can write to /run; use a file in a RuntimeDirectory=`,
    directive: "PIDFile",
    fixes: inRuntimeDirectory(unit, node, path),
  };
}

/** The file in a directory of its own, which systemd gives to the user, also where the command names it. */
function inRuntimeDirectory(unit: Unit, node: Assignment, path: string): Fix[] {
  const name = path.slice("/run/".length).replace(/\.pid$/, "");
  if (!/^[\w.-]+$/.test(name) || words(unit, "RuntimeDirectory").length > 0) return [];
  const line = `RuntimeDirectory=${name}`;
  const newText = `/run/${name}/${name}.pid`;
  const named = placeOfText(unit, "ExecStart", node.text);
  return [
    {
      title: `Add ${line} and use ${newText}`,
      safe: false,
      sets: [line],
      edits: () => [
        { ...node.valueSpan, newText },
        ...(named ? [{ ...named.span, newText }] : []),
        insertIntoSection(unit, "Service", [line]),
      ],
    },
  ];
}
