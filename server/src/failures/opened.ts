import { makerOf } from "../service/paths.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { addSettings, changeTo, changeWord, fixes } from "./fixes.ts";
import { settingsOfStep } from "./ofStep.ts";
import { parentOf } from "./places.ts";

/** A file, a terminal or a socket that systemd opens for the program. */
export function* streamCauses(
  unit: Unit,
  name: "StandardInput" | "StandardOutput" | "StandardError",
): Iterable<CausingSetting> {
  const line = linesToBlame(unit, name).at(-1);
  if (!line) {
    yield* settingsOfStep(unit, ["TTYPath"]);
    return;
  }
  const [, how = "", path] = /^(file|append|truncate):(.*)$/.exec(line.text) ?? [];
  const made = path === undefined ? undefined : makerOf(unit, path);
  const reason = made
    ? `${name}= opens ${path} before ${made}= creates its directory`
    : path !== undefined
      ? `${name}= opens ${path} outside the sandbox: the directory ${parentOf(path)} must exist, and systemd needs access to the file`
      : `${name}=${line.text} could not be opened`;
  const moved = made && path !== undefined ? `${how}:${movedUp(path)}` : undefined;
  const fallback = name === "StandardInput" ? "null" : "journal";
  yield cause(
    unit,
    name,
    SURE,
    reason,
    fixes(moved === undefined ? undefined : changeTo(unit, line, moved), changeTo(unit, line, fallback)),
    line,
  );
}

/** A file one directory up, with the name of the one that it leaves. */
function movedUp(path: string): string {
  const parent = parentOf(path);
  return `${parent}-${path.slice(parent.length + 1)}`;
}

/** Files that LoadCredential= and similar settings read. */
export function* credentialCauses(unit: Unit, { messages }: Evidence): Iterable<CausingSetting> {
  const named = messages.flatMap((it) => (/credential/i.test(it.text) ? it.paths : []));
  const all = (["LoadCredential", "LoadCredentialEncrypted"] as const).flatMap((name) =>
    linesToBlame(unit, name).map((line) => ({ name, line })),
  );
  const fatal = all.filter(({ line }) => /:\s*\//.test(line.text));
  for (const { name, line } of fatal) {
    const [id = "", path = ""] = line.text.split(/:(.*)/s);
    const weight = named.includes(path) ? 100 : fatal.length === 1 ? SURE : LIKELY;
    const reason = `${name}= reads ${path}, which must exist and be readable for systemd`;
    const stored = { ...changeTo(unit, line, id), title: `Change to ${name}=${id}, which may be missing` };
    yield cause(unit, name, weight, reason, fixes(stored), line);
  }
  for (const name of ["LoadCredentialEncrypted", "SetCredentialEncrypted"] as const) {
    const line = linesToBlame(unit, name).at(-1);
    if (line && !fatal.some((it) => it.line === line))
      yield cause(
        unit,
        name,
        fatal.length > 0 ? POSSIBLE : LIKELY,
        `${name}= needs the key of the machine that encrypted the credential`,
        [],
        line,
      );
  }
}

/** Files that systemd reads itself, before anything else. */
export function* environmentCauses(unit: Unit, { messages, results }: Evidence): Iterable<CausingSetting> {
  const mentioned = messages.some((it) => /environment file/i.test(it.text));
  if (!mentioned && !results.includes("resources")) return;
  const lines = linesToBlame(unit, "EnvironmentFile").filter((it) => !it.text.startsWith("-"));
  for (const line of lines) {
    const named = messages.some((it) => it.paths.includes(line.text));
    yield cause(
      unit,
      "EnvironmentFile",
      named ? 100 : mentioned ? (lines.length === 1 ? SURE : LIKELY) : POSSIBLE,
      `EnvironmentFile= reads ${line.text}, which must exist, as there is no \`-\` before it`,
      fixes(changeWord(unit, line, line.text, `-${line.text}`)),
      line,
    );
  }
  for (const line of linesToBlame(unit, "OpenFile")) {
    if (/^[^:]*:.*(?<=[:,])graceful/.test(line.text)) continue;
    yield cause(unit, "OpenFile", POSSIBLE, "OpenFile= names a file that must exist", [], line);
  }
}

/** Lines of a file of variables that systemd dropped; the unit starts without them (seen with 257). */
export function* droppedVariables(unit: Unit, { text }: Evidence): Iterable<CausingSetting> {
  for (const [, dropped = "", path = ""] of text.matchAll(/invalid environment assignment '(.*)': (\/.*)/g))
    for (const line of linesToBlame(unit, "EnvironmentFile").filter((it) => it.text.replace(/^-/, "") === path))
      yield cause(
        unit,
        "EnvironmentFile",
        SURE,
        `${path} has the line "${dropped}", which systemd drops: a name has letters, digits and _ only, without \`export\` before it`,
        [],
        line,
      );
}

/** Credentials that a program did not find in its directory, which nothing of the unit puts there. */
export function* missingCredentials(unit: Unit, { messages }: Evidence): Iterable<CausingSetting> {
  for (const { error, paths } of messages) {
    const id = error === "ENOENT" ? paths.flatMap((it) => CREDENTIAL.exec(it)?.[1] ?? [])[0] : undefined;
    const given = GIVING.flatMap((name) => linesToBlame(unit, name)).some((it) => it.text.split(":", 1)[0] === id);
    if (id === undefined || given) continue;
    const reason = `No LoadCredential= of the unit puts ${id} into its directory of credentials`;
    yield cause(unit, "LoadCredential", SURE, reason, [addSettings(unit, `LoadCredential=${id}:/etc/credstore/${id}`)]);
  }
}

/** A credential of a service, with its ID. */
export const CREDENTIAL = /^\/run\/credentials\/[^/]+\/([\w.@-]+)$/;
const GIVING = ["LoadCredential", "LoadCredentialEncrypted", "SetCredential", "SetCredentialEncrypted"] as const;
