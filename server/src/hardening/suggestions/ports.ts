import type { DirectiveName } from "../../catalog/catalog.ts";
import { removeLines } from "../../findings/edits.ts";
import type { Finding, Fix } from "../../findings/finding.ts";
import type { CapabilitySet } from "../../security/capabilitySet.ts";
import { effective } from "../../security/effective.ts";
import { changesUser, directoryLines } from "../../service/directories.ts";
import { type Facts, factsOf, isClient, unitWords } from "../../service/facts.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { stemOf } from "../../service/owner.ts";
import { inValues, lineOf } from "../../service/places.ts";
import { text } from "../../service/settings.ts";
import { hasCapability, numberOf } from "../../service/subject.ts";
import { sourceSpan } from "../../syntax/cooked.ts";
import type { AssignedLine } from "../../syntax/tree.ts";
import { splitWords, type Word } from "../../syntax/words.ts";
import type { Span, TextEdit } from "../../text/span.ts";
import { commandLineOf } from "../../units/commands.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { addLines } from "../fixes.ts";
import { hardenedSection } from "../hardening.ts";
import { commandsIn, type Piece } from "./shellLine.ts";

/** A port below 1024 that a command of the file listens on, as far as its options say so. */
export interface LowPort extends Span {
  readonly port: number;
  /** As ListenStream= takes it. */
  readonly listen: string;
  /** What names it. */
  readonly setting: DirectiveName;
}

/** The first one of the main command, with its place in the file; undefined where it shows none. */
export function lowPortOf(unit: Unit): LowPort | undefined {
  const first = portsIn.command(unit)[0] ?? portsIn.variables(unit)[0];
  const node = first && lineOf(unit, first);
  return (
    node && {
      ...sourceSpan(node.value, first.from, first.to),
      port: first.port,
      listen: first.listen,
      setting: first.setting,
    }
  );
}

const LISTENS =
  /^--?(?:[\w.]+-)*(?:port|listen|bind|addr|address|http|https|urls)(?:-(?:port|addr|address|on|host))?$/i;
const ELSEWHERE = /remote|peer|server-|upstream|dest|connect|target|forward|proxy|relay|backend|master|cluster|join/i;
/** What -p, which may mean much else, takes for a port. */
const WELL_KNOWN: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 69, 79, 80, 88, 110, 119, 123, 143, 161, 179, 389, 443, 465, 514, 515, 554, 587, 631, 636, 853,
  873, 990, 993, 995,
]);
/** A port of this machine: alone, or behind an address that is its own. */
const OWN_PORT =
  /^(?:(?:tcp|udp)6?:(?:\/\/)?|https?:\/\/)?(?:(|[*+]|0\.0\.0\.0|\[[0:]*1?\]|127(?:\.\d{1,3}){3}|localhost):)?(\d{1,4})\/?$/;

interface FoundPort extends Omit<LowPort, keyof Span | "setting"> {
  readonly from: number;
  readonly to: number;
}

function portIn(line: AssignedLine): readonly FoundPort[] {
  if (!/(?:^|\D)\d{1,3}(?:\D|$)/.test(line.value.text)) return NONE;
  for (const command of commandLineOf(line).commands) {
    if (command.prefixes.includes("+")) continue;
    const found = commandsIn(command)
      .map(portAmong)
      .find((it) => it !== undefined);
    if (found) return [found];
  }
  return NONE;
}

function portAmong(words: readonly Piece[]): FoundPort | undefined {
  for (const [i, { value, from, to, exact }] of words.entries()) {
    if (i === 0 || !exact || value.length > 100) continue;
    const waiting = /^(?:TCP|UDP|SSL|OPENSSL)[46]?-L(?:ISTEN)?:(\d{1,3})(?=,|$)/i.exec(value)?.[1];
    if (waiting !== undefined) return { port: Number(waiting), listen: waiting, from, to };
    const [, option = "", own = ""] = /^(--?[\w.-]+)=(.*)$/.exec(value) ?? [];
    const before = option || (words[i - 1]?.value ?? "");
    const serves = before === "http.server" || (before === "-S" && /(?:^|\/)php[\d.]*$/.test(words[0]?.value ?? ""));
    const named = (before === "-p" || serves || LISTENS.test(before)) && !ELSEWHERE.test(before);
    const bare = option === "" && /^(?:\*|0\.0\.0\.0|\[::\]|(?:tcp|udp)6?)?:\d/.test(value) && !ELSEWHERE.test(before);
    const [, address = "", digits] = (named || bare ? OWN_PORT.exec(option === "" ? value : own) : undefined) ?? [];
    const port = Number(digits);
    if (!(port > 0 && port < 1024 && (before !== "-p" || WELL_KNOWN.has(port)))) continue;
    const texts = words.map((it) => it.value);
    const calls = texts.some(
      (it, at) =>
        at < i && !(texts[at - 1] ?? "").startsWith("-") && isClient(it.slice(it.lastIndexOf("/") + 1), texts),
    );
    if (!calls) return { port, listen: listenOn(address, port), from, to };
  }
  return undefined;
}

const NONE: readonly never[] = [];
const portsIn = {
  command: inValues("ExecStart", portIn),
  variables: inValues("Environment", ({ value: { text: value } }) =>
    splitWords(value, "escapes").words.flatMap(portOf),
  ),
};

/** The variables with which programs are told where to listen. */
const VARIABLE =
  /^(?:(?:HTTPS?_|LISTEN_|SERVER_|APP_)?PORT|(?:LISTEN|BIND)(?:_ADDR(?:ESS)?)?|ASPNETCORE_URLS)=(\S{1,100})$/;

function portOf({ value, from, to }: Word): readonly FoundPort[] {
  const [, address = "", digits] = OWN_PORT.exec(VARIABLE.exec(value)?.[1] ?? "") ?? [];
  const port = Number(digits);
  return port > 0 && port < 1024 ? [{ port, listen: listenOn(address, port), from, to }] : NONE;
}

/** An address that is more than "all", with the port. */
function listenOn(address: string, port: number): string {
  if (/^127\.|^localhost$/.test(address)) return `${address.replace("localhost", "127.0.0.1")}:${port}`;
  return address.endsWith("1]") ? `${address}:${port}` : `${port}`;
}

/**
 * The advice to leave root for a user that systemd makes up. Where the command shows a port below 1024 it stands there, and its
 * fixes bring the right to that port; where something speaks against it, the fix says what it takes to listen there.
 */
export function withoutRoot(unit: Unit, advice: Finding, against: boolean): Finding {
  const section = hardenedSection(unit);
  const facts = factsOf(unit);
  if (!section || !facts.privileged) return advice;
  const low = lowPortOf(unit);
  const room = directoryLines(unit);
  // In a user namespace of its own even root has no such port, and no capability brings it.
  const closed = effective(unit).settings.privateUsers !== "no";
  if (!low || against || closed) return warned(advice, facts, room, closed ? undefined : low?.port);
  return {
    ...advice,
    start: low.start,
    end: low.end,
    message: `${low.setting}= ${low.setting === "ExecStart" ? "listens on" : "names"} port ${low.port}, for which a service needs no root: with CAP_NET_BIND_SERVICE any user may`,
    fixes: [...users(unit, facts).map((it) => leaving(unit, section, room, ...it)), ...advice.fixes.filter(isOfMany)],
  };
}

/** The same advice; the fix that leaves the directories out goes where one brings them. */
function warned(advice: Finding, facts: Facts, room: readonly string[], port: number | undefined): Finding {
  const usual = port === undefined ? usualPort(facts) : port;
  const lacks =
    usual === undefined
      ? ""
      : `; to listen on port ${usual} takes AmbientCapabilities=CAP_NET_BIND_SERVICE, else EACCES`;
  const risk = `${riskOf(facts)}${lacks}`;
  const own = advice.fixes.filter((it) => !isOfMany(it) && (room.length === 0 || (it.sets?.length ?? 0) > 1));
  const told = own.map(
    (it): Fix => ({
      ...it,
      title: `${it.title}${inPlace(facts.unit)} (${risk})`,
      edits: () => [...it.edits(), ...withoutUser(facts.unit)],
    }),
  );
  return { ...advice, message: named(facts.unit, advice.message), fixes: [...told, ...advice.fixes.filter(isOfMany)] };
}

/** A user that exists is taken in place of one that systemd makes up: with User=root a service stays root (seen with 257). */
const withoutUser = (unit: Unit): TextEdit[] => ownLines(unit, "User").map((it) => removeLines(unit.file, it));
const inPlace = (unit: Unit): string => ownLines(unit, "User").map((it) => ` in place of User=${it.text}`)[0] ?? "";

/** The message of the advice where root is written out. */
function named(unit: Unit, message: string): string {
  const user = text(unit, "User");
  return user === undefined
    ? message
    : message
        .replace("with no User= either,", `with User=${user}`)
        .replace("as no User= is set", `as User=${user} says`);
}

/** Where well-known daemons listen that are told so by their configuration. */
const USUAL: readonly (readonly [port: number, names: RegExp])[] = [
  [21, /^(?:vsftpd|proftpd|pure-ftpd)$/],
  [25, /^(?:opensmtpd|smtpd|exim4?|haraka|maddy|stalwart(?:-mail)?)$/],
  [53, /^(?:named|unbound|dnsmasq|coredns|pdns_server|pdns_recursor|knotd|nsd|kresd|dnsdist|smartdns|AdGuardHome)$/],
  [69, /^(?:in\.)?tftpd$|^atftpd$/],
  [80, /^(?:nginx|apache2|httpd|lighttpd|caddy|traefik|haproxy|h2o|hiawatha|thttpd|webfsd)$/],
  [88, /^krb5kdc$/],
  [123, /^(?:ntpd|chronyd|openntpd)$/],
  [161, /^snmpd$/],
  [389, /^slapd$/],
  [514, /^(?:rsyslogd|syslog-ng)$/],
  [873, /^rsync$/],
];

/** The port of a daemon that shows none; not where a unit of sockets may open it. */
function usualPort({ unit, programs }: Facts): number | undefined {
  if (unitWords(unit).some((it) => it.endsWith(".socket"))) return undefined;
  const names = programs.filter((it) => it.setting === "ExecStart").flatMap((it) => it.names);
  return USUAL.find(([, known]) => names.some((it) => known.test(it)))?.[0];
}

const isOfMany = ({ many }: Fix): boolean => many === true;

type Line = readonly [line: string, risk: string];

/** Whom the service may run as: a user that systemd makes up, or one that has the name of the unit. */
function users(unit: Unit, facts: Facts): readonly Line[] {
  const stem = stemOf(unit.path.name ?? "");
  const dynamic: Line = ["DynamicUser=yes", riskOf(facts)];
  const named: Line = [
    `User=${stem}`,
    `the user must exist, else 217/USER; files of root are closed to it: EACCES${switching(facts)}`,
  ];
  return /^[a-z_][a-z0-9_-]{0,30}$/.test(stem) && stem !== "root" ? [dynamic, named] : [dynamic];
}

/** What may break without root, and how it shows. */
const riskOf = (facts: Facts): string =>
  `files outside of its *Directory= settings are read-only: EROFS or EACCES${switching(facts)}`;

/** A program that is told to change its user cannot do so without root. */
const switching = (facts: Facts): string =>
  changesUser(facts) ? "; what has it change its user must go, else EPERM" : "";

function leaving(
  unit: Unit,
  section: Parameters<typeof addLines>[1],
  room: readonly string[],
  user: string,
  risk: string,
): Fix {
  const name = "CAP_NET_BIND_SERVICE";
  const { boundingSet, ambientSet } = effective(unit).settings;
  const bounded = mergedAssignments(unit, "Service", "CapabilityBoundingSet").length > 0;
  const lacks = (set: CapabilitySet): boolean => !hasCapability(set, numberOf(name));
  const ambient = lacks(ambientSet) ? [`AmbientCapabilities=${name}`] : [];
  const bounding = bounded && !lacks(boundingSet) ? [] : [`CapabilityBoundingSet=${name}`];
  const rights = [...ambient, ...bounding].map((it) => it.replace(/(?<=^CapabilityBoundingSet=).*/, ""));
  const lines = [...ambient, ...bounding, ...room];
  const dynamic = user.startsWith("DynamicUser=");
  const old = ownLines(unit, dynamic ? "DynamicUser" : "User").at(-1);
  const place = dynamic ? inPlace(unit) : "";
  return {
    title: `${old ? "Change to" : "Add"} ${user}${place}${rights.length > 0 ? ` with ${rights.join(" and ")}` : ""} (${risk})`,
    safe: false,
    sets: [user, ...lines],
    edits: () => {
      const rest = dynamic ? withoutUser(unit) : [];
      if (!old) return [addLines(unit, section, [user, ...lines]), ...rest];
      const change = { ...old.valueSpan, newText: user.replace(/^.*=/, "") };
      return lines.length > 0 ? [change, addLines(unit, section, lines), ...rest] : [change, ...rest];
    },
  };
}
