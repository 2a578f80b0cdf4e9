import { deviceAccess } from "../../facts/deviceGroups.ts";
import { objection } from "../../hardening/fit.ts";
import { measuredProgram } from "../../hardening/measured.ts";
import { usualPort } from "../../hardening/suggestions/ports.ts";
import { type Facts, factsOf } from "../../service/facts.ts";
import { namedDevices } from "../../service/hardware.ts";
import { hasTrait, type Kind } from "../../service/kinds.ts";
import { stemOf } from "../../service/owner.ts";
import { anyPort, lowPortOf } from "../../service/ports.ts";
import { deniedWrites, type Write } from "../../service/writtenPaths.ts";
import type { Unit } from "../../units/unit.ts";
import { isStrictUserOrGroup } from "../../values/userName.ts";
import { type RefusedAnswer, refusedAnswer } from "./newFiles.ts";
import type { RunAs, WantedService } from "./wanted.ts";

/** What a service runs as. */
export interface ServiceRights {
  readonly kind: "rights";
  readonly runAs: RunAs;
  /** The lines that it takes besides those that name its user. */
  readonly lines: readonly string[];
  /** Whether its user has a home in which it keeps what it writes. */
  readonly isAtHome: boolean;
  readonly notes: readonly string[];
}

/** The command in a service with a user of its own, before and after its secrets and directories got their places. */
interface Drafts {
  readonly plain: Unit;
  readonly placed: Unit;
}

/** Why a user of its own does not do, as the end of a sentence, and who does. */
interface Obstacle {
  readonly reason: string;
  readonly runAs: RunAs;
  readonly isAtHome?: true;
}

/** What holds for some uses of a program only, which a reader may know better. */
const MAYBE = /: it may need /;

const ROOT: RunAs = { kind: "root" };

/** Whom a new service runs as and with which rights, by what is known of its program and what its command names; or why it cannot. */
export function serviceRights(wanted: WantedService, drafts: Drafts): ServiceRights | RefusedAnswer {
  const { runAs, scope } = wanted;
  const facts = factsOf(drafts.plain);
  const port = scope === "user" || runAs.kind !== "root" ? lowPort(wanted, facts) : undefined;
  if (scope === "user") return rights(ROOT, [], port === undefined ? [] : [lowPortNote(port)]);
  if (runAs.kind === "root") return rights(ROOT);
  const lines = [
    ...(port === undefined ? [] : ["AmbientCapabilities=CAP_NET_BIND_SERVICE"]),
    ...groupLines(facts, runAs.kind === "user"),
  ];
  if (runAs.kind === "user") return withNamedUser(runAs, lines, facts, drafts);
  const closed = closedOption(drafts.placed);
  const obstacle = obstacleOf(facts, drafts);
  if (closed !== undefined && obstacle === undefined) return refusedAnswer("exec", closed);
  if (runAs.kind === "dynamic")
    return obstacle && !MAYBE.test(obstacle.reason)
      ? refusedAnswer("user", `A user of its own ${obstacle.reason}; choose ${accountText(obstacle.runAs)}`)
      : rights(runAs, lines);
  const chosen = obstacle?.runAs ?? { kind: "dynamic" };
  const why = obstacle
    ? `it runs as ${accountText(chosen)}, as a user of its own ${obstacle.reason}`
    : "it gets one that exists only while it runs";
  const own = chosen.kind === "root" ? [] : lines;
  return { ...rights(chosen, own, [`No user was chosen: ${why}.`]), isAtHome: obstacle?.isAtHome === true };
}

const rights = (runAs: RunAs, lines: readonly string[] = [], notes: readonly string[] = []): ServiceRights => ({
  kind: "rights",
  runAs,
  lines,
  isAtHome: false,
  notes,
});

const accountText = (runAs: RunAs): string => (runAs.kind === "user" ? `the user ${runAs.name}` : "root");

const lowPortNote = (port: number): string =>
  `Port ${port} is closed to users: the service fails with EACCES unless net.ipv4.ip_unprivileged_port_start is ${port} or less.`;

/** A port below 1024 that the program opens itself. */
function lowPort({ port, start }: WantedService, facts: Facts): number | undefined {
  if (start.kind === "socket") return undefined;
  const isServer = objection("DynamicUser", facts) === undefined;
  const usual = anyPort(facts.programs) ?? (isServer ? usualPort(facts) : undefined);
  const used = port ?? lowPortOf(facts.unit)?.port ?? facts.lowPort ?? usual;
  return used !== undefined && used < 1024 ? used : undefined;
}

/** Programs that reach what they need through a group. */
const GROUP_OF_PROGRAM: Readonly<Record<string, string>> = {
  docker: "docker",
  "docker-compose": "docker",
  journalctl: "systemd-journal",
};

/** The groups of the devices that a command names, and of what its program talks to. */
function groupLines(facts: Facts, isNamed: boolean): readonly string[] {
  const devices = namedDevices(facts).flatMap((path) => {
    const access = deviceAccess(path);
    return typeof access === "string" ? [] : [access.group];
  });
  const programs = facts.programs.flatMap((it) => it.names.flatMap((name) => GROUP_OF_PROGRAM[name] ?? []));
  const groups = [...new Set([...devices, ...programs])].filter((it) => isNamed || it !== "docker");
  return groups.length === 0 ? [] : [`SupplementaryGroups=${groups.join(" ")}`];
}

/** What keeps a user that exists only while the service runs from doing its work. */
function obstacleOf(facts: Facts, { placed }: Drafts): Obstacle | undefined {
  const bar = objection("DynamicUser", facts);
  const home = homeOf(facts, placed);
  const isOfFiles = [...facts.kinds].every((it) => OF_FILES.has(it));
  if (home && (bar === undefined || isOfFiles)) return home;
  const measured = facts.programs.map(({ path }) => measuredProgram(path)).find((it) => it !== undefined);
  if (measured) return ofPackage(measured);
  const groups = namedDevices(facts).filter((it) => typeof deviceAccess(it) !== "string");
  const isByGroup = groups.length > 0 && bar?.startsWith("not safe here") === true;
  if (bar !== undefined && !isByGroup) return { reason: `is ${bar}`, runAs: ROOT };
  const tool = facts.programs.flatMap((it) => it.names.filter((name) => hasTrait(name, "root", it)))[0];
  if (tool !== undefined) return { reason: `is not enough for ${tool}`, runAs: ROOT };
  const climbing = facts.programs.flatMap((it) => it.names).find((it) => /^(?:sudo|su|doas|runuser|pkexec)$/.test(it));
  if (climbing !== undefined) return { reason: `has no way to other rights, and ${climbing} fails`, runAs: ROOT };
  const device = namedDevices(facts).find((it) => deviceAccess(it) === "nobody");
  if (device !== undefined) return { reason: `cannot open ${device}`, runAs: ROOT };
  const write = deniedWrites(placed).find((it) => it.kind === "command");
  return write && { reason: `cannot write ${write.path}`, runAs: ROOT };
}

/** Programs that work with the files that they are pointed at, whosever these are. */
const OF_FILES: ReadonlySet<Kind> = new Set(["backup", "sharing", "configured", "media", "settings", "jit", "project"]);

/** What a package starts as its own user, or as root. */
function ofPackage(daemon: { readonly package: string; readonly user?: string }): Obstacle {
  const { package: name, user } = daemon;
  return {
    reason: `cannot use the files of the package ${name}`,
    runAs: user === undefined ? ROOT : { kind: "user", name: user },
  };
}

/** Whose homes a command reaches into; what systemd reads for it does not count, unless its program reads more there. */
function homeOf(facts: Facts, placed: Unit): Obstacle | undefined {
  const { paths, programPaths } = facts.kinds.has("configured") ? facts : factsOf(placed);
  const found = [...programPaths, ...paths].filter((it) => HOME.test(it));
  const [path, ...others] = found;
  if (path === undefined) return undefined;
  const owner = ownerOf(path);
  const isOne = owner !== undefined && others.every((it) => ownerOf(it) === owner);
  const runAs: RunAs = isOne && !reachesOut(facts, placed) ? { kind: "user", name: owner } : ROOT;
  return { reason: `cannot enter ${path}`, runAs, isAtHome: true };
}

/** Whether a command writes outside the home as well, where its owner may not; what copies files writes wherever it is pointed at. */
function reachesOut(facts: Facts, placed: Unit): boolean {
  const copies = facts.kinds.has("backup") || facts.kinds.has("sharing");
  return (
    (copies && facts.paths.some((it) => /^\/(?:srv|mnt|media|var|opt|data|backups?)\//.test(it))) ||
    deniedWrites(placed).some((it) => it.kind === "command" && !HOME.test(it.path))
  );
}

const HOME = /^\/(?:home|root)(?:\/|$)/;

function ownerOf(path: string): string | undefined {
  const name = /^\/home\/([^/]+)/.exec(path)?.[1];
  return name !== undefined && isStrictUserOrGroup(name) ? name : undefined;
}

/** What an option or variable names to be written where only root can. */
function closedOption(placed: Unit): string | undefined {
  const write = deniedWrites(placed).find((it) => it.kind !== "command");
  return (
    write &&
    `${write.teller} names ${write.path}, where only root can write: use a directory below /var/log, /var/lib or /run, such as ${exampleFor(write, placed)}, or choose root`
  );
}

/** The same place in a directory of the service's own, by its name. */
function exampleFor({ path, directory }: Write, { path: unit }: Unit): string {
  const [, place, rest = ""] = /^(\/(?:var\/(?:lib|log|cache)|run)\/)(?:.*\/)?([^/]*)$/.exec(path) ?? [];
  if (place === undefined) return path.replace(/\/([^/.]+)([^/]*)$/, "/$1/$1$2");
  return `${place}${stemOf(unit.name ?? "")}${directory ? "" : `/${rest}`}`;
}

/** A user that a reader names is taken, unless it surely cannot do what the command does. */
function withNamedUser(
  runAs: RunAs & { readonly kind: "user" },
  lines: readonly string[],
  facts: Facts,
  { placed }: Drafts,
): ServiceRights | RefusedAnswer {
  const names = new Set(facts.programs.flatMap((it) => it.names));
  if (names.has("podman"))
    return refusedAnswer(
      "user",
      `podman needs the session of the user ${runAs.name}, which a system service does not have: make a user unit or a quadlet, or choose root`,
    );
  const home = homeOf(facts, placed);
  if (home && /^cannot enter \/root(?:\/|$)/.test(home.reason))
    return refusedAnswer("user", `The user ${runAs.name} ${home.reason}; choose root`);
  const isAtHome = home?.runAs.kind === "user" && home.runAs.name === runAs.name;
  const bar = lines.length > 0 ? undefined : objection("DynamicUser", facts);
  const notes = bar === undefined || home ? [] : [`The user ${runAs.name} may lack rights: it is ${bar}.`];
  return { ...rights(runAs, lines, notes), isAtHome };
}
