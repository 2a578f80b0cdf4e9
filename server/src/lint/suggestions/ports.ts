import { effective } from "../../security/effective.ts";
import { sourceSpan } from "../../syntax/cooked.ts";
import type { Span } from "../../text/span.ts";
import { commandLineOf } from "../../units/commands.ts";
import { remembered } from "../../units/once.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import type { Finding, Fix } from "../finding.ts";
import { factsOf } from "../hardening/facts.ts";
import { addLines } from "../hardening/fixes.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import { hasCapability, numberOf } from "../rules/sandbox/rights/subject.ts";
import { directoryLines } from "./directories.ts";
import { stemOf } from "./owner.ts";
import { inValues, lineOf } from "./places.ts";

/** A port below 1024 that a command of the file listens on, as far as its options say so. */
export interface LowPort extends Span {
  readonly port: number;
  /** As ListenStream= takes it. */
  readonly listen: string;
}

/** The first one of the main command, with its place in the file; undefined where it shows none. */
export function lowPortOf(unit: Unit): LowPort | undefined {
  const [first] = ports(unit);
  const node = first && lineOf(unit, first);
  return node && { ...sourceSpan(node.value, first.from, first.to), port: first.port, listen: first.listen };
}

const LISTENS = /^--?(?:[\w.]+-)*(?:port|listen|bind|addr|address|http|https)(?:-(?:port|addr|address|on|host))?$/i;
const ELSEWHERE = /remote|peer|server-|upstream|dest|connect|target|forward|proxy|relay|backend|master|cluster|join/i;
/** What -p, which may mean much else, takes for a port. */
const WELL_KNOWN: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 69, 79, 80, 88, 110, 119, 123, 143, 161, 179, 389, 443, 465, 514, 515, 554, 587, 631, 636, 853,
  873, 990, 993, 995,
]);
/** A port of this machine: alone, or behind an address that is its own. */
const OWN_PORT =
  /^(?:(?:tcp|udp)6?:(?:\/\/)?)?(?:(|\*|0\.0\.0\.0|\[[0:]*1?\]|127(?:\.\d{1,3}){3}|localhost):)?(\d{1,4})\/?$/;

interface FoundPort extends Omit<LowPort, keyof Span> {
  readonly from: number;
  readonly to: number;
}

const portIn = remembered((text): readonly FoundPort[] => {
  if (!/(?:^|\D)\d{1,3}(?:\D|$)/.test(text)) return NONE;
  for (const { prefixes, args } of commandLineOf(text).commands) {
    if (prefixes.includes("+")) continue;
    for (const [i, { value, from, to }] of args.entries()) {
      if (value.length > 100) continue;
      const [, option = "", own = ""] = /^(--?[\w.-]+)=(.*)$/.exec(value) ?? [];
      const before = option || (args[i - 1]?.value ?? "");
      const named = (before === "-p" || LISTENS.test(before)) && !ELSEWHERE.test(before);
      const bare =
        option === "" && /^(?:\*|0\.0\.0\.0|\[::\]|(?:tcp|udp)6?)?:\d/.test(value) && !ELSEWHERE.test(before);
      const [, address = "", digits] = (named || bare ? OWN_PORT.exec(option === "" ? value : own) : undefined) ?? [];
      const port = Number(digits);
      if (port > 0 && port < 1024 && (before !== "-p" || WELL_KNOWN.has(port)))
        return [{ port, listen: listenOn(address, port), from, to }];
    }
  }
  return NONE;
});

const NONE: readonly never[] = [];
const ports = inValues("ExecStart", portIn);

/** An address that is more than "all", with the port. */
function listenOn(address: string, port: number): string {
  if (/^127\.|^localhost$/.test(address)) return `${address.replace("localhost", "127.0.0.1")}:${port}`;
  return address.endsWith("1]") ? `${address}:${port}` : `${port}`;
}

/** The advice to leave root, at the port that seems to ask for root; undefined where the command shows no such port. */
export function withoutRoot(unit: Unit, advice: Finding): Finding | undefined {
  const low = lowPortOf(unit);
  const section = hardenedSection(unit);
  if (!low || !section || !factsOf(unit).privileged || effective(unit).settings.privateUsers !== "no") return undefined;
  return {
    ...advice,
    start: low.start,
    end: low.end,
    message: `ExecStart= listens on port ${low.port}, for which a service needs no root: with CAP_NET_BIND_SERVICE any user may`,
    fixes: [...users(unit).map((it) => leaving(unit, section, ...it)), ...advice.fixes],
  };
}

type Line = readonly [line: string, risk: string];

/** Whom the service may run as: a user that systemd makes up, or one that has the name of the unit. */
function users(unit: Unit): readonly Line[] {
  const stem = stemOf(unit.path.name ?? "");
  const dynamic: Line = ["DynamicUser=yes", "files outside of its *Directory= settings are read-only: EROFS or EACCES"];
  const named: Line = [`User=${stem}`, "the user must exist, else 217/USER; files of root are closed to it: EACCES"];
  return /^[a-z_][a-z0-9_-]{0,30}$/.test(stem) && stem !== "root" ? [dynamic, named] : [dynamic];
}

function leaving(unit: Unit, section: Parameters<typeof addLines>[1], user: string, risk: string): Fix {
  const name = "CAP_NET_BIND_SERVICE";
  const { boundingSet } = effective(unit).settings;
  const bounded = mergedAssignments(unit, "Service", "CapabilityBoundingSet").length > 0;
  const bounding = bounded && hasCapability(boundingSet, numberOf(name)) ? [] : [`CapabilityBoundingSet=${name}`];
  const added = [user, `AmbientCapabilities=${name}`, ...bounding];
  const room = directoryLines(unit);
  return {
    title: `Add ${user} with AmbientCapabilities=${name}${bounding.length > 0 ? " and CapabilityBoundingSet=" : ""} (${risk})`,
    safe: false,
    sets: [...added, ...room],
    edits: () => [addLines(unit, section, [...added, ...room])],
  };
}
