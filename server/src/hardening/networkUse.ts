import { portText } from "../program/daemons/fact.ts";
import { configuredPorts } from "../service/daemonConfiguration.ts";
import { type Facts, unitWords } from "../service/facts.ts";
import { hasTrait, knownPrograms } from "../service/kinds.ts";
import { PORT_VARIABLE, portOfWord, portsOf } from "../service/ports.ts";
import { firstMatch, inForce, isDenyList, textOf, words } from "../service/settings.ts";
import { showsAllItDoes } from "../service/visible.ts";
import { memo } from "../units/memo.ts";
import type { RowChoice } from "./weaker.ts";

/** Whether a service shows that it talks to other machines, where the unit itself does not limit it to local sockets. */
export function usesNetwork({ unit, programs }: Facts): boolean {
  const families = words(unit, "RestrictAddressFamilies");
  if (families.length > 0 && !/^~|AF_INET/.test(families.join(" "))) return false;
  return (
    firstMatch(unitWords(unit), /^network(?:-online)?\.target$|^nss-lookup\.target$/) !== undefined ||
    programs.some(({ args }) => firstMatch(args, NETWORK) !== undefined) ||
    firstMatch(words(unit, "Environment"), NETWORK_VARIABLE) !== undefined
  );
}

const NETWORK =
  /^--?[\w.-]*(?:port|host|listen|bind|addr(?:ess)?|server|url)(?:[=:]|$)|^:\d+$|\b(?:https?|wss?|tcp|udp|rediss?|amqps?|mysql|postgres(?:ql)?|mongodb|s3|sftp|ftp|ldaps?|smtps?):\/\//i;
const NETWORK_VARIABLE = /^\w*(?:PORT|HOST|URLS?|ADDR(?:ESS)?|LISTEN|PROXY|ENDPOINT|SERVER)=./i;

/** Whether a service needs no IP: by the families that the unit allows, or as its programs talk to no other machine. */
export const needsNoIp = ({ unit, programs }: Facts): boolean =>
  isLocal(unit, NO_IP) || (programs.length > 0 && programs.every(isOffline)) || isJob(programs, CALLS_OTHERS);

/** Whether the unit allows sockets in the file system alone. */
export const allowsOnlyUnix = ({ unit }: Pick<Facts, "unit">): boolean => isLocal(unit, ONLY_UNIX);

/** Which peers are left: those of this machine, where a service needs no others. */
export const localPeers = (facts: Facts): RowChoice => ({
  lines: ["IPAddressAllow=localhost"],
  ...(needsNoIp(facts) && !allowsOnlyUnix(facts) ? { safeValue: "any" } : {}),
});

/** Which ports are left: none, where the service opens none; else those that its lines name, as it may have more in its configuration. */
export function namedPorts(facts: Facts): RowChoice {
  const { unit, programs, configured } = facts;
  if (needsNoIp(facts) || isJob(programs, MAY_SERVE)) return { safeValue: "any" };
  const variables = portsOfVariables(words(unit, "Environment"));
  const started = programs.filter((it) => it.setting === "ExecStart");
  const ranges = configuredPorts(configured).flatMap(({ port }) => (port ? portText(port) : []));
  const named = [...new Set([...portsOf(started), ...variables].map(String).concat(ranges))];
  const isGiven = takesSockets(unit);
  const ports = named.length > 0 || isGiven ? named : usualPorts(started).map(String);
  if (ports.length > MOST_PORTS) return {};
  const lines = ports.map((it) => `SocketBindAllow=${it}`);
  if (ports.length === 0) return isGiven ? { safeValue: "any", doubt: "if it opens no ports of its own" } : {};
  return { lines, safeValue: "any", doubt: `if it opens no ports but ${ports.join(" and ")}, and none that is free` };
}

const portsOfVariables = memo((all: readonly string[]): readonly number[] =>
  all.flatMap((it) => (PORT_VARIABLE.test(it) ? (portOfWord(it.replace(/^\w+=/, "")) ?? []) : [])),
);

/** More than anyone reads in a list. */
const MOST_PORTS = 100;

/** Whether systemd opens the sockets of a service, as far as its own lines tell. */
export function takesSockets(unit: Facts["unit"]): boolean {
  const own = `${unit.path.name?.replace(/@?\.service$/, "")}.socket`;
  return (
    textOf(unit, "StandardInput") === "socket" || words(unit, "Sockets").length > 0 || unitWords(unit).includes(own)
  );
}

/** Where programs listen that are known by name, unless their configuration says otherwise. */
const usualPorts = (programs: Facts["programs"]): readonly number[] => [
  ...new Set(programs.flatMap(({ names }) => names.flatMap(knownPrograms).flatMap((it) => it.port ?? []))),
];

/** Whether all that a service runs are tools of every system whose words show what they do, and none is one of some. */
const isJob = (programs: Facts["programs"], but: RegExp): boolean =>
  showsAllItDoes(programs) && !programs.some(({ names, args }) => [...names, ...args].some((it) => but.test(it)));

const CALLS_OTHERS = /\b(?:curl|wget|logger|systemctl|chown|chgrp|user|group)\b/;
/** For a transfer over FTP the server calls back. */
const MAY_SERVE = /ftp|^-P$/i;

const isOffline = (program: Facts["programs"][number]): boolean =>
  program.names.length > 0 && program.names.every((it) => hasTrait(it, "offline", program));

const ONLY_UNIX = /^(?:AF_UNIX|AF_LOCAL|none)$/;
const NO_IP = /^(?:AF_(?!INET6?$|PACKET$)\w+|none)$/;

/** Whether the unit itself allows no other families of sockets than these. */
function isLocal(unit: Facts["unit"], families: RegExp): boolean {
  const lines = inForce(unit, "RestrictAddressFamilies");
  return (
    lines.length > 0 && !isDenyList(lines) && words(unit, "RestrictAddressFamilies").every((it) => families.test(it))
  );
}
