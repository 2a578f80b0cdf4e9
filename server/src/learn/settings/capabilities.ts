import { CAPABILITIES } from "../../facts/capabilities.ts";
import { hasCapability, numberOf } from "../../security/capabilitySet.ts";
import { configuredPorts } from "../../service/daemonConfiguration.ts";
import { listenedPorts } from "../../service/ports.ts";
import { words } from "../../service/settings.ts";
import { isWithin } from "../../values/path.ts";
import { isDirectory, statusAt } from "../host.ts";
import type { Sight } from "../needs.ts";
import { abilityCapabilities, unseenAbilities } from "./abilities.ts";
import { configuredCapabilities } from "./configuredCapabilities.ts";
import { kindNeeds } from "./kindNeeds.ts";
import { type LearnContext, type LearnRule, offered, refused } from "./learnContext.ts";
import { listed } from "./sentences.ts";
import { stableText } from "./stableNames.ts";

/** The capabilities that were needed, as far as the unit lets the service have them, and none besides. */
export const capabilities: LearnRule = (context) => {
  const kept = keptCapabilities(context);
  const names = kept.map((it) => it.name);
  const evidence =
    kept.length === 0
      ? "no capability was needed"
      : stableText(context, kept.map((it) => `${it.name}: ${it.reason}`).join("; "));
  const sights = kept.flatMap((it) => it.sight ?? []);
  return [offered("CapabilityBoundingSet", names.join(" "), evidence, sights, kept.length > 0 ? MAY_BREAK : undefined)];
};

const MAY_BREAK = "What the run did not do may need another capability.";

interface Kept {
  readonly name: string;
  readonly reason: string;
  readonly sight: Sight | undefined;
  /** The word of SystemCallFilter= that lets its calls through, where no run showed them. */
  readonly calls?: string;
}

/** What a service keeps: what it needed, what AmbientCapabilities= hands on, and low ports for servers of root whose ports nothing names. */
export function keptCapabilities(context: LearnContext): readonly Kept[] {
  const { needs, host, settings, asRoot } = context;
  const kept = new Map<string, Kept>();
  for (const [name, { reason, sight }] of Object.entries(needs.capabilities))
    if (CAPABILITIES.includes(name)) kept.set(name, { name, reason, sight });
  for (const name of CAPABILITIES)
    if (hasCapability(settings.ambientSet, numberOf(name)) && !kept.has(name))
      kept.set(name, { name, reason: "AmbientCapabilities= hands it on", sight: undefined });
  if (asRoot && !kept.has(BIND) && opensUnnamedPort(context))
    kept.set(BIND, {
      name: BIND,
      reason: "a server that starts as root may be told to listen on a low port",
      sight: undefined,
    });
  const [program] =
    Object.entries(needs.programs).find(([path, it]) => it.privileged && statusAt(host, path)?.capabilities) ?? [];
  if (program !== undefined && !kept.has(RAW))
    kept.set(RAW, { name: RAW, reason: `${program} has capabilities by its file, mostly this one`, sight: undefined });
  for (const { capabilities: names, reason } of kindNeeds(context))
    for (const name of names) if (!kept.has(name)) kept.set(name, { name, reason, sight: undefined });
  const given = asRoot && !kept.has(CHOWN) ? givenInRun(context) : undefined;
  if (given !== undefined) kept.set(CHOWN, { name: CHOWN, reason: given, sight: undefined, calls: "@chown" });
  for (const it of configuredCapabilities(context))
    if (!kept.has(it.name)) kept.set(it.name, { ...it, sight: undefined });
  for (const { row, reason } of unseenAbilities(context))
    for (const name of abilityCapabilities(row))
      if (!kept.has(name)) kept.set(name, { name, reason, sight: undefined });
  return [...kept.values()]
    .filter((it) => hasCapability(settings.boundingSet, numberOf(it.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const BIND = "CAP_NET_BIND_SERVICE";
const CHOWN = "CAP_CHOWN";
/** Of the programs that get capabilities by their files most open raw sockets; the kernel does not start them without. */
const RAW = "CAP_NET_RAW";

/**
 * A directory in /run that a daemon of root uses, that belongs to another user, and that no setting of the unit makes; or any that
 * it would have made and given away.
 */
export function givenInRun({ paths, host, unit }: LearnContext): string | undefined {
  const declared = words(unit, "RuntimeDirectory").map((it) => `/run/${it.replace(/[:/].*$/s, "")}`);
  const found = paths.find(([path, { used, failed }]) => {
    const isUsed = path.startsWith("/run/") && Object.keys(used).length > 0;
    const isMade = failed.EEXIST !== undefined && /^\/(?:var|run)\//.test(path);
    const status = isUsed || isMade ? statusAt(host, path) : undefined;
    const isForeign = isWithin(path, "/run/systemd") || isWithin(path, "/run/user");
    return status?.uid && isDirectory(status) && !isForeign && !declared.some((it) => isWithin(path, it));
  });
  return found && `${found[0]} belongs to user ${statusAt(host, found[0])?.uid} and may have to be made again`;
}

/** Whether it opened a port that neither a command nor a configuration file names; where one does, `check` sees it become a low one. */
function opensUnnamedPort({ needs, facts: { configured, programs } }: LearnContext): boolean {
  const named = configuredPorts(configured).flatMap(({ port, line }) => (port && line !== undefined ? [port] : []));
  const options = listenedPorts(programs).map(({ port }) => ({ from: port, to: port }));
  const isNamed = (port: number): boolean => [...named, ...options].some(({ from, to }) => from <= port && port <= to);
  // The kernel chooses a high one for 0.
  return needs.addresses.some(
    ({ use, family, port }) =>
      use === "listen" && family.startsWith("AF_INET") && port !== 0 && (port === undefined || !isNamed(port)),
  );
}

/** No program gets rights by its mode or the capabilities of its file, so that none has to. */
export const newPrivileges: LearnRule = ({ needs }) => {
  const programs = Object.entries(needs.programs);
  const privileged = programs.filter(([, it]) => it.privileged);
  const [first] = privileged;
  if (first) {
    const reason = `runs ${listed(privileged.map(([path]) => path))}, which gets rights of its own`;
    return [refused("NoNewPrivileges", "yes", reason, [first[1].sight])];
  }
  const names = programs.map(([path]) => path);
  const evidence =
    names.length === 0 ? "no program was run" : `no program with rights of its own was run, only ${listed(names)}`;
  return [
    offered(
      "NoNewPrivileges",
      "yes",
      evidence,
      programs.map(([, it]) => it.sight),
    ),
  ];
};
