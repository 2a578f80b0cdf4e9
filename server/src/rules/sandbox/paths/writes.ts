import type { DirectiveName } from "../../../catalog/catalog.ts";
import { insertIntoSection } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule, UnitContext } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { causeName, hiddenBy, readOnlyBy } from "../../../security/world/access.ts";
import { isCreatedAtBoot } from "../../../service/createdPaths.ts";
import { hasOwnFiles } from "../../../service/effective.ts";
import { isResetBehind, ownLast, placeOfText, placeOfWord } from "../../../service/linePlaces.ts";
import { makerOf, normalPath, pidFileOf } from "../../../service/paths.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { textOf, words } from "../../../service/settings.ts";
import { type DeniedWrite, deniedWrites, roomLine } from "../../../service/writtenPaths.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import { type Unit, valuesInForce } from "../../../units/unit.ts";
import { isPackaged } from "../../packaged.ts";
import { type LostPath, lossText, placeOfLoss, readOnlyPaths } from "./configuredPaths.ts";
import { namesCompanion } from "./missing.ts";

/** Seen with 257: neither root nor a dynamic user can write there. */
export const readOnlyPath: Rule = {
  code: "sandbox/read-only-path",
  *check(unit) {
    for (const lost of readOnlyPaths(unit)) yield* foundClosed(unit, lost);
    if (unit.path.role !== "unit") return;
    const path = effective(unit).settings.type === "forking" ? pidFileOf(unit) : undefined;
    const by = path === undefined ? undefined : readOnlyBy(unit, path);
    const node = by && ownLast(unit, "PIDFile");
    const outside = valuesInForce(unit, "Service", "ExecStart").some((it) => /^[-@:!|]*\+/.test(it));
    if (path !== undefined && node && !outside) {
      yield {
        ...node.valueSpan,
        severity: "warning",
        message: `PIDFile= is ${node.text}, which ${causeName(by)} makes read-only: the service cannot write it, and the start fails`,
        directive: "PIDFile",
        fixes: roomFor(unit, { path, directory: false }),
      };
    }
    const reported = new Set<string>();
    for (const write of deniedWrites(unit)) {
      const place =
        reported.has(write.path) || write.kind === "configuration"
          ? undefined
          : placeOfText(unit, write.setting, write.path);
      if (!place) continue;
      reported.add(write.path);
      yield {
        ...place.span,
        severity: "info",
        message: messageOf(write),
        directive: write.setting,
        fixes: roomFor(unit, write),
      };
    }
  },
};

/** What the configuration of a daemon has it write: one finding for all that one setting closes. */
function* foundClosed(unit: Unit, lost: readonly LostPath[]): Iterable<Found> {
  const [first] = lost;
  const node = first && placeOfLoss(unit, first);
  if (!node) return;
  const lines = lost.flatMap(({ path, fact }) => roomLine(unit, { path, directory: fact.isFolder === true }) ?? []);
  const added = [...new Set(lines)].filter((it) => !isResetBehind(unit, it.replace(/=.*/, "") as DirectiveName));
  yield {
    ...node.valueSpan,
    severity: "warning",
    message: `${first.setting} makes ${lossText(lost, "has the daemon write", " read-only")}: it cannot be written`,
    directive: first.by.directive,
    fixes: added.length === 0 ? [] : [adding(unit, added)],
  };
}

const adding = (unit: Unit, lines: readonly string[]): Fix => ({
  title: `Add ${lines.join(" and ")}`,
  safe: false,
  sets: lines,
  edits: () => [insertIntoSection(unit, "Service", lines)],
});

function messageOf({ setting, teller, kind, path, by }: DeniedWrite): string {
  const what =
    kind === "option" ? `gives ${teller} a path` : kind === "variable" ? `sets ${teller} to a path` : `writes ${path}`;
  const who = kind === "command" ? "the command fails" : "the program cannot write it";
  return `${setting}= ${what}${kind === "command" ? "," : ""} ${kind === "command" ? "which" : "that"} ${causeName(by)} makes read-only: ${who}`;
}

/** The line that makes the place of a path writable. */
function roomFor(unit: Unit, write: Pick<DeniedWrite, "path" | "directory">): Fix[] {
  const line = roomLine(unit, write);
  const name = line?.slice(0, line.indexOf("=")) as DirectiveName | undefined;
  if (line === undefined || name === undefined || isResetBehind(unit, name)) return [];
  return [adding(unit, [line])];
}

/** systemd opens the file before it makes the directories (209/STDOUT, seen with 257). */
export const outputDirectory: Rule = {
  code: "sandbox/output-directory",
  needs: ["StandardOutput", "StandardError"],
  *check(unit, context) {
    if (unit.path.role !== "unit" || unit.path.scope !== "system") return;
    for (const name of ["StandardOutput", "StandardError"] as const) {
      const path = /^(?:append|file|truncate):(.*)$/s.exec(textOf(unit, name) ?? "")?.[1];
      const node = path === undefined ? undefined : ownLast(unit, name);
      if (!node || path === undefined) continue;
      const made = makerOf(unit, path);
      const runtime = made === "RuntimeDirectory" && !keeps(unit);
      const folder = made === undefined ? lostFolder(unit, context, path) : undefined;
      if (made === undefined && folder === undefined) continue;
      const what =
        made === undefined ? `and systemd does not create ${folder}` : `before ${made}= creates the directory`;
      const until = runtime
        ? ""
        : made === undefined
          ? " unless something else does"
          : " until something else creates it";
      yield {
        ...node.valueSpan,
        severity: made === undefined || runtime ? "warning" : "info",
        message: `${name}= opens its file ${what}: every start fails with ${name === "StandardOutput" ? "209/STDOUT" : "222/STDERR"}${until}`,
        directive: name,
        fixes: folder === undefined ? [] : besideFolder(node, folder),
      };
    }
  },
};

/** The directory of a file for output, where it has to be created and nothing that can be seen does it. */
function lostFolder(unit: Unit, context: UnitContext | undefined, written: string): string | undefined {
  const path = normalPath(unit, written);
  const folder = path && /^(\/(?:var\/log|run)\/(?!journal\/)[^/%$]+)\/[^/]+$/.exec(path)?.[1];
  if (!folder || !context || hasOwnFiles(unit) || isPackaged(context) || namesCompanion(unit, context))
    return undefined;
  if (isCreatedAtBoot(unit, folder) || unit.defaults?.files?.look(folder)) return undefined;
  return folder;
}

/** A file next to the directory, in one that is always there. */
function besideFolder(node: Assignment, folder: string): readonly Fix[] {
  const how = node.text.slice(0, node.text.indexOf(":"));
  const newText = `${how}:${folder}.log`;
  return [{ title: `Change to ${newText}`, safe: false, edits: () => [{ ...node.valueSpan, newText }] }];
}

const keeps = (unit: Unit): boolean =>
  /^(?:yes|y|true|t|on|1|restart)$/i.test(textOf(unit, "RuntimeDirectoryPreserve") ?? "");

/** What others look for in /tmp they do not find. */
export const privateSocket: Rule = {
  code: "sandbox/private-tmp-socket",
  needs: ["PrivateTmp", "DynamicUser"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    const { privateTmp, dynamicUser } = effective(unit).settings;
    if (privateTmp === "no") return;
    yield* hiddenDisplay(unit);
    for (const path of socketsIn(programsOf(unit))) {
      const place = placeOfText(unit, "ExecStart", path);
      if (!place) continue;
      const by = dynamicUser && !textOf(unit, "PrivateTmp") ? "DynamicUser=" : "PrivateTmp=";
      const message = `ExecStart= names ${path}, but ${by} gives the service a private /tmp: no other program can reach this socket`;
      yield { ...place.span, severity: "info", message, directive: "ExecStart" };
    }
  },
};

/** The X server of the machine, whose socket is no longer there; an abstract one would be. */
function* hiddenDisplay(unit: Unit): Iterable<Found> {
  const word = words(unit, "Environment").find((it) => /^DISPLAY=(?:unix)?:\d/.test(it));
  const place = word === undefined ? undefined : placeOfWord(unit, "Environment", word);
  const socket = `${X_SOCKETS}/X${/:(\d+)/.exec(word ?? "")?.[1]}`;
  const cover = word === undefined ? undefined : hiddenBy(unit, socket);
  const node = cover && (ownLast(unit, cover.by.directive) ?? place?.node);
  if (!node || !word || cover.mode !== "private-tmp") return;
  const line = `BindPaths=${X_SOCKETS}`;
  yield {
    ...node.keySpan,
    severity: "info",
    message: `${cover.by.directive}= hides ${socket}, the socket of the X server that ${word} leads to: the program cannot open the display, unless the server also has an abstract socket`,
    directive: cover.by.directive,
    fixes: isResetBehind(unit, "BindPaths") ? [] : [adding(unit, [line])],
  };
}

const X_SOCKETS = "/tmp/.X11-unix";

const socketsIn = memo((programs: readonly Program[]): readonly string[] =>
  programs
    .filter((it) => it.setting === "ExecStart")
    .flatMap(({ args }) =>
      args.flatMap((it) => /(?:^|[=:])(\/(?:var\/)?tmp\/[^\s:,;]*\.sock(?:et)?)$/.exec(it)?.[1] ?? []),
    ),
);
