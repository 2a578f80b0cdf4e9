import { insertIntoSection } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule, UnitContext } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { privateBy } from "../../../security/world/access.ts";
import { ownDirectories } from "../../../security/world/ownDirectories.ts";
import { isCreatedAtBoot } from "../../../service/createdPaths.ts";
import { hasOwnFiles } from "../../../service/effective.ts";
import { isResetBehind, ownLast, placeOfText } from "../../../service/linePlaces.ts";
import { normalPath, pidFileOf } from "../../../service/paths.ts";
import { programsOf } from "../../../service/program.ts";
import { textOf, valuesOf } from "../../../service/settings.ts";
import { runsAsUser } from "../../../service/userCommands.ts";
import type { Span } from "../../../text/span.ts";
import type { Unit } from "../../../units/unit.ts";
import { isWithin } from "../../../values/path.ts";
import { isPackaged } from "../../packaged.ts";
import { namesCompanion } from "./missing.ts";

/** Seen with 257: "No such file or directory" for the PID file and for bind(), after each boot. */
export const runFolder: Rule = {
  code: "sandbox/missing-run-directory",
  *check(unit, context) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service" || unit.path.scope !== "system") return;
    if (hasOwnFiles(unit) || !context || isPackaged(context)) return;
    const [first] = filesOf(unit).filter((it) => isLost(unit, context, it.folder));
    if (!first) return;
    const { folder, setting, span } = first;
    const isUser = runsAsUser(unit);
    const line = `RuntimeDirectory=${folder.slice("/run/".length)}`;
    const others = isUser ? "tmpfiles.d does" : "the program or tmpfiles.d does";
    const isSure = isUser && isCreatedAtBoot(unit, folder) === false;
    yield {
      ...span,
      severity: isSure ? "warning" : "info",
      message: `${setting}= needs ${folder}, which is missing after each boot${isSure ? "" : ` unless ${others}`}: nothing creates it; ${line} does`,
      directive: setting,
      fixes: isResetBehind(unit, "RuntimeDirectory") ? [] : [adding(unit, line)],
    };
  },
};

const adding = (unit: Unit, line: string): Fix => ({
  title: `Add ${line}`,
  safe: false,
  sets: [line],
  edits: () => [insertIntoSection(unit, "Service", [line])],
});

interface NamedFile {
  readonly setting: "PIDFile" | "ExecStart";
  readonly folder: string;
  readonly span: Span;
}

/** The files in directories below /run that the service makes, as PIDFile= and options say. */
function filesOf(unit: Unit): readonly NamedFile[] {
  const pid = effective(unit).settings.type === "forking" ? pidFileOf(unit) : undefined;
  const node = ownLast(unit, "PIDFile");
  const folder = pid && folderOf(pid);
  const named = programsOf(unit).flatMap(({ setting, args }) => (setting === "ExecStart" ? socketsIn(args) : []));
  return [
    ...(folder && node ? [{ setting: "PIDFile" as const, folder, span: node.valueSpan }] : []),
    ...named.flatMap((written) => {
      const path = normalPath(unit, written);
      const folder = path && folderOf(path);
      const place = folder ? placeOfText(unit, "ExecStart", written) : undefined;
      return folder && place ? [{ setting: "ExecStart" as const, folder, span: place.span }] : [];
    }),
  ];
}

/** The directory of a file below /run, undefined where that is /run itself or one of the system's. */
const folderOf = (path: string): string | undefined =>
  /^(\/run\/(?!(?:lock|user|systemd|udev|dbus|log|mount|credentials|credstore|shm|initramfs)\/)[^%$*?]+)\/[^/]+$/.exec(
    path,
  )?.[1];

/** An option that names what the program makes itself. */
const MAKES = /^--?(?:[\w.]+-)*(?:bind|listen|pid|pid-?file|uds|lock-?file)(?:-(?:path|file|addr|address|socket))?$/i;

const socketsIn = (args: readonly string[]): readonly string[] =>
  args.flatMap((arg, i) => {
    const [, option = args[i - 1] ?? "", value = ""] = /^(?:(-[^=]*)=)?(.*)$/s.exec(arg) ?? [];
    const path = /^(?:unix:|unix:\/\/|file:)?((?:\/run|\/var\/run|%t)\/[^\s:,;]+)$/.exec(value)?.[1];
    const isOwn = MAKES.test(option) || (option === "-b" && value.startsWith("unix:"));
    return path !== undefined && isOwn ? [path] : [];
  });

/** Whether nothing that can be seen creates a directory. */
function isLost(unit: Unit, context: UnitContext | undefined, folder: string): boolean {
  if (ownDirectories(unit).some((it) => isWithin(folder, it.path) || isWithin(it.path, folder))) return false;
  if (isCreatedAtBoot(unit, folder) || privateBy(unit, folder) || namesCompanion(unit, context)) return false;
  const rest = folder.replace(/^\/run\//, "");
  return (
    !MAKERS.some((it) => valuesOf(unit, it).some((text) => MAKES_FOLDER.test(text) && text.includes(rest))) &&
    textOf(unit, "Sockets") === undefined
  );
}

const MAKERS = ["ExecCondition", "ExecStartPre", "ExecStart"] as const;
const MAKES_FOLDER = /\b(?:mkdir|install|tmpfiles|mktemp|cp|ln)\b/;
