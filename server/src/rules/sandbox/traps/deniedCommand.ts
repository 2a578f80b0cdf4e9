import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { UnitSettings } from "../../../security/settings.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { COMMAND_SETTINGS, MAX_COMMANDS } from "../../../service/program.ts";
import { inForce, listLines } from "../../../service/settings.ts";
import { type CommandWord, commandsIn } from "../../../service/shellLine.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { AssignedLine } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import { commandLineOf } from "../../../units/unitCommands.ts";
import type { Rule } from "../../rule.ts";

/** A program that a setting denies what it is run for, whoever runs it. */
interface Denied {
  readonly setting: DirectiveName;
  readonly isSet: (settings: UnitSettings) => boolean;
  readonly program: RegExp;
  readonly asks: (args: readonly string[]) => boolean;
  readonly what: string;
}

const any = (args: readonly string[], pattern: RegExp): boolean => args.some((it) => pattern.test(it));

const DENIED: readonly Denied[] = [
  {
    setting: "RestrictRealtime",
    isSet: (it) => it.restrictRealtime,
    program: /^chrt$/,
    asks: (args) => !any(args, /^(?:-[a-zA-Z]*[obipmhV]|--(?:other|batch|idle|pid|max|help|version)$)/),
    what: "sets a realtime priority",
  },
  {
    setting: "RestrictSUIDSGID",
    isSet: (it) => it.restrictSuidSgid || it.dynamicUser,
    program: /^chmod$/,
    asks: (args) => {
      const mode = args.find((it) => !it.startsWith("-"));
      return mode !== undefined && hasSetIdBits(mode);
    },
    what: "makes a file set-uid or set-gid",
  },
  {
    setting: "RestrictSUIDSGID",
    isSet: (it) => it.restrictSuidSgid || it.dynamicUser,
    program: /^(?:install|mkdir)$/,
    asks: (args) =>
      args.some((it, i) => {
        const [, mode] = /^(?:-m|--mode=)(.+)$/.exec(it) ?? [];
        return hasSetIdBits(mode ?? (it === "-m" || it === "--mode" ? (args[i + 1] ?? "") : ""));
      }),
    what: "makes a file set-uid or set-gid",
  },
  {
    setting: "LockPersonality",
    isSet: (it) => it.lockPersonality,
    program: /^(?:setarch|linux32)$/,
    asks: (args) => any(args, /^(?:-\w*R|--addr-no-randomize)/),
    what: "changes the execution domain",
  },
  {
    setting: "ProtectClock",
    isSet: (it) => it.protectClock,
    program: /^date$/,
    asks: (args) => any(args, /^(?:-s|--set(?:=|$))/),
    what: "sets the clock",
  },
];

/** Whether a mode of chmod(1), as a number or in letters, has a bit that RestrictSUIDSGID= denies. */
function hasSetIdBits(mode: string): boolean {
  if (/^[0-7]{4,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o6000) !== 0;
  return /(?:^|,)[ugoa]*[+=][rwxXt]*s/.test(mode);
}

/** Seen with 257, each of them: EPERM, as root too; chrt with another policy, and the sticky bit, are not denied. */
export const deniedCommand: Rule = {
  code: "sandbox/denied-command",
  title: "Command that a setting of its unit denies",
  why: "A filter of system calls holds for every command of the unit that has no prefix +, also for those of root: RestrictRealtime= denies realtime priorities, RestrictSUIDSGID= set-uid and set-gid bits of files and directories, LockPersonality= another execution domain, and ProtectClock= another time. A command that is run for just that fails.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStart=/usr/bin/chrt -f 10 /usr/bin/app\nRestrictRealtime=yes\n" },
  good: {
    text: "[Service]\nExecStart=/usr/bin/app\nCPUSchedulingPolicy=fifo\nCPUSchedulingPriority=10\nRestrictRealtime=yes\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/chrt -b 0 /usr/bin/app\nRestrictRealtime=yes\n" },
    { text: "[Service]\nExecStart=/usr/bin/chrt -f 10 /usr/bin/app\nRestrictRealtime=no\n" },
    {
      text: "[Service]\nExecStartPre=+/usr/bin/chmod 2775 /srv/app\nExecStart=/usr/bin/app\nRestrictSUIDSGID=yes\n",
    },
    { text: "[Service]\nExecStartPre=/usr/bin/chmod 1777 /srv/app\nExecStart=/usr/bin/app\nRestrictSUIDSGID=yes\n" },
    { text: "[Service]\nExecStartPre=/usr/bin/chmod g-s,u+x /srv/a\nExecStart=/usr/bin/app\nRestrictSUIDSGID=yes\n" },
    { text: "[Service]\nExecStart=/usr/bin/date +%%s\nProtectClock=yes\n" },
  ],
  *check(unit) {
    const subject = systemService(unit);
    const denied = subject ? DENIED.filter((it) => it.isSet(subject.settings)) : [];
    if (denied.length === 0) return;
    for (const directive of COMMAND_SETTINGS) {
      const places = denied.flatMap((it) => placesOf(listLines(unit, directive)).filter(({ found }) => found === it));
      if (places.length === 0) continue;
      const lines = inForce(unit, directive);
      for (const { at, from, to, found } of places) {
        const line = lines[at];
        if (!line || !isOwn(unit, line)) continue;
        const message = `${directive}= runs a command that ${found.what}, which ${found.setting}= denies: it fails with "Operation not permitted"`;
        yield { ...sourceSpan(line.value, from, to), severity: "warning", message, directive };
      }
    }
  },
};

/** A command that one of the settings would deny, in a line of a list. */
interface Place {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly found: Denied;
}

const placesOf = memo((lines: readonly AssignedLine[]): readonly Place[] =>
  lines.slice(0, MAX_COMMANDS).flatMap((line, at) => placesOn(line).map((it) => ({ at, ...it }))),
);

const placesOn = memo((line: AssignedLine): readonly Omit<Place, "at">[] =>
  commandLineOf(line)
    .commands.filter(({ prefixes }) => !prefixes.includes("+"))
    .flatMap((command) => commandsIn(command))
    .slice(0, MAX_COMMANDS)
    .flatMap((words) => placesIn(words)),
);

function placesIn([program, ...args]: readonly CommandWord[]): readonly Omit<Place, "at">[] {
  if (!program) return [];
  const name = program.value.slice(program.value.lastIndexOf("/") + 1);
  const values = args.slice(0, MAX_COMMANDS).map((it) => it.value);
  const found = DENIED.find((it) => it.program.test(name) && it.asks(values));
  return found ? [{ from: program.from, to: program.to, found }] : [];
}
