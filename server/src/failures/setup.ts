import { type DirectiveName, directive, typeIn } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { effective } from "../security/effective.ts";
import { makerOf } from "../service/paths.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Unit } from "../units/unit.ts";
import { valueType } from "../values/valueTypes.ts";
import { type Cause, cause, LIKELY, linesOf, POSSIBLE, SURE, sectionFor } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { changeTo, changeWord, fixes, removeLine, setTo } from "./fixes.ts";
import { parentOf } from "./places.ts";
import { IMPLYING } from "./rights.ts";
import { STEPS } from "./steps.ts";

/** What stops the other steps before the program, and what systemd reads before them. */
export function* setupCauses(unit: Unit, evidence: Evidence): Iterable<Cause> {
  for (const status of evidence.statuses) {
    const own = OWN.get(status);
    if (own) yield* own(unit, evidence);
    else if (!ELSEWHERE.has(status)) yield* anyOf(unit, STEPS.get(status)?.settings ?? []);
  }
  yield* environmentCauses(unit, evidence);
}

/** Steps that have a file of their own. */
const ELSEWHERE = new Set([200, 203, 210, 226]);

type Source = (unit: Unit, evidence: Evidence) => Iterable<Cause>;

const OWN: ReadonlyMap<number, Source> = new Map<number, Source>([
  [205, limitCauses],
  [208, (unit) => streamCauses(unit, "StandardInput")],
  [209, outputCauses],
  [222, (unit) => streamCauses(unit, "StandardError")],
  [213, capabilityCauses],
  [216, groupCauses],
  [217, userCauses],
  [218, capabilityCauses],
  [243, credentialCauses],
  [244, (unit) => anyOf(unit, ["RestrictFileSystems", "PrivateBPF", "BPFProgram"])],
]);

/** The settings of a step that the unit sets: the step failed, and it is unknown which one. */
function* anyOf(unit: Unit, names: readonly DirectiveName[]): Iterable<Cause> {
  const set = names.flatMap((name, i) => {
    const line = linesOf(unit, name).at(-1);
    return line ? [{ name, line, main: i === 0 }] : [];
  });
  for (const { name, line, main } of set) {
    const weight = set.length === 1 || main ? LIKELY : POSSIBLE;
    yield cause(unit, name, weight, `${name}= belongs to the step that failed`, fixes(wayOut(unit, name, line)), line);
  }
}

/** Settings whose value may fail with a `-` before it. */
const OPTIONAL = new Set<DirectiveName>(["SELinuxContext", "AppArmorProfile", "SmackProcessLabel"]);

/** The value that leaves the step out. */
function wayOut(unit: Unit, name: DirectiveName, line: Assignment): Fix | undefined {
  if (OPTIONAL.has(name)) return line.text.startsWith("-") ? undefined : changeTo(unit, line, `-${line.text}`);
  if (name === "KeyringMode") return changeTo(unit, line, "inherit");
  const row = directive(sectionFor(unit, name), name);
  const type = row && valueType(typeIn(row, unit.version));
  if (type?.kind === "enumeration" && /^(?:yes|true|on|1)$/i.test(line.text)) return changeTo(unit, line, "no");
  return KEPT.test(name) ? undefined : removeLine(unit, line);
}

/** What a unit is made of, and what protects it most: no one wants to hear that it could go. */
const KEPT = /^(?:Exec|User|DynamicUser|\w+Directory$|Type$|Restart)/;

function* limitCauses(unit: Unit, { messages }: Evidence): Iterable<Cause> {
  const named = messages.flatMap((it) => /RLIMIT_(\w+)/.exec(it.text)?.[1] ?? []);
  const wanted = named.map((it) => `Limit${it}` as DirectiveName);
  for (const name of STEPS.get(205)?.settings ?? []) {
    const line = linesOf(unit, name).at(-1);
    if (!line || (wanted.length > 0 && !wanted.includes(name))) continue;
    yield cause(
      unit,
      name,
      wanted.length > 0 ? 100 : LIKELY,
      `${name}= exceeds the hard limit of the manager, which requires CAP_SYS_RESOURCE`,
      fixes(removeLine(unit, line)),
      line,
    );
  }
}

function* streamCauses(unit: Unit, name: "StandardInput" | "StandardOutput" | "StandardError"): Iterable<Cause> {
  const line = linesOf(unit, name).at(-1);
  if (!line) {
    yield* anyOf(unit, ["TTYPath"]);
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
  const otherwise = name === "StandardInput" ? "null" : "journal";
  yield cause(
    unit,
    name,
    SURE,
    reason,
    fixes(moved === undefined ? undefined : changeTo(unit, line, moved), changeTo(unit, line, otherwise)),
    line,
  );
}

/** A file one directory up, with the name of the one that it leaves. */
function movedUp(path: string): string {
  const parent = parentOf(path);
  return `${parent}-${path.slice(parent.length + 1)}`;
}

function* outputCauses(unit: Unit): Iterable<Cause> {
  yield* streamCauses(unit, "StandardOutput");
  if (linesOf(unit, "LogNamespace").length > 0) yield* anyOf(unit, ["LogNamespace"]);
}

/** The settings of the steps 213 and 218, with the words of the message about each. */
const OF_CAPABILITIES = [
  [218, "CapabilityBoundingSet", /drop capabilities/i],
  [218, "AmbientCapabilities", /ambient/i],
  [213, "SecureBits", /secure bits/i],
] as const;

/** Only a manager with CAP_SETPCAP may change what its services are able to do: that of a user and that of many a container lack it. */
function* capabilityCauses(unit: Unit, { statuses, messages }: Evidence): Iterable<Cause> {
  const ofUser = unit.path.scope === "user";
  const set = OF_CAPABILITIES.filter(([status, name]) => statuses.includes(status) && linesOf(unit, name).length > 0);
  const told = set.filter(([, , words]) => messages.some((it) => words.test(it.text)));
  for (const [, name] of told.length > 0 ? told : set) {
    const line = linesOf(unit, name).at(-1);
    const inside = ofUser && effective(unit).settings.privateUsers === "no";
    yield cause(
      unit,
      name,
      told.length > 0 ? 100 : set.length === 1 ? SURE : LIKELY,
      `${name}= needs privileges that ${ofUser ? "the user manager lacks, and which PrivateUsers=yes grants within a user namespace" : "the manager itself may lack in a container"}`,
      fixes(inside ? setTo(unit, "PrivateUsers", "yes") : undefined, line && removeLine(unit, line)),
      line,
    );
  }
  if (ofUser || !statuses.includes(218) || told.length > 0) return;
  for (const name of IMPLYING.filter((it) => linesOf(unit, it).at(-1)?.text === "yes"))
    yield cause(unit, name, POSSIBLE, `${name}= also changes capabilities, for which the manager may lack privileges`, [
      setTo(unit, name, "no"),
    ]);
}

function* groupCauses(unit: Unit, { messages }: Evidence): Iterable<Cause> {
  const supplementary = messages.some((it) => /supplementary/i.test(it.text));
  const unknown = messages.some((it) => it.error === "ESRCH" || /No such process|not known/i.test(it.text));
  for (const name of ["Group", "SupplementaryGroups", "User"] as const) {
    const line = linesOf(unit, name).at(-1);
    if (!line) continue;
    const right = supplementary ? name === "SupplementaryGroups" : name === "Group";
    const other = name === "User";
    yield cause(
      unit,
      name,
      right ? SURE : other && unit.path.scope === "user" ? SURE : POSSIBLE,
      other
        ? `User=${line.text} requires setting its groups, which a user manager can do for its own user only`
        : unknown
          ? `${name}= names a group that does not exist on this machine`
          : `${name}= could not be applied`,
      fixes(other ? undefined : removeLine(unit, line)),
      line,
    );
  }
}

function* userCauses(unit: Unit, { messages }: Evidence): Iterable<Cause> {
  const namespace = messages.some((it) => /user namespac|PrivateUsers|uid_map|unshare/i.test(it.text));
  const { dynamicUser, privateUsers } = effective(unit).settings;
  const user = linesOf(unit, "User").at(-1);
  if (privateUsers !== "no" && linesOf(unit, "PrivateUsers").length > 0)
    yield cause(
      unit,
      "PrivateUsers",
      namespace ? SURE : POSSIBLE,
      "PrivateUsers= needs a user namespace, which could not be created",
      [setTo(unit, "PrivateUsers", "no")],
    );
  if (user)
    yield cause(
      unit,
      "User",
      namespace ? POSSIBLE : SURE,
      dynamicUser
        ? `DynamicUser= uses the name ${user.text} of User=, for which this machine has only a user or only a group`
        : `User=${user.text} does not exist on this machine`,
      // A user that systemd makes up loosens nothing.
      dynamicUser || unit.path.scope === "user" ? [] : [makeUp(unit, user)],
      user,
    );
  else if (dynamicUser) yield cause(unit, "DynamicUser", LIKELY, "DynamicUser= could not allocate a user");
}

function makeUp(unit: Unit, user: Assignment): Fix {
  const fix = changeTo(unit, user, user.text, "DynamicUser=yes");
  return { ...fix, title: "Add DynamicUser=yes, which creates the user", sets: ["DynamicUser=yes"] };
}

function* credentialCauses(unit: Unit, { messages }: Evidence): Iterable<Cause> {
  const named = messages.flatMap((it) => (/credential/i.test(it.text) ? it.paths : []));
  const all = (["LoadCredential", "LoadCredentialEncrypted"] as const).flatMap((name) =>
    linesOf(unit, name).map((line) => ({ name, line })),
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
    const line = linesOf(unit, name).at(-1);
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
function* environmentCauses(unit: Unit, { messages, results }: Evidence): Iterable<Cause> {
  const said = messages.some((it) => /environment file/i.test(it.text));
  if (!said && !results.includes("resources")) return;
  const lines = linesOf(unit, "EnvironmentFile").filter((it) => !it.text.startsWith("-"));
  for (const line of lines) {
    const named = messages.some((it) => it.paths.includes(line.text));
    yield cause(
      unit,
      "EnvironmentFile",
      named ? 100 : said ? (lines.length === 1 ? SURE : LIKELY) : POSSIBLE,
      `EnvironmentFile= reads ${line.text}, which must exist, as there is no \`-\` before it`,
      fixes(changeWord(unit, line, line.text, `-${line.text}`)),
      line,
    );
  }
  for (const line of linesOf(unit, "OpenFile")) {
    if (/:(?:.*,)?graceful/.test(line.text)) continue;
    yield cause(unit, "OpenFile", POSSIBLE, "OpenFile= names a file that must exist", [], line);
  }
}
