import type { Grade } from "../findings/finding.ts";
import { rateText } from "../needs/baseRate.ts";
import { openRateText } from "../needs/openRate.ts";
import { programReading } from "../needs/programReading.ts";
import type { ReadDecision } from "../needs/readDecision.ts";
import { directoriesOf } from "../service/directories.ts";
import type { Facts } from "../service/facts.ts";
import { isKnownByName, isKnownServer, isTried, isTriedByName, type Kind } from "../service/kinds.ts";
import { packaged } from "../service/origin.ts";
import type { Use } from "../service/pathUses.ts";
import { anyPort, PORT_VARIABLE, portOfWord } from "../service/ports.ts";
import { textOf, words } from "../service/settings.ts";
import { DIRECTORY_SETTINGS } from "../units/directories.ts";
import { memo } from "../units/memo.ts";
import { hasEvidence, leavesOpen } from "./evidence.ts";
import { nounOf } from "./exclusions.ts";
import type { HardeningDirective, Row } from "./profiles.ts";
import { hidesProgram, shownByCommands } from "./readCommands.ts";
import { withoutGains } from "./refusedAnyway.ts";
import { concerns, withoutRight } from "./rights.ts";
import { hasOwnUser, settingRead } from "./settingRead.ts";
import { DOUBTS, DOUBTS_OUTSIDE } from "./tables/doubts.ts";
import { conditionInUserUnit } from "./userUnits.ts";
import { usualReason } from "./usual.ts";

/** A grade with its reason: the end of a sentence, of a likely one what has to hold for it. */
export interface Confidence {
  readonly grade: Grade;
  readonly reason: string;
  /** The value that it is about. */
  readonly value: string;
}

/** How sure it is, without any run of it, that a service bears a value of a row; `unless` is a doubt about it that only a run takes away. */
export function confidenceWithoutRun(row: Row, facts: Facts, value: string, unless?: string): Confidence {
  return { ...gradeOf(row, facts, value, unless), value };
}

function gradeOf(row: Row, facts: Facts, value: string, unless: string | undefined): Omit<Confidence, "value"> {
  const { directive } = row;
  const condition = conditionInUserUnit(row, facts, unless ?? ownDoubt(directive));
  if (condition !== undefined) return { grade: "likely", reason: condition };
  const shown = shownByCommands(row.directive, facts);
  if (shown !== undefined) return { grade: "read", reason: shown };
  const read = settingRead(directive, facts, value);
  if (read?.says === "for") return { grade: read.grade, reason: read.reason };
  if (unless !== undefined) return { grade: "likely", reason: unless };
  // In another unit, or set up in another way, the same program may need more.
  if (isTried(facts.programs, facts.unit.path.name))
    return { grade: "read", reason: "its program was tried under the profiles" };
  const doubt = doubtAbout(directive, facts);
  if (doubt === undefined) return withoutDoubt(directive, value, read);
  const rights = isGranted(directive, facts) ? undefined : withoutRights(directive, facts);
  if (rights !== undefined) return { grade: "proven", reason: rights };
  const known = isLeftOpen(directive, facts) ? undefined : knownProgram(directive, facts);
  if (known !== undefined) return known;
  const isBorne = read?.says === "open" && openRateText(directive) !== undefined;
  if (read && read.says !== "silent" && !isBorne) return { grade: "likely", reason: read.condition };
  const usual =
    usualReason(directive, value, facts) ??
    withOwnUser(directive, facts) ??
    // Words that leave open what it runs say less than its programs, which leave it open, too.
    (isBorne && isWithoutRights(facts) ? openRateText(directive) : undefined);
  return usual === undefined ? { grade: "likely", reason: doubt } : { grade: "usual", reason: usual };
}

/** Of what nothing has to hold for: few programs fail under it, or it takes away only what belongs to the service alone. */
function withoutDoubt(
  directive: HardeningDirective,
  value: string,
  read: ReadDecision | undefined,
): Omit<Confidence, "value"> {
  const alone = ITS_OWN[directive];
  if (alone !== undefined) return { grade: "proven", reason: alone };
  // What programs seldom fail under, this one may.
  const open = read?.says === "open" ? openRateText(directive) : undefined;
  if (open !== undefined) return { grade: "usual", reason: open };
  if (read?.says === "against" || read?.says === "open") return { grade: "likely", reason: read.condition };
  return { grade: "usual", reason: rateText(`${directive}=${value}`) ?? "programs seldom fail under it" };
}

/** Whether the file of a program brings capabilities along that a setting is about: a user without rights then has them. */
function isGranted(directive: HardeningDirective, facts: Facts): boolean {
  const signs = programReading(facts)?.files.flatMap((it) => it.signs) ?? [];
  const capabilities = signs.flatMap(({ sign, what }) => (sign === "granted" ? what.toUpperCase() : []));
  return concerns(directive, { capabilities });
}

/** Settings that are offered without a doubt only where nobody else has the user of the service. */
const ITS_OWN: Readonly<Partial<Record<HardeningDirective, string>>> = {
  RemoveIPC: "its user is named after it, so that nobody else has its shared memory",
  UMask: "systemd makes its user up, so that nobody else opens its files",
};

/** Whether its command does not tell enough of a program that is known by name, or of one whose user calls sudo. */
function isLeftOpen(directive: HardeningDirective, facts: Facts): boolean {
  const isOpen = (leavesOpen(directive, facts) && !isServerByName(facts)) || mayCallSudo(directive, facts);
  // Its command does not tell whether a program is a script whose interpreter compiles it.
  const mayCompile = directive === "MemoryDenyWriteExecute" && !startedIn(facts).every(isKnownByName);
  return isOpen || mayCompile;
}

/** Programs of hardware that somebody has set up restart it, or the machine, with sudo; those of packages have rules for that. */
const mayCallSudo = (directive: HardeningDirective, facts: Facts): boolean =>
  directive === "NoNewPrivileges" && facts.kinds.has("devices") && !isShipped(facts);

/** A doubt that says more than that of all user units. */
const ownDoubt = (directive: HardeningDirective): string | undefined =>
  directive === "NoNewPrivileges"
    ? undefined
    : ((DOUBTS as Doubts)[directive] ?? (DOUBTS_OUTSIDE as Doubts)[directive]);

type Doubts = Readonly<Partial<Record<HardeningDirective, string>>>;

/** What has to hold for a setting under which programs often fail, or those that are in no table. */
function doubtAbout(directive: HardeningDirective, facts: Facts): string | undefined {
  const doubt = (DOUBTS as Doubts)[directive];
  if (doubt !== undefined) return doubt;
  if (directive === "SystemCallArchitectures") return hidesProgram(facts) ? OF_SCRIPTS : undefined;
  const isOpen = !startedIn(facts).every(isKnownByName) && leavesOpen(directive, facts);
  return isFamiliar(facts) && !isOpen ? undefined : (DOUBTS_OUTSIDE as Doubts)[directive];
}

const OF_SCRIPTS = "if the script starts no programs for 32 bits";

/** Whether a service is the distribution's, or all that it starts is known by name, and is more than a server of applications. */
const isFamiliar = memo((facts: Facts): boolean => {
  const started = startedIn(facts);
  const isServer = [...APPLICATIONS].some((it) => facts.kinds.has(it));
  return isShipped(facts) || (!isServer && started.every(isKnownByName));
});

/** Whether its programs, or the scripts that start them, come from the distribution. */
const isShipped = (facts: Facts): boolean =>
  (packaged(facts) && !isForeignAgent(facts)) || startedIn(facts).every(({ path }) => path.startsWith("/etc/init.d/"));

/**
 * Whether a unit writes out that it runs as root, which few of the distribution do and most that vendors ship: their
 * programs lie in /usr/bin, too, and nobody has looked at them.
 */
const isForeignAgent = ({ unit, programs }: Facts): boolean =>
  /^(?:root|0)$/.test(textOf(unit, "User") ?? "") && !startedAmong(programs).every(isKnownByName);

const startedIn = ({ programs }: Facts): Facts["programs"] => startedAmong(programs);
const startedAmong = memo((programs: Facts["programs"]) => programs.filter((it) => it.setting === "ExecStart"));

/** Settings that take away what only root may do anyway. */
const FOR_ROOT: ReadonlySet<HardeningDirective> = new Set([
  "ProtectSystem",
  "ProtectKernelModules",
  "RestrictRealtime",
]);

/** What others than root may do with rules for devices or set-uid programs, which packages seldom count on. */
const MOSTLY_FOR_ROOT: ReadonlySet<HardeningDirective> = new Set(["ProtectKernelTunables", "CapabilityBoundingSet"]);

/** Of those with a user of their own hardly any shares files in /tmp, which nothing in a unit shows. */
const withOwnUser = (directive: HardeningDirective, facts: Facts): string | undefined =>
  directive === "PrivateTmp" && isWithoutRoot(facts) && !concerns(directive, facts) && hasOwnUser(facts)
    ? rateText("PrivateTmp=yes", "others")
    : undefined;

const isWithoutRights = (facts: Facts): boolean =>
  isWithoutRoot(facts) && facts.capabilities.length === 0 && !facts.personal;

const isWithoutRoot = ({ privileged, unit }: Facts): boolean => !privileged && unit.path.scope !== "user";

function withoutRights(directive: HardeningDirective, facts: Facts): string | undefined {
  if (!isWithoutRoot(facts)) return undefined;
  const gains = directive === "CapabilityBoundingSet" ? withoutGains(facts) : undefined;
  if (gains !== undefined) return gains;
  if (concerns(directive, facts)) return undefined;
  if (directive === "ProtectHome" && hasOwnUser(facts)) return "its user is named after it, and no person";
  const isForRoot = FOR_ROOT.has(directive) || (MOSTLY_FOR_ROOT.has(directive) && packaged(facts));
  return isForRoot ? withoutRight(directive, facts) : undefined;
}

/** What is known of the programs that a service starts, by the kind that they are of or by their names. */
const known = memo((facts: Facts): Known | undefined => {
  const started = startedIn(facts);
  const isNamed = started.every(isKnownByName);
  // Where it is known to be odd in one way, it may be so in others, which its words do not tell.
  if (started.length === 0 || !isFamiliar(facts) || (hasEvidence(facts) && !isNamed)) return undefined;
  const kind = packaged(facts) ? [...facts.kinds].find((it) => !UNTOLD.has(it)) : undefined;
  if (kind !== undefined) return ofKind(nounOf(kind));
  if (!isNamed || !isServing(facts)) return undefined;
  const names = started.map((it) => it.names.find((name) => isKnownByName({ ...it, names: [name] })) ?? it.path);
  return { grade: "read", reason: `what ${[...new Set(names)].join(" and ")} needs is known` };
});

type Known = Omit<Confidence, "value">;

/** Nobody looked at this very program: others of its kind ran. */
const ofKind = (noun: string): Known => ({
  grade: "usual",
  reason: `runs of Debian's daemons show what ${noun} cannot bear, and this is none of it`,
});

/** Whether a program does here what it is known for: it serves a port, has directories of its own, or was tried. */
function isServing(facts: Facts): boolean {
  const { unit, programs, dynamic } = facts;
  const variable = words(unit, "Environment").find((it) => PORT_VARIABLE.test(it));
  const port = anyPort(programs) ?? portOfWord(variable?.replace(/^\w+=/, "") ?? "");
  if (dynamic || port !== undefined || DIRECTORY_SETTINGS.some((it) => textOf(unit, it) !== undefined)) return true;
  // What hardening may declare shows as much before as after; all daemons have something below /run, wherever they keep their data.
  const own = directoriesOf(unit).some(
    (it) => it.setting !== "RuntimeDirectory" && it.uses.some((use) => !isOfProgram(use, facts.programPaths)),
  );
  return own || (!facts.privileged && startedIn(facts).every(isTriedByName));
}

/** Whether it is where a program lies that a command names: any service has that. */
const isOfProgram = ({ root, parts }: Use, programs: readonly string[]): boolean =>
  programs.some((it) => it.startsWith(`${root.written[0]}/${parts.join("/")}`));

/** The same of a setting: what network servers of the distribution bear was measured, but for regular expressions that are compiled. */
const knownProgram = (directive: HardeningDirective, facts: Facts): Known | undefined =>
  known(facts) ??
  (directive !== "MemoryDenyWriteExecute" && packaged(facts) && isServerByName(facts)
    ? ofKind("a server of the network")
    : undefined);

/** Whether all that a service starts is known as servers of the network, which its description need not tell. */
function isServerByName(facts: Facts): boolean {
  const started = startedIn(facts);
  return started.length > 0 && facts.kinds.size === 0 && started.every(isKnownServer);
}

/** Servers and workers that run an application, wherever it comes from. */
const APPLICATIONS: ReadonlySet<Kind> = new Set(["apps", "worker"]);

/** Kinds that say how a program runs, not what it is, and those that run anything. */
const UNTOLD: ReadonlySet<Kind> = new Set(["jit", "script", "setup", "early", "compiler", "apps", "worker"]);
