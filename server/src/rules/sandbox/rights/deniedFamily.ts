import { addressFamily } from "../../../facts/addressFamilies.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { takesSockets } from "../../../hardening/networkUse.ts";
import { isOwn, ownLast } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { listenedPorts } from "../../../service/ports.ts";
import { programsOf } from "../../../service/program.ts";
import { setting, textOf, words } from "../../../service/settings.ts";
import type { Unit } from "../../../units/unit.ts";
import { remotePeer } from "../traps/noNetwork.ts";
import { deniesFamily } from "../traps/notify.ts";

/** What a unit names of a family of addresses. */
interface Use {
  readonly family: "AF_UNIX" | "AF_INET" | "AF_NETLINK";
  readonly what: string;
}

/** Seen with 257: EAFNOSUPPORT in the program, and a watchdog that nobody can keep quiet. */
export const deniedFamily: Rule = {
  code: "sandbox/denied-family",
  needs: ["RestrictAddressFamilies"],
  *check(unit): Iterable<Found> {
    const subject = unit.path.kind === "service" ? loadedUnit(unit) : undefined;
    const node = subject && ownLast(unit, "RestrictAddressFamilies");
    if (!node || !isOwn(unit, node)) return;
    const isDenied = ({ family }: Use): boolean =>
      deniesFamily(subject, numberOf(family)) && (family !== "AF_INET" || deniesFamily(subject, numberOf("AF_INET6")));
    const use = usesOf(unit).find(isDenied);
    if (!use) return;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `RestrictAddressFamilies= leaves out ${use.family}, which ${use.what} needs: socket() fails with EAFNOSUPPORT`,
      directive: "RestrictAddressFamilies",
      fixes: adding(node.text, node.valueSpan.end, use.family),
    };
  },
};

const numberOf = (family: Use["family"] | "AF_INET6"): number => addressFamily(family) ?? -1;

/** A list takes one more word; of `~` and `none` no line can be added to. */
function adding(value: string, end: number, family: string): readonly Fix[] {
  if (/^~|^none$/.test(value)) return [];
  return [{ title: `Add ${family}`, safe: false, edits: () => [{ start: end, end, newText: ` ${family}` }] }];
}

/** What commands and variables name, and what systemd is told over a socket. */
function* usesIn(unit: Unit): Iterable<Use> {
  const watchdog = textOf(unit, "WatchdogSec");
  if (watchdog !== undefined && !/^(?:0|infinity)\b/.test(watchdog) && setting(unit, "Type")?.value !== "notify")
    yield { family: "AF_UNIX", what: "the notification for WatchdogSec=" };
  for (const word of programsOf(unit).flatMap((it) => (it.setting === "ExecStart" ? it.args : []))) yield* useOf(word);
  for (const word of words(unit, "Environment")) yield* useOf(word);
  const [listened] = takesSockets(unit) ? [] : listenedPorts(programsOf(unit));
  if (listened) yield { family: "AF_INET", what: `port ${listened.port} of ${listened.option}` };
  const host = remotePeer(unit);
  if (host !== undefined) yield { family: "AF_INET", what: `the connection to ${host}` };
  const tool = programsOf(unit)
    .flatMap((it) => it.names)
    .find((it) => NETLINK.test(it));
  if (tool !== undefined) yield { family: "AF_NETLINK", what: tool };
}

/** Programs that set up the network over netlink alone. */
const NETLINK = /^(?:ip|bridge|tc|nft|iptables|wg|wg-quick|ipset|iw|hostapd|wpa_supplicant|keepalived|ss)$/;

const usesOf = (unit: Unit): readonly Use[] => [...usesIn(unit)];

function* useOf(word: string): Iterable<Use> {
  const socket = word.length > MAX_WORD ? undefined : (SOCKET.exec(word)?.[1] ?? SOCKET_URL.exec(word)?.[1]);
  if (socket !== undefined) yield { family: "AF_UNIX", what: socket };
}

const MAX_WORD = 500;
/** A path that is a socket by its name. */
const SOCKET = /(?:^|[=:])(\/(?:var\/)?(?:run|tmp)\/[^\s:,;]*(?:\.sock(?:et)?|\.s\.PGSQL\.\d+|\/socket))$/;
/** A URL of one. */
const SOCKET_URL = /(?:^|=)((?:unix|unixgram|http\+unix|redis\+unix|fd\+unix):\/{0,3}\/[^\s]+)$/;
