import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { effective } from "../security/effective.ts";
import { isRoot } from "../security/settings.ts";
import { programsOf } from "../service/program.ts";
import { setting } from "../service/settings.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence, Message } from "./evidence.ts";
import { addWord, fixes, setTo } from "./fixes.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { declaration, isOfSystemd } from "./places.ts";
import { isUnprivileged, lackingCapability, lacks, privilegeCauses, rootCauses } from "./privileges.ts";
import { filters, refusing } from "./programCauses.ts";

/** What takes the right for something that a program was not allowed to do. */
export function* rightsCauses(unit: Unit, { messages }: Evidence): Iterable<CausingSetting> {
  for (const message of messages) {
    if (isOfSystemd(message)) continue;
    yield* privilegeCauses(unit, message);
    yield* rootCauses(unit, message);
    yield* tunableCauses(unit, message);
    if (message.error === "EINVAL") yield* unmapped(unit, message);
    if (!isAboutRights(message)) continue;
    const operations = operationsOf(unit, message, messages);
    for (const { operation, weight } of operations) yield* ofOperation(unit, operation, weight, message);
    if (operations.length === 0) yield* namedCalls(unit, message);
    if (operations.length === 0) yield* unknown(unit, message);
  }
}

const isAboutRights = ({ error, text }: Message): boolean =>
  error === "EPERM" ||
  error === "EACCES" ||
  error === "ENOSYS" ||
  (error === undefined &&
    /not (?:permitted|allowed)|denied|must be root|only root|map segment|executable stack|commit_memory/i.test(text));

/** sysctl names a file of /proc/sys by a key with dots. */
function* tunableCauses(unit: Unit, { text }: Message): Iterable<CausingSetting> {
  const key = /(?:permission denied on key|read.only file system.*key|setting key) ["']?([\w./-]+)/i.exec(text)?.[1];
  if (key !== undefined && effective(unit).settings.protectKernelTunables)
    yield cause(unit, "ProtectKernelTunables", SURE, `ProtectKernelTunables= makes ${key} in /proc/sys read-only`, [
      setTo(unit, "ProtectKernelTunables", "no"),
    ]);
}

/** Users and groups that a user namespace does not know are invalid in it. */
function* unmapped(unit: Unit, { text }: Message): Iterable<CausingSetting> {
  const { privateUsers } = effective(unit).settings;
  if (privateUsers === "no" || linesToBlame(unit, "PrivateUsers").length === 0) return;
  const found = matching(text, SURE).find(({ operation }) =>
    /^CAP_(?:CHOWN|SET[UG]ID)$/.test(operation.capabilities[0] ?? ""),
  );
  if (found)
    yield cause(
      unit,
      "PrivateUsers",
      SURE,
      `PrivateUsers= maps only root and the user of the unit, and ${found.operation.what} needs others`,
      [setTo(unit, "PrivateUsers", "no")],
    );
}

interface Likely {
  readonly operation: Operation;
  readonly weight: number;
}

/** What a message is about: by its own words, else by those around it, else by the commands of the unit. */
function operationsOf(unit: Unit, message: Message, all: readonly Message[]): readonly Likely[] {
  const named = matching(message.text, SURE);
  if (named.length > 0) return named.flatMap((it) => (isBinding(it.operation) ? binding(it, message) : it));
  const near = matching(all.map((it) => it.text).join("\n"), LIKELY + 15);
  if (near.length > 0 && all.length < 20) return near;
  const commands = programsOf(unit).map((it) => [it.path, ...it.args, ...it.names].join(" "));
  return matching(commands.join("\n"), LIKELY + 5);
}

const isBinding = ({ capabilities }: Operation): boolean => capabilities.includes("CAP_NET_BIND_SERVICE");

/** Only low ports need a capability: the port decides, where the message names it; a socket with a path has none. */
function binding(it: Likely, { text, paths, error }: Message): readonly Likely[] {
  const ports = [...text.replace(TIME, "").matchAll(PORT)].map((found) => Number(found[1]));
  const port = ports.at(-1);
  if (port !== undefined) return port < 1024 || error === "EPERM" ? [it] : [];
  return paths.length > 0 ? [] : [{ ...it, weight: LIKELY + 15 }];
}

const TIME = /\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g;
const PORT = /(?:\bport[ =:#]+|[\w\])*.]:|['"], ?)(\d{1,5})(?![\d.])/gi;

const matching = (text: string, weight: number): readonly Likely[] =>
  OPERATIONS.filter((it) => it.words.test(text)).map((operation) => ({ operation, weight }));

function* ofOperation(unit: Unit, operation: Operation, weight: number, message: Message): Iterable<CausingSetting> {
  const { what, calls, capabilities, switches } = operation;
  const forbidding = switches.filter((it) => isSet(unit, it));
  for (const name of forbidding) {
    const weaker = name === "PrivateUsers" ? 10 : 0;
    const fixing = openings(unit, name, message);
    yield cause(unit, name, weight - weaker, `${name}= prevents ${what}`, fixing, undefined, calls);
  }
  const lost = capabilities.filter((it) => lacks(unit, it, forbidding));
  const [first] = lost;
  const [needed] = capabilities;
  const plain = needed !== undefined && isUnprivileged(unit, needed);
  if (first !== undefined && !plain)
    yield cause(
      unit,
      "CapabilityBoundingSet",
      weight - 2,
      `CapabilityBoundingSet= removes ${first}, which ${what} needs`,
      // Who changes the user changes the groups before.
      [addWord(unit, "CapabilityBoundingSet", /^CAP_SET[UG]ID$/.test(first) ? lost.join(" ") : first)],
      undefined,
      calls,
    );
  if (needed !== undefined && plain) yield* lackingCapability(unit, needed, operation, weight - 5, first === needed);
  // mount(8) has words of its own for EPERM.
  const other = message.error === "EACCES" && !/^u?mount: /.test(message.text);
  const stopped = other ? [] : calls.filter((it) => filters(unit, it));
  const [call] = stopped;
  if (call !== undefined)
    yield cause(
      unit,
      "SystemCallFilter",
      weight - 1,
      `SystemCallFilter= denies ${stopped.slice(0, 4).join(", ")}${stopped.length > 4 ? " and others" : ""}, used for ${what}`,
      fixes(addWord(unit, "SystemCallFilter", stopped.join(" "))),
      refusing(unit, call),
      stopped,
    );
}

/** Whether a switch holds in this unit. */
function isSet(unit: Unit, name: DirectiveName): boolean {
  const { restrictSuidSgid, namespaces } = effective(unit).settings;
  // DynamicUser= implies it.
  if (name === "RestrictSUIDSGID") return restrictSuidSgid;
  const lines = linesToBlame(unit, name);
  if (name === "RestrictNamespaces")
    return namespaces !== undefined && lines.some((line) => !/^(?:no|false|0|off)$/i.test(line.text));
  return lines.length > 0 && (setting(unit, name)?.value ?? lines.at(-1)?.text) !== "no";
}

/** What opens a switch as little as it can. */
function openings(unit: Unit, name: DirectiveName, message: Message): Fix[] {
  if (name === "RestrictNamespaces") {
    const types = namespacesIn(
      [message.text, ...programsOf(unit).map((it) => [it.path, ...it.args].join(" "))].join("\n"),
    );
    const off = setTo(unit, name, "no");
    return types === "" ? [off] : [setTo(unit, name, types), off];
  }
  if (name === "SocketBindDeny") return [];
  if (name === "RestrictSUIDSGID" && effective(unit).settings.dynamicUser) return [];
  return [setTo(unit, name, "no")];
}

/** The types of namespaces that words and options of the usual tools name, as RestrictNamespaces= allows them. */
function namespacesIn(text: string): string {
  const types = [
    ["cgroup", /CLONE_NEWCGROUP|--cgroup\b|\bunshare\b.* -\w*C/],
    ["ipc", /CLONE_NEWIPC|--ipc\b|\bunshare\b.* -\w*i/],
    ["mnt", /CLONE_NEWNS|--mount\b|\bunshare\b.* -\w*m/],
    ["net", /CLONE_NEWNET|--net\b|\bunshare\b.* -\w*n|ip netns/],
    ["pid", /CLONE_NEWPID|--pid\b|\bunshare\b.* -\w*p/],
    ["user", /CLONE_NEWUSER|--user\b|\bunshare\b.* -\w*[Urc]|--map-root-user/],
    ["uts", /CLONE_NEWUTS|--uts\b|\bunshare\b.* -\w*u/],
  ] as const;
  const found = types.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
  return found.join(" ");
}

/** System calls that a message names and that the filter refuses. */
function* namedCalls(unit: Unit, { text }: Message): Iterable<CausingSetting> {
  const words = new Set(text.match(/\b[a-z]\w{3,}\b/g));
  for (const word of words) {
    if (filters(unit, word))
      yield cause(
        unit,
        "SystemCallFilter",
        LIKELY + 10,
        `SystemCallFilter= denies ${word}, which the message mentions`,
        [addWord(unit, "SystemCallFilter", word)],
        refusing(unit, word),
      );
  }
}

/** Nothing shows what was tried. */
function* unknown(unit: Unit, message: Message): Iterable<CausingSetting> {
  const { error, paths } = message;
  const { user, dynamicUser } = effective(unit).settings;
  if (error === "EACCES" && paths.length > 0 && user === "" && !dynamicUser && lacks(unit, "CAP_DAC_OVERRIDE"))
    yield cause(
      unit,
      "CapabilityBoundingSet",
      LIKELY,
      "CapabilityBoundingSet= removes CAP_DAC_OVERRIDE, without which file permissions apply to root too",
      [addWord(unit, "CapabilityBoundingSet", "CAP_DAC_OVERRIDE")],
    );
  const lasting = dynamicUser ? paths.find((it) => /^\/var\/(?:lib|cache|log)\/./.test(it)) : undefined;
  const declared = lasting === undefined ? undefined : declaration(unit, lasting, message);
  if (error === "EACCES" && declared)
    yield cause(
      unit,
      "DynamicUser",
      LIKELY + 10,
      `DynamicUser= gives each start a user that owns nothing: ${lasting} is another's, unless a directory of the unit holds it`,
      [declared],
    );
  if (error === "EACCES" && paths.length === 0 && (dynamicUser || (user !== "" && !isRoot(user)))) {
    const by = linesToBlame(unit, "User").length > 0 ? "User" : "DynamicUser";
    yield cause(unit, by, LIKELY - 10, `${by}= runs the program as a user without access to files of other users`);
  }
  if (error === "EACCES" || error === undefined) return;
  for (const [name, what] of BROAD) {
    if (linesToBlame(unit, name).length > 0) yield cause(unit, name, POSSIBLE, what);
  }
}

/** What answers with “Operation not permitted” in many ways. */
const BROAD = [
  [
    "SystemCallFilter",
    "SystemCallFilter= with SystemCallErrorNumber=EPERM returns this error; SystemCallLog= or strace show the call",
  ],
  ["CapabilityBoundingSet", "CapabilityBoundingSet= removes privileges that root usually has"],
  ["PrivateUsers", "PrivateUsers= limits capabilities to the user namespace"],
  ["RestrictNamespaces", "RestrictNamespaces= denies namespaces"],
  ["MemoryDenyWriteExecute", "MemoryDenyWriteExecute= blocks memory that is writable and executable"],
  ["DeviceAllow", "DeviceAllow= allows only the devices that it lists"],
] as const;
