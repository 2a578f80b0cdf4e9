import type { DirectiveName } from "../catalog/catalog.ts";
import { mayClose, privateBy, readOnlyBy } from "../security/world/access.ts";
import type { Cause } from "../security/world/cause.ts";
import type { AssignedLine } from "../syntax/tree.ts";
import { directorySettingOf } from "../units/directories.ts";
import { asQuestion } from "../units/lasting.ts";
import { firstLines, onLines } from "../units/lineLists.ts";
import { memo } from "../units/memo.ts";
import { linesInForce, type Unit } from "../units/unit.ts";
import { commandLineOf } from "../units/unitCommands.ts";
import { wordsOn } from "../units/words.ts";
import { configuredWrites, daemonConfiguration, placeOfFact } from "./daemonConfiguration.ts";
import { normalPath, systemPath } from "./paths.ts";
import { COMMAND_SETTINGS, MAX_COMMANDS } from "./program.ts";
import { listLines } from "./settings.ts";
import { commandsIn } from "./shellLine.ts";
import { baseNameOf, runsElsewhere } from "./userCommands.ts";
import { OWN_PLACE, optionWrites, WRITTEN_PLACE } from "./writtenOptions.ts";

/** A path that a service surely writes, as the unit writes it out. */
export interface Write {
  readonly setting: DirectiveName;
  /** What shows it: an option, a variable or a command. */
  readonly teller: string;
  readonly kind: "option" | "variable" | "command" | "configuration";
  readonly path: string;
  /** Whether it is a directory, in which the files are made. */
  readonly directory: boolean;
}

const VARIABLE =
  /(?:^|_)(?:DATA_?DIR|STATE_?DIR|CACHE_?DIR|LOG_?DIR|LOG_?FILE|PID_?FILE|DB_?PATH|STORAGE_(?:DIR|PATH))$/;

/** The paths that the options, variables and shell commands of a service surely have it write. */
export const writesOf: (unit: Unit) => readonly Write[] = asQuestion((unit) =>
  unit.memory.query(
    "written paths",
    [
      inVariables(linesInForce(unit, "Service", "Environment")),
      ...COMMAND_SETTINGS.map((it) => inCommands(firstLines(listLines(unit, it), MAX_COMMANDS))),
    ],
    (variables, ...lists) => {
      const commands = COMMAND_SETTINGS.flatMap((setting, i) =>
        (lists[i] ?? []).map((it) => ({ ...it.found, setting })),
      );
      return [
        ...commands.filter((it) => it.setting === "ExecStart" || it.kind === "command"),
        ...variables.map((it) => it.found),
      ];
    },
  ),
);

const inCommand = memo((line: AssignedLine): readonly Omit<Write, "setting">[] =>
  commandLineOf(line)
    .commands.filter(({ prefixes }) => !prefixes.includes("+"))
    .flatMap((command) => {
      const args = command.args.map((it) => it.value);
      const [, ...shell] = commandsIn(command);
      const own = [command.path.value, ...args];
      if (runsElsewhere(own)) return [];
      return [
        ...optionWrites(command.path.value, args).map((it) => ({ ...it, kind: "option" as const })),
        ...byCommand(own, false),
        ...shell.flatMap((it) =>
          byCommand(
            it.map((word) => word.value),
            true,
          ),
        ),
      ];
    }),
);

/** Whether a word of a command is what it makes: all of touch and tee, the target of a copy, the archive of tar. */
function isWritten(name: string, words: readonly string[], at: number): boolean {
  if (name === "tar") return at === 2 && /^-?\w+f$/.test(words[1] ?? "") && words[1]?.includes("c") === true;
  if (/^(?:cp|mv|rsync)$/.test(name)) return at === words.length - 1 && /^[^-]/.test(words[at - 1] ?? "") && at > 1;
  return /^(?:touch|tee)$/.test(name);
}

/** What touch, tee, copies and a redirection write; others may find that there is nothing to do. */
function byCommand(words: readonly string[], inShell: boolean): readonly Omit<Write, "setting">[] {
  const name = baseNameOf(words[0] ?? "");
  return words.flatMap((word, i) => {
    const before = words[i - 1] ?? "";
    const redirected = !inShell
      ? undefined
      : /^[12&]?>{1,2}$/.test(before)
        ? word
        : /^[12&]?>{1,2}(\/.*)$/s.exec(word)?.[1];
    const path = redirected ?? (i > 0 && isWritten(name, words, i) ? word : "");
    if (!WRITTEN_PLACE.test(systemPath(path)) || /[$`*?]/.test(path)) return [];
    return [{ teller: redirected === undefined ? name : ">", kind: "command" as const, path, directory: false }];
  });
}

const inCommands = onLines(inCommand);

const inVariable = memo((line: AssignedLine): readonly Write[] =>
  wordsOn(line).flatMap((word) => {
    const [, teller = "", path = ""] = /^(\w+)=(.*)$/s.exec(word) ?? [];
    if (!VARIABLE.test(teller) || !OWN_PLACE.test(systemPath(path))) return [];
    return [
      {
        setting: "Environment" as const,
        teller,
        kind: "variable" as const,
        path,
        directory: /DIR$|PATH$/.test(teller),
      },
    ];
  }),
);

const inVariables = onLines(inVariable);

/** The paths that the configuration of its daemons has a service write. */
export const writesTold = (unit: Unit): readonly Write[] =>
  configuredWrites(daemonConfiguration(unit)).flatMap((fact) => {
    const path = systemPath(fact.value);
    return WRITTEN_PLACE.test(path)
      ? [
          {
            setting: "ExecStart",
            teller: placeOfFact(fact),
            kind: "configuration",
            path,
            directory: fact.isFolder === true,
          },
        ]
      : [];
  });

/** A write that the sandbox does not allow. */
export interface DeniedWrite extends Write {
  readonly by: Cause;
}

/** Those of them that something makes read-only. */
export const deniedWrites = memo((unit: Unit): readonly DeniedWrite[] => {
  if (!mayClose(unit)) return [];
  return [...writesOf(unit), ...writesTold(unit)].flatMap((it) => {
    const by = readOnlyBy(unit, it.path);
    return by ? [{ ...it, by }] : [];
  });
});

/** The line that makes room for a write: a directory of the service's own where its place has a setting, else a writable path. */
export function roomLine(
  unit: Unit,
  { path: written, directory }: Pick<Write, "path" | "directory">,
): string | undefined {
  const path = normalPath(unit, written);
  if (path === undefined || !/^[\w/.@+-]+$/.test(path)) return undefined;
  const { setting, names: [first = "", ...rest] = [] } = directorySettingOf(path) ?? {};
  if (setting === "ConfigurationDirectory") return undefined;
  if (setting !== undefined) return directory || rest.length > 0 ? `${setting}=${first}` : undefined;
  const folder = directory ? path : path.slice(0, path.lastIndexOf("/"));
  // In an empty file system there is nothing to make writable.
  if (!/^\/[^/]+\/./.test(folder) || privateBy(unit, folder) !== undefined) return undefined;
  return `ReadWritePaths=-${folder}`;
}
