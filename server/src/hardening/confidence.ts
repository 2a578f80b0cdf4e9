import type { Grade } from "../findings/finding.ts";
import type { LearntSetting } from "../learn/learnt.ts";
import { directoriesOf } from "../service/directories.ts";
import type { Facts } from "../service/facts.ts";
import { FROM_PACKAGE, isKnownByName, isKnownServer, isTried, isTriedByName, type Kind } from "../service/kinds.ts";
import { packaged } from "../service/origin.ts";
import type { Use } from "../service/pathUses.ts";
import { anyPort, PORT_VARIABLE, portOfWord } from "../service/ports.ts";
import { textOf, words } from "../service/settings.ts";
import { DIRECTORY_SETTINGS } from "../units/directories.ts";
import { memo } from "../units/memo.ts";
import { mergedDirectives } from "../units/unit.ts";
import { hasEvidence, isApplication, leavesOpen, plainness } from "./evidence.ts";
import { nounOf } from "./exclusions.ts";
import { confidenceOfRun, learntLines } from "./heldLearnt.ts";
import type { HardeningDirective, Row } from "./profiles.ts";
import { shownByCommands } from "./readCommands.ts";
import { concerns, withoutRight } from "./rights.ts";
import { impliesValue } from "./strictness.ts";
import { DOUBTS, DOUBTS_OUTSIDE } from "./tables/doubts.ts";
import { borneWithoutRoot } from "./withoutRoot.ts";

/** A grade with its reason: the end of a sentence, of a likely one what has to hold for it. */
export interface Confidence {
  readonly grade: Grade;
  readonly reason: string;
  /** The value that it is about. */
  readonly value: string;
}

/** How sure it is that a service bears the safe value of a row; a doubt about it only a run takes away. */
export function confidenceIn(row: Row, facts: Facts, value: string, unless?: string): Confidence {
  const { grade, reason } = gradeOf(row, facts, value, unless);
  return { grade, reason, value };
}

function gradeOf(row: Row, facts: Facts, value: string, unless: string | undefined): Omit<Confidence, "value"> {
  const learnt = learntConfidence(row.directive, facts, value);
  if (learnt) return learnt;
  const shown = shownByCommands(row.directive, facts);
  if (shown !== undefined) return { grade: "shown", reason: shown };
  if (unless !== undefined) return { grade: "likely", reason: unless };
  // In another unit, or set up in another way, the same program may need more.
  if (isTried(facts.programs, facts.unit.path.name))
    return { grade: "shown", reason: "its program was tried under the profiles" };
  const doubt = doubtAbout(row.directive, facts);
  if (doubt === undefined) return { grade: "shown", reason: "programs seldom fail under it" };
  const isOpen = (leavesOpen(row.directive, facts) && !isServerByName(facts)) || mayCallSudo(row.directive, facts);
  // Its command does not tell whether a program is a script whose interpreter compiles it.
  const mayCompile = row.directive === "MemoryDenyWriteExecute" && !startedIn(facts).every(isKnownByName);
  const reason =
    withoutRights(row.directive, facts) ??
    borneWithoutRoot(row.directive, facts) ??
    (isOpen || mayCompile ? undefined : (reasonFor(facts) ?? asServer(row.directive, facts)));
  return reason === undefined ? { grade: "likely", reason: doubt } : { grade: "shown", reason };
}

/** Programs of hardware that somebody has set up restart it, or the machine, with sudo; those of packages have rules for that. */
const mayCallSudo = (directive: HardeningDirective, facts: Facts): boolean =>
  directive === "NoNewPrivileges" && facts.kinds.has("devices") && !isShipped(facts);

/** What a run of this very service, with the commands that it has now, showed of the value, or of one that asks for more. */
function learntConfidence(
  directive: HardeningDirective,
  { unit }: Facts,
  value: string,
): Omit<Confidence, "value"> | undefined {
  const own = learntLines(unit, directive);
  const proven = own.filter((it) => it.grade === "proven");
  if (borneBy(proven, directive, value)) return confidenceOfRun(proven, unit);
  return borneBy(own, directive, value) ? confidenceOfRun(own, unit) : undefined;
}

const borneBy = (settings: readonly LearntSetting[], directive: HardeningDirective, value: string): boolean =>
  impliesValue(
    directive,
    settings.map((it) => it.value),
    value,
  );

type Doubts = Readonly<Partial<Record<HardeningDirective, string>>>;

/** What has to hold for a setting under which programs often fail, or those that are in no table. */
function doubtAbout(directive: HardeningDirective, facts: Facts): string | undefined {
  const doubt = (DOUBTS as Doubts)[directive];
  if (doubt !== undefined) return doubt;
  if (directive === "SystemCallArchitectures") return hidesProgram(facts) ? OF_SCRIPTS : undefined;
  const isOpen = !startedIn(facts).every(isKnownByName) && leavesOpen(directive, facts);
  return isFamiliar(facts) && !isOpen ? undefined : (DOUBTS_OUTSIDE as Doubts)[directive];
}

/** Whether it starts a script of a shell from outside of the distribution, which does not tell what it runs. */
const hidesProgram = (facts: Facts): boolean =>
  startedIn(facts).some((it) => it.script) &&
  facts.programPaths.some((it) => !FROM_PACKAGE.test(it) && !it.startsWith("/etc/"));
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

/** Whether a unit without rights of root speaks of an application, and of nothing that is not known. */
function isPlainly(facts: Facts): boolean {
  const { all, some, names } = plainness(facts);
  const runsApps = facts.kinds.has("apps");
  const isOwn = !facts.privileged && !(runsApps ? BOARDS : OPERATORS).test(facts.user ?? "");
  return all && isOwn && (some || isApplication(facts, false) || (names && (runsApps || isOfWebServer(facts))));
}

/** Whether it runs as the user of the web server, as applications do that have none of their own. */
const isOfWebServer = ({ user = "" }: Facts): boolean => /^(?:www|www-data|wwwrun|http|httpd|apache|nginx)$/.test(user);

const startedIn = ({ programs }: Facts): Facts["programs"] => startedAmong(programs);
const startedAmong = memo((programs: Facts["programs"]) => programs.filter((it) => it.setting === "ExecStart"));

/** Settings that take away what only root may do anyway. */
const FOR_ROOT: ReadonlySet<HardeningDirective> = new Set([
  "ProtectSystem",
  "ProtectKernelModules",
  "RestrictRealtime",
]);

/** Users with whose rights machines are looked after, and those of small boards, which often have hardware. */
const OPERATORS =
  /^(?:admin|ansible|build(?:er)?|ci|debian|deploy(?:er)?|dietpi|jenkins|ops|pi|runner|sysadmin|ubuntu|vagrant)$/;

/** Those of small boards alone. */
const BOARDS = /^(?:dietpi|pi)$/;

/** What others than root may do with rules for devices or set-uid programs, which packages seldom count on. */
const MOSTLY_FOR_ROOT: ReadonlySet<HardeningDirective> = new Set(["ProtectKernelTunables", "CapabilityBoundingSet"]);

/** What programs of a user that is a person's do with that person's files. */
const FOR_PERSONS: ReadonlySet<HardeningDirective> = new Set(["ProtectHome", "PrivateTmp"]);

function withoutRights(directive: HardeningDirective, facts: Facts): string | undefined {
  if (facts.privileged || concerns(directive, facts) || facts.unit.path.scope === "user") return undefined;
  if (FOR_PERSONS.has(directive) && (hasOwnUser(facts) || isPlainly(facts))) return "its user is no person";
  const isForRoot = FOR_ROOT.has(directive) || (MOSTLY_FOR_ROOT.has(directive) && packaged(facts));
  return isForRoot ? withoutRight(directive) : undefined;
}

/** Whether a service runs as a user that is named after it, or as its folder is. */
function hasOwnUser({ dynamic, user = "", unit, programs, programPaths }: Facts): boolean {
  const folders = [textOf(unit, "WorkingDirectory") ?? "", ...programPaths].flatMap((it) => it.split("/"));
  const names = [unit.path.name ?? "", ...programs.flatMap((it) => it.names), ...folders];
  return dynamic || (user.length > 2 && names.some((it) => it.toLowerCase().startsWith(user.toLowerCase())));
}

/** What shows that a service is one as most are, which serve, compute and keep files of their own. */
const reasonFor = memo((facts: Facts): string | undefined => {
  const isUsual = isFamiliar(facts) || isPlainly(facts) || (!facts.privileged && isSilent(facts));
  // Where it is known to be odd in one way, it may be so in others, which its words do not tell.
  const isOdd = hasEvidence(facts) && !startedIn(facts).every(isKnownByName);
  if (!isUsual || isOdd) return undefined;
  const { kinds } = facts;
  const kind = [...kinds].find((it) => APPLICATIONS.has(it) || (packaged(facts) && !UNTOLD.has(it)));
  if (kind !== undefined) return `it is ${nounOf(kind)}, a kind that was measured`;
  return isTold(facts) ? surroundings(facts) : undefined;
});

/**
 * Whether anybody knows what a service is about. Programs that work with hardware, networks or the code of others serve ports
 * and declare directories as all do, so that for a program of which nothing is known that alone shows little. Where a program
 * of the distribution has no description, nothing says that it is such a one.
 */
function isTold(facts: Facts): boolean {
  const isQuiet = packaged(facts) && isSilent(facts);
  return isApplication(facts, isShipped(facts)) || isPlainly(facts) || isQuiet || startedIn(facts).every(isKnownByName);
}

/** Whether a unit has no description, which could say that its program is odd. */
const isSilent = ({ unit }: Facts): boolean => !mergedDirectives(unit, "Unit").has("Description");

function surroundings(facts: Facts): string | undefined {
  const { unit, programs, dynamic } = facts;
  if (dynamic) return "it runs as a dynamic user";
  const variable = portVariable(words(unit, "Environment"));
  const port = anyPort(programs) ?? portOfWord(variable?.replace(/^\w+=/, "") ?? "");
  if (port !== undefined) return `it serves port ${port}`;
  const declared = DIRECTORY_SETTINGS.find((it) => textOf(unit, it) !== undefined);
  if (declared !== undefined) return `it declares its directories with ${declared}=`;
  // What hardening may declare tells as much before as after; all daemons have something below /run, wherever they keep their data.
  const named = directoriesOf(unit).find(
    (it) => it.setting !== "RuntimeDirectory" && it.uses.some((use) => !isOfProgram(use, facts.programPaths)),
  );
  if (named) return `it names its own directory ${named.root.written[0]}/${named.name}`;
  if (isOfWebServer(facts)) return "it runs as the user of the web server";
  return !facts.privileged && startedIn(facts).every(isTriedByName)
    ? "its program was tried under the profiles"
    : undefined;
}

/** Whether it is where a program lies that a command names: any service has that. */
const isOfProgram = ({ root, parts }: Use, programs: readonly string[]): boolean =>
  programs.some((it) => it.startsWith(`${root.written[0]}/${parts.join("/")}`));

const portVariable = memo((variables: readonly string[]) => variables.find((it) => PORT_VARIABLE.test(it)));

/**
 * What network servers of the distribution bear: each of the 80 that were measured and that answered over a network. Regular
 * expressions are compiled to code where a configuration has some, which a run shows that has them.
 */
const asServer = (directive: HardeningDirective, facts: Facts): string | undefined =>
  directive !== "MemoryDenyWriteExecute" && isServer(facts)
    ? "it is a usual server or application, as many that were measured"
    : undefined;

const isServer = memo(
  (facts: Facts): boolean => packaged(facts) && (isApplication(facts, true) || isServerByName(facts)),
);

/** Whether all that a service starts is known as servers of the network, which its description need not tell. */
function isServerByName(facts: Facts): boolean {
  const started = startedIn(facts);
  return started.length > 0 && facts.kinds.size === 0 && started.every(isKnownServer);
}

/** Servers and workers that run an application, wherever it comes from. */
const APPLICATIONS: ReadonlySet<Kind> = new Set(["apps", "worker"]);

/** Kinds that say how a program runs, not what it is. */
const UNTOLD: ReadonlySet<Kind> = new Set(["jit", "script", "setup", "early", "compiler"]);
