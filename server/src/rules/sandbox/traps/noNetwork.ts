import { insertAfter } from "../../../findings/edits.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { isResetBehind, ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { words } from "../../../service/settings.ts";
import { runsElsewhere } from "../../../service/userCommands.ts";
import { memo } from "../../../units/memo.ts";
import { mergedAssignments, ownFile, type Unit } from "../../../units/unit.ts";
import { removal } from "../../removal.ts";

/** Seen with 257: "Network is unreachable". */
export const noNetwork: Rule = {
  code: "sandbox/no-network",
  needs: ["PrivateNetwork", "IPAddressDeny"],
  *check(unit) {
    const { settings } = systemService(unit) ?? {};
    const other = settings && remotePeer(unit);
    if (other === undefined) return;
    if (settings?.privateNetwork) yield* ofLoopback(unit, other);
    else if (settings?.ipDeny.allV4 && settings.ipDeny.allV6 && settings.ipAllow.remote === 0)
      yield* ofList(unit, other);
  },
};

function* ofLoopback(unit: Unit, other: string): Iterable<Found> {
  const node = ownLast(unit, "PrivateNetwork");
  if (!node || mergedAssignments(unit, "Unit", "JoinsNamespaceOf").length > 0) return;
  yield {
    ...node.keySpan,
    severity: "info",
    message: `PrivateNetwork= leaves the service only a loopback of its own: ${other}, which the unit names, is out of reach`,
    directive: "PrivateNetwork",
    fixes: [removal(unit, "PrivateNetwork", false)],
  };
}

/** A slice may allow more, and a proxy may lead there. */
function* ofList(unit: Unit, other: string): Iterable<Found> {
  const node = ownLast(unit, "IPAddressDeny");
  if (!node || mergedAssignments(unit, "Service", "Slice").length > 0) return;
  const line = `IPAddressAllow=${other}`;
  const edits = () => [insertAfter(ownFile(unit), node, [line])];
  const isAddress = /^[\d.]+$/.test(other) && !isResetBehind(unit, "IPAddressAllow", node);
  yield {
    ...node.valueSpan,
    severity: "info",
    message: `IPAddressDeny= drops all packets to ${other}, which the unit names: IPAddressAllow= allows no other machine, nor the servers that resolve names`,
    directive: "IPAddressDeny",
    fixes: isAddress ? [{ title: `Add ${line}`, safe: false, sets: [line], edits }] : [],
  };
}

/** Another machine that the commands or variables of a unit name. */
export const remotePeer = (unit: Unit): string | undefined =>
  otherMachine(programsOf(unit)) ??
  words(unit, "Environment")
    .map(addressIn)
    .find((it) => it !== undefined);

/** The first other machine that a command names. */
const otherMachine = memo((programs: readonly Program[]): string | undefined => {
  for (const { path, args, setting } of programs) {
    if (setting === "ExecReload" || runsElsewhere([path])) continue;
    for (const [i, word] of args.entries()) {
      const found = addressIn(word) ?? hostAfter(args[i - 1] ?? "", word);
      if (found !== undefined) return found;
    }
  }
  return undefined;
});

/** The host of a URL or of `--host=…`. */
function addressIn(word: string): string | undefined {
  if (word.length > MAX_WORD) return undefined;
  const host = URL_HOST.exec(word)?.[1];
  if (host !== undefined) return isOther(host) ? host : undefined;
  const [, option = "", value = ""] = /^([\w.-]+)=(.+)$/.exec(word) ?? [];
  return hostAfter(option, value);
}

const MAX_WORD = 500;
const URL_HOST =
  /\b(?:https?|wss?|postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mqtts?|ldaps?|smtps?|nats|tcp):\/\/(?:[^@/\s]*@)?([\w.-]+)/i;

/** A value of an option that names another machine. */
function hostAfter(option: string, value: string): string | undefined {
  const host = OTHER_HOST.test(option) ? /^([\w.-]+)(?::\d{1,5})?$/.exec(value)?.[1] : undefined;
  return host !== undefined && isOther(host) ? host : undefined;
}

const OTHER_HOST =
  /^(?:--?)?(?:[\w.-]*[-_.])?(?:db|database|redis|mysql|pg|postgres|smtp|mqtt|ldap|remote|upstream|server|broker|master|peer)[-_.]?(?:host(?:name)?|addr(?:ess)?|server)$/i;

/** Whether a host is surely not this machine: an address, or a name with a domain. */
const isOther = (host: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)
    ? !/^(?:127\.|0\.0\.0\.0)/.test(host)
    : /^(?!localhost)[\w-]+(?:\.[\w-]+)+$/.test(host);
