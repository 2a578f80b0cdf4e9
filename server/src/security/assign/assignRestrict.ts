import { addressFamily } from "../../facts/addressFamilies.ts";
import { NAMESPACE_KINDS } from "../../facts/namespaces.ts";
import { SYSTEM_CALL_ARCHITECTURES } from "../../facts/systemCallArchitectures.ts";
import { byVersion, holdsIn, type SystemdVersion, thoseIn } from "../../facts/version.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { parseFilterWord } from "../../values/systemCall.ts";
import { type CallSet, callsFor, changeCalls, noCalls } from "../callSet.ts";
import { type Assign, type Assignments, changeMember, splitValue } from "./assign.ts";

/** The kinds of namespaces that RestrictNamespaces= knows; the index is the bit in a mask. */
export const NAMESPACES: readonly string[] = NAMESPACE_KINDS.map(({ text }) => text);

const ALL_NAMESPACES = (1 << NAMESPACES.length) - 1;

/** Follows config_parse_restrict_namespaces(), systemd 257, and config_parse_namespace_flags(), 262. */
const namespaces: Assign = (settings, value, { version }) => {
  const truth = parseBoolean(value);
  if (value === "") settings.namespaces = undefined;
  else if (truth !== undefined) settings.namespaces = truth ? 0 : ALL_NAMESPACES;
  if (value === "" || truth !== undefined) return undefined;
  const inverted = value.startsWith("~");
  const { words, broken } = splitValue(inverted ? value.slice(1) : value, "plain");
  let flags = 0;
  for (const word of words) {
    const bit = NAMESPACES.indexOf(word);
    const kind = NAMESPACE_KINDS[bit];
    if (!kind || !holdsIn(kind, version)) return undefined;
    flags |= 1 << bit;
  }
  if (broken) return undefined;
  const old = settings.namespaces;
  if (old === undefined) settings.namespaces = inverted ? ALL_NAMESPACES & ~flags : flags;
  else settings.namespaces = inverted ? old & ~flags : old | flags;
  return undefined;
};

/** Since when the first unknown word ends the line. */
const STOPS_AT_UNKNOWN = { since: 262 };

/** Since when a word stands for no family at all. */
const KNOWS_NONE = { since: 249 };

/** Follows config_parse_address_families(), systemd 257 to 262. */
const addressFamilies: Assign = (settings, value, { version }) => {
  const none = value === "none" && holdsIn(KNOWS_NONE, version);
  if (value === "" || none) {
    settings.addressFamilies = { allow: none, members: undefined };
    return undefined;
  }
  const inverted = value.startsWith("~");
  const old = settings.addressFamilies;
  const allow = old.members ? old.allow : !inverted;
  const members = old.members ?? new Set<number>();
  for (const word of splitValue(inverted ? value.slice(1) : value, "quotes").words) {
    const family = addressFamily(word);
    if (family) changeMember(members, family, inverted === allow ? "remove" : "add");
    else if (holdsIn(STOPS_AT_UNKNOWN, version)) break;
  }
  settings.addressFamilies = { allow, members };
  return undefined;
};

/** What a filter holds before its first word: an allow list always lets the calls of @default through. */
function startOf(allow: boolean, version: SystemdVersion): CallSet {
  const calls = noCalls(version);
  const always = allow ? callsFor("@default", version) : undefined;
  if (always) changeCalls(calls, always, "add");
  return calls;
}

/** Follows config_parse_syscall_filter(), systemd 257 to 262. */
const systemCallFilter: Assign = (settings, value, { version }) => {
  if (value === "") {
    settings.systemCalls = undefined;
    return undefined;
  }
  const inverted = value.startsWith("~");
  const allow = settings.systemCalls?.allow ?? !inverted;
  const members = settings.systemCalls?.members ?? startOf(allow, version);
  for (const word of splitValue(inverted ? value.slice(1) : value, "plain").words) {
    const parsed = parseFilterWord(word);
    if (!parsed || (parsed.action !== undefined && !inverted)) continue;
    const calls = callsFor(parsed.name, version);
    if (calls) changeCalls(members, calls, inverted === allow ? "remove" : "add");
  }
  settings.systemCalls = { allow, members };
  return undefined;
};

const architecturesIn = byVersion(
  (version): ReadonlySet<string> => new Set(thoseIn(SYSTEM_CALL_ARCHITECTURES, version).map(({ text }) => text)),
);

/** Follows config_parse_syscall_archs(), systemd 257 to 262. */
const architectures: Assign = (settings, value, { version }) => {
  if (value === "") settings.systemCallArchitectures.clear();
  for (const word of splitValue(value, "quotes").words) {
    if (architecturesIn(version).has(word)) settings.systemCallArchitectures.add(word);
  }
  return undefined;
};

/** What seccomp takes away. */
export const RESTRICT_ASSIGNMENTS: Assignments = {
  RestrictNamespaces: namespaces,
  RestrictAddressFamilies: addressFamilies,
  SystemCallFilter: systemCallFilter,
  SystemCallArchitectures: architectures,
};
