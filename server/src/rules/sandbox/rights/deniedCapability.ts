import type { Fix } from "../../../findings/finding.ts";
import { hasCapability, numberOf } from "../../../security/capabilitySet.ts";
import { effective } from "../../../security/effective.ts";
import { runsAsRoot } from "../../../security/settings.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import {
  type InnerCommand,
  innerCommandsOfAll,
  innerCommandsOn,
  linesThat,
  nameOf,
} from "../../../service/userCommands.ts";
import type { Unit } from "../../../units/unit.ts";
import type { Found, Rule } from "../../rule.ts";

/** What a program of root cannot do without some capabilities. */
interface Needed {
  readonly programs: RegExp;
  /** Which arguments make it so; every call does where missing. */
  readonly args?: RegExp;
  readonly capabilities: readonly string[];
  readonly what: string;
}

/** Follows the manual pages of the programs, and for the workers what they say without: "setgid(33) failed". */
const NEEDED: readonly Needed[] = [
  {
    programs: /^(?:nginx|apache2|httpd|lighttpd|php-fpm[\d.]*|haproxy|dovecot|sshd|cron|crond|vsftpd|proftpd|squid)$/,
    capabilities: ["CAP_SETUID", "CAP_SETGID"],
    what: "its workers cannot change to their user",
  },
  { programs: /^(?:chown|chgrp)$/, capabilities: ["CAP_CHOWN"], what: "it cannot change owners" },
  {
    programs: /^(?:ip|tc|brctl|ifconfig|route)$/,
    args: /^(?:add|del|delete|set|up|down|change|replace|addbr|flush)$/,
    capabilities: ["CAP_NET_ADMIN"],
    what: "it cannot change the network",
  },
  {
    programs: /^(?:nft|ip6?tables(?:-restore)?)$/,
    capabilities: ["CAP_NET_ADMIN"],
    what: "it cannot change the firewall",
  },
  {
    programs: /^(?:tcpdump|dumpcap|tshark|arp-scan|dhclient|dhcpcd|dhcpd|udhcpc|keepalived|nmap)$/,
    capabilities: ["CAP_NET_RAW"],
    what: "it cannot open raw sockets",
  },
  { programs: /^(?:ntpdate|ntpdig|sntp|phc2sys)$/, capabilities: ["CAP_SYS_TIME"], what: "it cannot set the clock" },
  { programs: /^(?:modprobe|insmod|rmmod)$/, capabilities: ["CAP_SYS_MODULE"], what: "it cannot load modules" },
  { programs: /^u?mount$/, args: /^[^-]/, capabilities: ["CAP_SYS_ADMIN"], what: "it cannot mount" },
];

/** What a bounding set takes from programs that are known not to do without it. */
export const deniedCapability: Rule = {
  code: "sandbox/denied-capability",
  title: "Bounding set without what a program needs",
  why: "CapabilityBoundingSet= holds for root, too: a list of capabilities takes all others away. A server whose main process runs as root and whose workers have a user of their own needs CAP_SETUID and CAP_SETGID for that, and mostly CAP_CHOWN and CAP_DAC_OVERRIDE for its files; without them its workers die. Other programs are there for what one capability allows.",
  page: "capabilities(7)",
  bad: {
    text: "[Service]\nExecStart=/usr/sbin/nginx -g 'daemon off;'\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\n",
  },
  good: {
    text: "[Service]\nExecStart=/usr/sbin/nginx -g 'daemon off;'\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SETUID CAP_SETGID\n",
  },
  silent: [
    {
      text: "[Service]\nExecStart=/usr/sbin/nginx -g 'daemon off;'\nUser=www-data\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n",
    },
    { text: "[Service]\nExecStart=/usr/sbin/nginx -g 'daemon off;'\nCapabilityBoundingSet=~CAP_SYS_ADMIN\n" },
    { text: "[Service]\nExecStartPre=+/bin/chown d /srv/d\nExecStart=/usr/bin/d\nCapabilityBoundingSet=CAP_KILL\n" },
    { text: "[Service]\nExecStartPre=/sbin/ip link show\nExecStart=/usr/bin/d\nCapabilityBoundingSet=CAP_KILL\n" },
  ],
  needs: ["CapabilityBoundingSet"],
  *check(unit): Iterable<Found> {
    const node = systemService(unit) && ownLast(unit, "CapabilityBoundingSet");
    if (!node || !runsAsRoot(effective(unit).settings)) return;
    const { name, row, missing } = firstMissing(unit) ?? {};
    if (!name || !row || !missing) return;
    const without = missing.join(" and ");
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `CapabilityBoundingSet= leaves out ${without}, which ${name} needs: ${row.what}, and it fails`,
      directive: "CapabilityBoundingSet",
      fixes: adding(unit, missing),
    };
  },
};

interface Missing {
  readonly name: string;
  readonly row: Needed;
  readonly missing: readonly string[];
}

function firstMissing(unit: Unit): Missing | undefined {
  const { boundingSet } = effective(unit).settings;
  const isMissing = (it: string): boolean => !hasCapability(boundingSet, numberOf(it));
  for (const command of innerCommandsOfAll(unit, mayNeedOne)) {
    const row = command.counts ? rowOf(command) : undefined;
    const missing = row?.capabilities.filter(isMissing) ?? [];
    if (row && missing.length > 0) return { name: nameOf(command.words[0]?.value ?? ""), row, missing };
  }
  return undefined;
}

const mayNeedOne = linesThat((line) => innerCommandsOn(line).some((it) => rowOf(it) !== undefined));

const rowOf = ({ words: [program, ...args] }: Pick<InnerCommand, "words">): Needed | undefined =>
  NEEDED.find(
    (it) =>
      it.programs.test(nameOf(program?.value ?? "")) &&
      (it.args === undefined || args.some(({ value }) => it.args?.test(value))),
  );

/** A list takes more words; what removes others has none to take. */
function adding(unit: Unit, missing: readonly string[]): readonly Fix[] {
  const node = ownLast(unit, "CapabilityBoundingSet");
  if (!node || node.text.startsWith("~")) return [];
  const { end } = node.valueSpan;
  const newText = ` ${missing.join(" ")}`;
  return [{ title: `Add${newText}`, safe: false, edits: () => [{ start: end, end, newText }] }];
}
