import type { Sandbox, SandboxPath, ShownSetting } from "../features/sandbox.ts";
import { type PathBranch, pathBranches, shownLegend, stateWords } from "../features/sandboxTree.ts";
import type { PathState } from "../security/world/world.ts";
import { largest } from "../text/extremes.ts";
import { onOneLine } from "../text/printable.ts";
import { type LoadedFiles, loadedText } from "../units/loadedFiles.ts";
import { type Paint, painter } from "./terminal.ts";
import { hanging } from "./wrapping.ts";

/** The world of the service in one file. */
export interface WorldReport {
  readonly path: string;
  readonly sandbox: Sandbox;
  /** The files that its lines stand in: the unit file, then its drop-ins. */
  readonly files: readonly string[];
  readonly loaded?: LoadedFiles | undefined;
}

const COLOURS: Readonly<Record<PathState, string>> = {
  writable: "33",
  "read-only": "32",
  private: "36",
  bound: "34",
  empty: "36",
  hidden: "31",
  absent: "2",
  unknown: "35",
};
const QUIET = "2";
const BOLD = "1";

/** Worlds for a person: of each the tree with the settings that are responsible, a legend, and a sentence on each other matter. */
export function sandboxText(
  reports: readonly WorldReport[],
  all: boolean,
  { colours, width }: { readonly colours: boolean; readonly width: number | undefined },
): string {
  const paint = painter(colours);
  return reports.map((it) => worldText(it, all, paint, width)).join("\n");
}

function worldText(
  { path, sandbox, files, loaded }: WorldReport,
  all: boolean,
  paint: Paint,
  width: number | undefined,
): string {
  const shown = sandbox.paths.filter((it) => all || !it.minor);
  const merged = loaded && loadedText(loaded, path);
  const branches = tree(shown, files, paint);
  const lines = [
    paint(headline(sandbox), BOLD),
    ...(merged === undefined ? [] : [paint(merged, QUIET)]),
    ...warnings(sandbox).map((it) => paint(it, "31")),
    "",
    ...branches.rows,
    "",
    ...legend(sandbox, shown, paint),
    "",
    ...sandbox.facts.map(
      ({ topic, text, settings }) => `${paint(topic.padEnd(TOPIC), BOLD)}${text}${grounds(settings, paint)}`,
    ),
  ];
  const { rows, column } = branches;
  return lines.map((it) => `${hanging(onOneLine(it), width, rows.includes(it) ? column : TOPIC)}\n`).join("");
}

function headline({ name, whatIf, ownMounts }: Sandbox): string {
  const when = whatIf === "now" ? "" : ` with the ${whatIf} profile`;
  const what = ownMounts ? "what the service sees" : "no setting changes what it sees of the file system";
  return `${name}${when}: ${what}`;
}

function warnings({ messages, failure }: Sandbox): string[] {
  const lines = messages.map((it) => `systemd does not load the unit: ${it}`);
  if (failure)
    lines.push(`The service fails with 226/NAMESPACE: ${failure.setting.text} needs ${failure.path}, which is missing`);
  return lines;
}

/** The rows of a tree, and where in them the settings begin. */
interface Branches {
  readonly rows: readonly string[];
  readonly column: number;
}

function tree(paths: readonly SandboxPath[], files: readonly string[], paint: Paint): Branches {
  const named = labelled(pathBranches(paths));
  const width = largest(named.map((it) => it.label.length)) + 2;
  const room = Math.min(STATE, largest(named.map(({ it }) => stateText(it).length)) + 2);
  const rows = named.map(({ label, it }) => {
    const state = stateText(it);
    const origin = it.setting ? `${settingText(it.setting)}${placeText(it.setting, files, paint)}` : "";
    const noexec = it.noexec ? ` · ${settingText(it.noexec)}${placeText(it.noexec, files, paint)}` : "";
    const line = `${label.padEnd(width)}${paint(state, it.owner === "root" ? QUIET : COLOURS[it.state])}${" ".repeat(Math.max(1, room - state.length))}${origin}${noexec}`;
    return line.trimEnd();
  });
  return { rows, column: width + room };
}

/** Where the sentence about a topic begins. */
const TOPIC = 14;

const STATE = 32;

function stateText(path: SandboxPath): string {
  const { state, more } = stateWords(path);
  const { from, real } = path;
  const of = from === undefined ? (real === undefined ? "" : ` (→ ${real})`) : ` from ${from}`;
  return `${[state, ...more].join(", ")}${of}`;
}

/** A path with the branches in front of its name. */
interface LabelledPath {
  readonly label: string;
  readonly it: SandboxPath;
}

function labelled(all: readonly PathBranch[], prefix?: string): readonly LabelledPath[] {
  return all.flatMap(({ it, name, branches }, i) => {
    const isLast = i === all.length - 1;
    const [mark, space] = prefix === undefined ? ["", ""] : isLast ? ["└─ ", "   "] : ["├─ ", "│  "];
    const before = prefix ?? "";
    return [{ label: `${before}${mark}${name}`, it }, ...labelled(branches, before + space)];
  });
}

function settingText({ text, added }: ShownSetting): string {
  return added ? `+ ${text}` : text;
}

function placeText({ file, line }: ShownSetting, files: readonly string[], paint: Paint): string {
  const path = file === undefined || line === undefined ? undefined : files[file];
  if (path === undefined || line === undefined) return "";
  // The only file of a unit has its name in the headline.
  return paint(files.length === 1 ? ` line ${line + 1}` : ` ${path.replace(/^.*[\\/]/s, "")}:${line + 1}`, QUIET);
}

function grounds(settings: readonly ShownSetting[], paint: Paint): string {
  return settings.length === 0 ? "" : paint(` (${settings.map(settingText).join(", ")})`, QUIET);
}

function legend(sandbox: Sandbox, shown: readonly SandboxPath[], paint: Paint): string[] {
  const words = shownLegend(sandbox, shown).map(({ label, meaning, state }) => {
    return `${paint(label.padEnd(TOPIC), state && COLOURS[state])}${meaning}`;
  });
  const closed = shown.some((it) => it.executable === false && it.state !== "hidden" && it.state !== "absent");
  return [...words, ...(closed ? [`${"noexec".padEnd(TOPIC)}no program can be started from it`] : [])];
}
