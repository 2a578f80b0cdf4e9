import type { Ability } from "../needs/programAbilities.ts";
import { SIGNS, type SignName } from "../program/sign.ts";
import { sorted } from "./gather/written.ts";
import type { AddressNeed, CallNeed, ConfiguredNeed, Needs, PathNeed, PathUse, Sight } from "./needs.ts";
import { aList, aNumber, anInteger, anObject, aText, listOf, type Parse, parsed, record } from "./shape.ts";

const VERSION = 1;

/** A sight as `[count, first, last, at, sample]`. */
type ShortSight = readonly [number, number, number, string, string];

const short = ({ count, first, last, at, sample }: Sight): ShortSight => [count, first, last, at, sample];
const shorts = (sights: Readonly<Record<string, Sight>>): Record<string, ShortSight> =>
  sorted(Object.entries(sights), short);

/** Needs as text of one line, in the same bytes for the same needs. */
export function needsToJson(needs: Needs): string {
  const { logs, calls, began = 0, seconds, processes, unread } = needs;
  return JSON.stringify({
    version: VERSION,
    ...(logs && { logs }),
    calls,
    began,
    seconds,
    processes,
    paths: sorted(Object.entries(needs.paths), ({ used, failed, made, names, folded }) => ({
      used: shorts(used as Readonly<Record<string, Sight>>),
      ...(Object.keys(failed).length > 0 ? { failed: shorts(failed) } : {}),
      ...(made.length > 0 ? { made: made.map(({ mode, sight }) => [mode, short(sight)]) } : {}),
      ...(names.length > 0 ? { names } : {}),
      ...(folded === undefined ? {} : { folded }),
    })),
    syscalls: sorted(Object.entries(needs.syscalls), ({ sight, failed }) => ({
      ...(sight === undefined ? {} : { sight: short(sight) }),
      ...(Object.keys(failed).length > 0 ? { failed: shorts(failed) } : {}),
    })),
    capabilities: sorted(Object.entries(needs.capabilities), ({ sight, reason }) => [short(sight), reason]),
    families: shorts(needs.families),
    addresses: needs.addresses.map(({ sight, ...address }) => ({ ...address, sight: short(sight) })),
    programs: sorted(Object.entries(needs.programs), ({ sight, privileged }) => [short(sight), privileged ? 1 : 0]),
    users: shorts(needs.users),
    groups: shorts(needs.groups),
    marks: shorts(needs.marks),
    ...(needs.configured && { configured: needs.configured.map(({ use, name, file }) => [use, name, file]) }),
    ...(needs.abilities && { abilities: needs.abilities.map(({ sign, what, file }) => [sign, what, file]) }),
    unread: unread.first === undefined ? { lines: unread.lines } : unread,
  });
}

/** Reads what `needsToJson()` wrote, or says in a sentence without a full stop why it cannot. */
export function needsFromJson(source: string): { readonly needs: Needs } | { readonly problem: string } {
  const read = parsed(source, readVersioned);
  return "problem" in read ? { problem: `These are no learnt needs: ${read.problem}` } : { needs: read.value };
}

const readVersioned: Parse<Needs> = (value, where) => {
  const { version } = anObject(value, where);
  if (version !== VERSION) throw new TypeError(`version ${JSON.stringify(version) ?? "none"} is not ${VERSION}`);
  return readNeedsObject(value, where);
};

const sight: Parse<Sight> = (value, where) => {
  const [count, first, last, at, sample] = aList(value, where);
  return {
    count: anInteger(count, `${where}[0]`),
    first: aNumber(first, `${where}[1]`),
    last: aNumber(last, `${where}[2]`),
    at: aText(at, `${where}[3]`),
    sample: aText(sample, `${where}[4]`),
  };
};

const sights = record(sight);
const optionalSights: Parse<Record<string, Sight>> = (value, where) =>
  value === undefined ? {} : sights(value, where);

const USES: ReadonlySet<string> = new Set<PathUse>([
  "read",
  "write",
  "make",
  "remove",
  "change",
  "execute",
  "map",
  "list",
  "look",
  "connect",
  "bind",
]);

const path: Parse<PathNeed> = (value, where) => {
  const { used, failed, made, names, folded } = anObject(value, where);
  const uses = sights(used, `${where}.used`);
  for (const use of Object.keys(uses)) {
    if (!USES.has(use)) throw new TypeError(`${where}.used has the unknown use ${JSON.stringify(use)}`);
  }
  return {
    used: uses as PathNeed["used"],
    failed: optionalSights(failed, `${where}.failed`),
    made: listOf((each, at) => {
      const [mode, first] = aList(each, at);
      return { mode: anInteger(mode, `${at}[0]`), sight: sight(first, `${at}[1]`) };
    })(made ?? [], `${where}.made`),
    names: listOf(aText)(names ?? [], `${where}.names`),
    ...(folded === undefined ? {} : { folded: anInteger(folded, `${where}.folded`) }),
  };
};

const call: Parse<CallNeed> = (value, where) => {
  const { sight: seen, failed } = anObject(value, where);
  return {
    sight: seen === undefined ? undefined : sight(seen, `${where}.sight`),
    failed: optionalSights(failed, `${where}.failed`),
  };
};

const address: Parse<AddressNeed> = (value, where) => {
  const { use, family, address: to, port, sight: seen } = anObject(value, where);
  if (use !== "listen" && use !== "connect") throw new TypeError(`${where}.use is neither listen nor connect`);
  return {
    use,
    family: aText(family, `${where}.family`),
    address: aText(to, `${where}.address`),
    port: port === undefined ? undefined : anInteger(port, `${where}.port`),
    sight: sight(seen, `${where}.sight`),
  };
};

/** What a name in a file of configuration may be for. */
export const CONFIGURED_USES: readonly ConfiguredNeed["use"][] = ["user", "group", "owner", "mode", "chroot"];

const configured: Parse<ConfiguredNeed> = (value, where) => {
  const [written, name, file] = aList(value, where);
  const use = CONFIGURED_USES.find((it) => it === written);
  if (use === undefined) throw new TypeError(`${where}[0] is none of ${CONFIGURED_USES.join(", ")}`);
  return { use, name: aText(name, `${where}[1]`), file: aText(file, `${where}[2]`) };
};

const isSign = (text: string): text is SignName => Object.hasOwn(SIGNS, text);

/** None for a sign that a later version knows. */
const ability: Parse<Ability | undefined> = (value, where) => {
  const [sign, what, file] = listOf(aText)(value, where);
  return isSign(sign ?? "") ? { sign: sign as SignName, what: what ?? "", file: file ?? "" } : undefined;
};

/** A pair of a sight and something else. */
const paired =
  <T>(read: (seen: Sight, other: unknown, where: string) => T): Parse<T> =>
  (value, where) => {
    const [seen, other] = aList(value, where);
    return read(sight(seen, `${where}[0]`), other, `${where}[1]`);
  };

function readNeedsObject(value: unknown, where: string): Needs {
  const all = anObject(value, where);
  const unread = anObject(all.unread, "unread");
  return {
    ...(all.logs === undefined ? {} : { logs: listOf(aText)(all.logs, "logs") }),
    calls: anInteger(all.calls, "calls"),
    began: aNumber(all.began, "began"),
    seconds: aNumber(all.seconds, "seconds"),
    processes: anInteger(all.processes, "processes"),
    paths: record(path)(all.paths, "paths"),
    syscalls: record(call)(all.syscalls, "syscalls"),
    capabilities: record(paired((seen, reason, at) => ({ sight: seen, reason: aText(reason, at) })))(
      all.capabilities,
      "capabilities",
    ),
    families: sights(all.families, "families"),
    addresses: listOf(address)(all.addresses, "addresses"),
    programs: record(paired((seen, flag, at) => ({ sight: seen, privileged: anInteger(flag, at) === 1 })))(
      all.programs,
      "programs",
    ),
    users: sights(all.users, "users"),
    groups: sights(all.groups, "groups"),
    marks: sights(all.marks, "marks"),
    ...(all.configured === undefined ? {} : { configured: listOf(configured)(all.configured, "configured") }),
    ...(all.abilities === undefined
      ? {}
      : { abilities: listOf(ability)(all.abilities, "abilities").filter((it) => it !== undefined) }),
    unread: {
      lines: anInteger(unread.lines, "unread.lines"),
      first: unread.first === undefined ? undefined : aText(unread.first, "unread.first"),
    },
  };
}
