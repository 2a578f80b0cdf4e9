import type { DirectiveName } from "../../catalog/catalog.ts";
import type { CausingSetting } from "../../failures/cause.ts";
import { diagnose } from "../../failures/diagnose.ts";
import { type Evidence, type Message, readEvidence } from "../../failures/evidence.ts";
import { blamedPaths, isOfSystemd } from "../../failures/places.ts";
import type { PathUse } from "../../learn/needs.ts";
import { directiveOf, valueOfLine } from "../../learn/trial/lines.ts";
import { programsOf } from "../../service/program.ts";
import type { Unit } from "../../units/unit.ts";

/** Something that a line of the journal shows a service to need. */
export type DeniedThing =
  | { readonly kind: "path"; readonly path: string; readonly use: PathUse }
  | { readonly kind: "call" | "capability" | "family" | "mark" | "program"; readonly name: string };

const DENIALS: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "EAFNOSUPPORT"]);

/** So much likelier is a cause than those that are left out. */
const NEAR = 10;
/** A cause that is less likely than this is a guess. */
const LEAST = 60;

/** What a line says that the service was denied under its settings; undefined where it speaks of no denial. */
export function deniedThings(
  line: string,
  unit: Unit,
  programs: ReadonlySet<string>,
): readonly DeniedThing[] | undefined {
  const evidence = readEvidence(line);
  if (evidence.calls.length > 0) return isOfService(line, unit, programs) ? stoppedCalls(evidence) : undefined;
  const denials = evidence.messages.filter((it) => DENIALS.has(it.error ?? "") && !isOfSystemd(it));
  if (denials.length === 0) return undefined;
  const paths = denials.flatMap(pathsOf);
  const causes = diagnose(unit, evidence);
  const least = Math.max(LEAST, (causes[0]?.weight ?? 0) - NEAR);
  const others = causes.filter((it) => it.weight >= least).flatMap((it) => takenBy(it, denials));
  // A path that is there by its name is no sign of a capability, where a setting hides it or makes it read-only.
  const isPlaced = paths.length > 0 && causes.some((it) => it.weight >= least && OF_PATHS.has(it.directive));
  return distinct([...paths, ...(isPlaced ? others.filter((it) => it.kind !== "capability") : others)]);
}

/** The kernel reports all programs: a line counts where it names one of the service. */
function isOfService(line: string, unit: Unit, programs: ReadonlySet<string>): boolean {
  const [, exe] = /\bexe="([^"]+)"/.exec(line) ?? [];
  const [, comm] = /\bcomm="([^"]+)"/.exec(line) ?? [];
  const known = [...programs, ...programsOf(unit).flatMap((it) => it.path ?? [])];
  if (exe === undefined && comm === undefined) return true;
  return known.some((it) => it === exe || it.slice(it.lastIndexOf("/") + 1).slice(0, 15) === comm);
}

const stoppedCalls = ({ calls }: Evidence): readonly DeniedThing[] =>
  calls.flatMap(({ name, architecture }): DeniedThing[] => [
    ...(name === undefined ? [] : [{ kind: "call", name } as const]),
    ...(architecture === "x86" ? [{ kind: "mark", name: "abi" } as const] : []),
  ]);

function pathsOf(message: Message): readonly DeniedThing[] {
  if (message.error === "EAFNOSUPPORT") return [];
  return blamedPaths(message).map((path) => ({ kind: "path", path, use: useOf(message) }));
}

const MAKING = /\b(?:mkdir|mk\w+|creat\w*|mak(?:e|ing)|bind\w*|unlink\w*|remov\w+|delet\w+|renam\w+)\b/i;
const WRITING =
  /\b(?:writ\w+|append\w*|truncat\w+|sav(?:e|ing)|stor(?:e|ing)|log file|pid file|O_WRONLY|O_RDWR|O_CREAT)\b/i;
const RUNNING = /\b(?:exec\w*|spawn\w*|run(?:ning)?|start(?:ing)? program)\b/i;

function useOf({ error, text }: Message): PathUse {
  if (MAKING.test(text)) return "make";
  if (error === "EROFS" || WRITING.test(text)) return "write";
  return RUNNING.test(text) ? "execute" : "read";
}

/** Settings that deny a path, which the path in the message then shows. */
const OF_PATHS: ReadonlySet<string> = new Set<DirectiveName>([
  "ProtectSystem",
  "ProtectHome",
  "PrivateTmp",
  "PrivateDevices",
  "InaccessiblePaths",
  "ReadOnlyPaths",
  "TemporaryFileSystem",
  "ProtectKernelTunables",
  "ProtectControlGroups",
  "NoExecPaths",
]);

/** What a switch denies, as it is known of runs. */
const SWITCHES: Readonly<Partial<Record<DirectiveName, DeniedThing>>> = {
  MemoryDenyWriteExecute: { kind: "mark", name: "writable-executable" },
  RestrictRealtime: { kind: "mark", name: "realtime" },
  LockPersonality: { kind: "mark", name: "personality" },
  RestrictSUIDSGID: { kind: "mark", name: "suid-file" },
  ProtectHostname: { kind: "call", name: "sethostname" },
  ProtectClock: { kind: "call", name: "clock_settime" },
  ProtectKernelModules: { kind: "call", name: "init_module" },
  ProtectKernelLogs: { kind: "call", name: "syslog" },
};

const NAMESPACES: Readonly<Record<string, string>> = {
  cgroup: "CLONE_NEWCGROUP",
  ipc: "CLONE_NEWIPC",
  mnt: "CLONE_NEWNS",
  net: "CLONE_NEWNET",
  pid: "CLONE_NEWPID",
  user: "CLONE_NEWUSER",
  uts: "CLONE_NEWUTS",
};

/** What a setting took from the service, by the least change that gives it back. */
function takenBy(
  { directive, weight, fixes: [fix] }: CausingSetting,
  denials: readonly Message[],
): readonly DeniedThing[] {
  const found = SWITCHES[directive];
  if (found) return [found];
  const words = (name: DirectiveName): readonly string[] =>
    (fix?.sets ?? []).filter((it) => directiveOf(it) === name).flatMap((it) => valueOfLine(it).split(/\s+/));
  if (directive === "RestrictNamespaces") {
    const kinds = words(directive).flatMap((it) => NAMESPACES[it] ?? []);
    return kinds.length > 0 ? kinds.map((it) => ({ kind: "mark", name: `namespace:${it}` })) : [NAMESPACE];
  }
  if (directive === "NoNewPrivileges")
    return denials.flatMap((it) => it.paths.map((path) => ({ kind: "program", name: path })));
  const calls = words("SystemCallFilter").filter((it) => /^[a-z]\w*$/.test(it));
  const capabilities = words("CapabilityBoundingSet").filter((it) => it.startsWith("CAP_"));
  // Of several families that would all say the same, none is shown.
  const families = weight >= 90 ? words("RestrictAddressFamilies").filter((it) => it.startsWith("AF_")) : [];
  return [
    ...calls.map((name) => ({ kind: "call", name }) as const),
    ...capabilities.map((name) => ({ kind: "capability", name }) as const),
    ...families.map((name) => ({ kind: "family", name }) as const),
  ];
}

const NAMESPACE: DeniedThing = { kind: "mark", name: "namespace" };

function distinct(things: readonly DeniedThing[]): readonly DeniedThing[] {
  const all = new Map(things.map((it) => [`${it.kind} ${thingName(it)}`, it]));
  return [...all.values()];
}

/** A thing as a reader knows it. */
export const thingName = (it: DeniedThing): string => (it.kind === "path" ? `${it.path} (${it.use})` : it.name);
