import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { words } from "../../../service/settings.ts";
import { runsElsewhere } from "../../../service/userCommands.ts";
import { memo } from "../../../units/memo.ts";
import { mergedAssignments } from "../../../units/unit.ts";
import { removal } from "../../removal.ts";
import type { Rule } from "../../rule.ts";

/** Seen with 257: "Network is unreachable". */
export const noNetwork: Rule = {
  code: "sandbox/no-network",
  title: "Other machine out of reach with PrivateNetwork=",
  why: "PrivateNetwork= gives the service a network with a loopback interface of its own alone: no other machine can be reached, nor what listens on this one. IPAddressDeny=any with IPAddressAllow= leaves only some addresses. Not reported where the unit joins the network of another one.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStart=/usr/bin/shop --db-host 192.0.2.2\nPrivateNetwork=yes\n" },
  good: {
    text: "[Service]\nExecStart=/usr/bin/shop --db-host 192.0.2.2\nIPAddressDeny=any\nIPAddressAllow=192.0.2.2\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/shop --db-host 127.0.0.1\nPrivateNetwork=yes\n" },
    { text: "[Service]\nExecStart=/usr/bin/shop --version 192.0.2\nPrivateNetwork=yes\n" },
    {
      text: "[Unit]\nJoinsNamespaceOf=vpn.service\n[Service]\nExecStart=/usr/bin/shop --db-host 192.0.2.2\nPrivateNetwork=yes\n",
    },
  ],
  needs: ["PrivateNetwork"],
  *check(unit) {
    if (!systemService(unit)?.settings.privateNetwork) return;
    const node = ownLast(unit, "PrivateNetwork");
    if (!node || mergedAssignments(unit, "Unit", "JoinsNamespaceOf").length > 0) return;
    const other =
      otherMachine(programsOf(unit)) ??
      words(unit, "Environment")
        .map(addressIn)
        .find((it) => it !== undefined);
    if (other === undefined) return;
    yield {
      ...node.keySpan,
      severity: "info",
      message: `PrivateNetwork= leaves the service only a loopback of its own: ${other}, which the unit names, is out of reach`,
      directive: "PrivateNetwork",
      fixes: [removal(unit, "PrivateNetwork", false)],
    };
  },
};

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
  /^(?:--?)?(?:\w+[-_.])*(?:db|database|redis|mysql|pg|postgres|smtp|mqtt|ldap|remote|upstream|server|broker|master|peer)[-_.]?(?:host(?:name)?|addr(?:ess)?|server)$/i;

/** Whether a host is surely not this machine: an address, or a name with a domain. */
const isOther = (host: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)
    ? !/^(?:127\.|0\.0\.0\.0)/.test(host)
    : /^(?!localhost)[\w-]+(?:\.[\w-]+)+$/.test(host);
