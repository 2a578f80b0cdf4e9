import type { Found, Rule } from "../../../findings/rule.ts";
import { loadNamed } from "../../../hardening/suggestions/credentials.ts";
import { capabilitiesOf, overlap } from "../../../security/capabilitySet.ts";
import { effective } from "../../../security/effective.ts";
import { hiddenBy } from "../../../security/world/access.ts";
import { serviceWorld, spotAt } from "../../../security/world/world.ts";
import { hasOwnFiles, isDynamic } from "../../../service/effective.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { normalPath } from "../../../service/paths.ts";
import { firstMatch, textOf, words } from "../../../service/settings.ts";
import type { CommandWord } from "../../../service/shellLine.ts";
import {
  baseNameOf,
  type InnerCommand,
  linesThat,
  runsAsUser,
  runsElsewhere,
  userCommands,
} from "../../../service/userCommands.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Unit } from "../../../units/unit.ts";

/** Seen with 257: 203/EXEC for a program below /root, 200/CHDIR for a directory there, "Permission denied" for the files. */
export const unreadable: Rule = {
  code: "sandbox/unreadable-file",
  needs: ["User", "DynamicUser"],
  *check(unit) {
    if (unit.path.scope !== "system" || !runsAsUser(unit) || hasOwnFiles(unit)) return;
    const { ambientSet } = effective(unit).settings;
    if (overlap(ambientSet, RIGHTS) || isInGroupOfRoot(unit)) return;
    yield* directory(unit);
    const reported = new Set<string>();
    for (const command of userCommands(unit, mayNameOne)) yield* namedIn(unit, command, reported);
  },
};

const RIGHTS = capabilitiesOf("CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_SETUID", "CAP_SYS_ADMIN");

/** Below /root or /etc, whatever escapes and specifiers stand for. */
const mayNameOne = linesThat((line) => /root|etc\/|[%\\]/.test(line.value.text));

/** Some distributions let the group of root into /root. */
const isInGroupOfRoot = (unit: Unit): boolean => firstMatch(groupsOf(unit), /^(?:root|0)$/) !== undefined;

const groupsOf = (unit: Unit): readonly string[] => words(unit, "Group", "SupplementaryGroups");

function* directory(unit: Unit): Iterable<Found> {
  const path = textOf(unit, "WorkingDirectory");
  const node = path === undefined ? undefined : ownLast(unit, "WorkingDirectory");
  if (!node || path === undefined || !isClosed(unit, path)) return;
  yield {
    ...node.valueSpan,
    severity: "warning",
    message: `WorkingDirectory= is ${path}, which only root can enter: every command fails with 200/CHDIR as ${nameOfUser(unit)}`,
    directive: "WorkingDirectory",
  };
}

function* namedIn(unit: Unit, command: InnerCommand, reported: Set<string>): Iterable<Found> {
  const { setting, node, counts } = command;
  // What another program may do with the rights of root is its own affair.
  const values = command.words.map((it) => it.value);
  if (values.some((it) => /^(?:sudo|su|doas|pkexec|runuser)$/.test(baseNameOf(it))) || runsElsewhere(values)) return;
  for (const [i, word] of command.words.entries()) {
    const found = pathIn(word);
    if (!found || reported.has(found.path) || isNotOpened(values, i)) continue;
    const home = isClosed(unit, found.path);
    if (!home && !isKey(unit, found.path)) continue;
    reported.add(found.path);
    const starts = i === 0 && home;
    const fix = starts ? undefined : loadNamed(unit, found.path);
    yield {
      ...sourceSpan(node.value, found.from, found.to),
      severity: starts && counts ? "warning" : "info",
      message: starts
        ? `${setting}= starts ${found.path}, which only root can reach: the command fails with 203/EXEC as ${nameOfUser(unit)}`
        : `${setting}= names ${found.path}, which only root can read: it cannot be opened as ${nameOfUser(unit)}; LoadCredential= gives the service a copy`,
      directive: setting,
      fixes: fix ? [fix] : [],
    };
  }
}

/** Whether a path stands where it is only compared, or set for others: after --exclude, or in an assignment. */
const isNotOpened = (words: readonly string[], at: number): boolean =>
  /^\w+=/.test(words[at] ?? "") ||
  [words[at], words[at - 1]].some((it) =>
    /^-.*(?:exclude|ignore|skip|prune|prefix|remote|home|root|not)/i.test(it?.replace(/=.*$/s, "") ?? ""),
  );

const nameOfUser = (unit: Unit): string =>
  isDynamic(unit) ? "a dynamic user" : `user ${effective(unit).settings.user}`;

/** An absolute path that a word is or ends with, with its place. */
function pathIn({ value, from, to, exact }: CommandWord): { path: string; from: number; to: number } | undefined {
  const path = /(?:^|=)(\/[^\s:,;"'$`*?=]+)$/.exec(value)?.[1];
  if (path === undefined) return undefined;
  return exact && to - from === value.length ? { path, from: to - path.length, to } : { path, from, to };
}

/** Whether it lies in the home of root, and nothing else is mounted there for the service. */
function isClosed(unit: Unit, written: string): boolean {
  const path = normalPath(unit, written);
  if (path === undefined || !/^\/root(?:\/|$)/.test(path)) return false;
  const world = serviceWorld(unit);
  const root = world && spotAt(world, "/root");
  if (!root) return false;
  // Only root may enter the empty one of ProtectHome=tmpfs either, where something is bound into it (seen with 257).
  if (root.state === "empty") return root.by?.directive === "ProtectHome" && !hiddenBy(unit, path);
  return /^(?:writable|read-only)$/.test(root.state) && root.from === undefined;
}

/** Whether it is a file that no other user can read; a static user may be in a group that the distribution has for it. */
function isKey(unit: Unit, path: string): boolean {
  if (groupsOf(unit).length > 0) return false;
  const alone = isDynamic(unit) && textOf(unit, "User") === undefined;
  return ROOT_ALONE.test(path) || (alone && OF_GROUPS.test(path));
}

const ROOT_ALONE = /^\/etc\/(?:sudoers|ssh\/ssh_host_\w+_key)$/;
const OF_GROUPS = /^\/etc\/(?:g?shadow-?$|ssl\/private\/[^/]|letsencrypt\/(?:live|archive)\/[^/])/;
