import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { effective } from "../security/effective.ts";
import { IMPLYING, needingUserNamespace } from "../service/userNamespace.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { changeTo, fixes, removeLine, setTo } from "./fixes.ts";
import { STEPS } from "./meanings.ts";
import { settingsOfStep } from "./ofStep.ts";
import { credentialCauses, droppedVariables, environmentCauses, missingCredentials, streamCauses } from "./opened.ts";

/** What stops the other steps before the program, and what systemd reads before them. */
export function* setupCauses(unit: Unit, evidence: Evidence): Iterable<CausingSetting> {
  for (const status of evidence.statuses) {
    const own = OWN.get(status);
    if (own) yield* own(unit, evidence);
    else if (!ELSEWHERE.has(status)) yield* settingsOfStep(unit, STEPS.get(status)?.settings ?? []);
  }
  yield* environmentCauses(unit, evidence);
  yield* droppedVariables(unit, evidence);
  yield* missingCredentials(unit, evidence);
  yield* droppedCauses(unit, evidence);
}

/** Seen with 257: such a service runs, but without what these settings are for. */
function* droppedCauses(unit: Unit, { messages, statuses }: Evidence): Iterable<CausingSetting> {
  const isDropped = messages.some((it) => /user namespacing for unprivileged user, ignoring/.test(it.text));
  if (!isDropped || statuses.length > 0) return;
  for (const name of needingUserNamespace(unit))
    yield cause(
      unit,
      name,
      LIKELY,
      `${name}= needs a user namespace in a user unit, and this machine denies these to users: systemd ignores it, and the service runs without it`,
    );
}

/** Steps that have a file of their own. */
const ELSEWHERE = new Set([200, 203, 210, 226]);

type Source = (unit: Unit, evidence: Evidence) => Iterable<CausingSetting>;

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
  [244, (unit) => settingsOfStep(unit, ["RestrictFileSystems", "PrivateBPF", "BPFProgram"])],
]);

function* limitCauses(unit: Unit, { messages }: Evidence): Iterable<CausingSetting> {
  const named = messages.flatMap((it) => /RLIMIT_(\w+)/.exec(it.text)?.[1] ?? []);
  const wanted = named.map((it) => `Limit${it}` as DirectiveName);
  for (const name of STEPS.get(205)?.settings ?? []) {
    const line = linesToBlame(unit, name).at(-1);
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

/** The settings of the steps 213 and 218, with the words of the message about each. */
const OF_CAPABILITIES = [
  [218, "CapabilityBoundingSet", /drop capabilities/i],
  [218, "AmbientCapabilities", /ambient/i],
  [213, "SecureBits", /secure bits/i],
] as const;

/** Only a manager with CAP_SETPCAP may change what its services are able to do: that of a user and that of many a container lack it. */
function* capabilityCauses(unit: Unit, { statuses, messages }: Evidence): Iterable<CausingSetting> {
  const ofUser = unit.path.scope === "user";
  const set = OF_CAPABILITIES.filter(
    ([status, name]) => statuses.includes(status) && linesToBlame(unit, name).length > 0,
  );
  const mentioned = set.filter(([, , words]) => messages.some((it) => words.test(it.text)));
  for (const [, name] of mentioned.length > 0 ? mentioned : set) {
    const line = linesToBlame(unit, name).at(-1);
    const inside = ofUser && effective(unit).settings.privateUsers === "no";
    yield cause(
      unit,
      name,
      mentioned.length > 0 ? 100 : set.length === 1 ? SURE : LIKELY,
      `${name}= needs privileges that ${ofUser ? "the user manager lacks, and which PrivateUsers=yes grants within a user namespace" : "the manager itself may lack in a container"}`,
      fixes(inside ? setTo(unit, "PrivateUsers", "yes") : undefined, line && removeLine(unit, line)),
      line,
    );
  }
  if (statuses.includes(218) && mentioned.length === 0) yield* implyingCauses(unit, messages);
}

/** A user manager drops capabilities inside a user namespace alone, and says before that it got none. */
function* implyingCauses(unit: Unit, messages: Evidence["messages"]): Iterable<CausingSetting> {
  const ofUser = unit.path.scope === "user";
  const isDenied = messages.some((it) => /user namespac|drop capabilities/i.test(it.text));
  const why = ofUser
    ? "drops capabilities, for which a user manager needs a user namespace, and this machine denies these to users"
    : "also changes capabilities, for which the manager may lack privileges";
  for (const name of IMPLYING.filter((it) => isSwitchedOn(unit, it)))
    yield cause(unit, name, ofUser && isDenied ? SURE : POSSIBLE, `${name}= ${why}`, [setTo(unit, name, "no")]);
}

const isSwitchedOn = (unit: Unit, name: DirectiveName): boolean =>
  /^(?:yes|y|true|t|on|1)$/i.test(linesToBlame(unit, name).at(-1)?.text ?? "");

function* groupCauses(unit: Unit, { messages }: Evidence): Iterable<CausingSetting> {
  const supplementary = messages.some((it) => /supplementary/i.test(it.text));
  const unknown = messages.some((it) => it.error === "ESRCH" || /No such process|not known/i.test(it.text));
  for (const name of ["Group", "SupplementaryGroups", "User"] as const) {
    const line = linesToBlame(unit, name).at(-1);
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

function* userCauses(unit: Unit, { messages }: Evidence): Iterable<CausingSetting> {
  const namespace = messages.some((it) => /user namespac|PrivateUsers|uid_map|unshare/i.test(it.text));
  const { dynamicUser, privateUsers } = effective(unit).settings;
  const user = linesToBlame(unit, "User").at(-1);
  if (privateUsers !== "no" && linesToBlame(unit, "PrivateUsers").length > 0)
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

function* outputCauses(unit: Unit): Iterable<CausingSetting> {
  yield* streamCauses(unit, "StandardOutput");
  if (linesToBlame(unit, "LogNamespace").length > 0) yield* settingsOfStep(unit, ["LogNamespace"]);
}
