import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Rule } from "../../../findings/rule.ts";
import { letsThrough } from "../../../security/callSet.ts";
import { capabilitiesOf, overlap } from "../../../security/capabilitySet.ts";
import { effective } from "../../../security/effective.ts";
import { runsAsRoot } from "../../../security/settings.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { namesRunBy } from "../../../service/programNames.ts";
import { isOn } from "../../../service/settings.ts";
import { FILTERS, filterIn } from "../../../service/setUidLost.ts";
import type { CommandWord } from "../../../service/shellLine.ts";
import { baseNameOf, innerCommandsOn, linesThat, userCommands } from "../../../service/userCommands.ts";
import { USER_NAMESPACE_SETTINGS, userNamespaceBy } from "../../../service/userNamespace.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Unit } from "../../../units/unit.ts";

/** Seen with 257: su and a set-uid copy of id keep the user of the service. */
export const setUid: Rule = {
  code: "sandbox/set-uid",
  title: "Set-uid program with NoNewPrivileges=",
  why: "With NoNewPrivileges=, which DynamicUser= implies, programs such as sudo and su run as the user of the service, although they belong to root and have the set-uid bit: they cannot do what they are called for. Mail is put into the queue by a set-gid program, too, so that sendmail fails; a program that speaks SMTP itself does not need that. With User=, a filter that denies capset(2), as ~@privileged does, has the same effect, as systemd needs that call to change the user after it has loaded the filter. In a user unit each filter of system calls does, and settings such as PrivateTmp= bring a user namespace, in which there is no root that they could become. A command with the prefix + runs as root, and so does a unit of its own that this one requires.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStart=/usr/bin/sudo /usr/sbin/d\nUser=d\nNoNewPrivileges=yes\n" },
  good: { text: "[Service]\nExecStart=/usr/bin/su -c /usr/sbin/d e\nUser=d\n" },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/msmtp-queue\nUser=d\nNoNewPrivileges=yes\n" },
    { text: "[Service]\nExecStart=/usr/sbin/exim4 -bd -q30m\nUser=d\nNoNewPrivileges=yes\n" },
    { text: "[Service]\nExecStart=/usr/bin/sudo -u d /usr/sbin/d\nNoNewPrivileges=yes\n" },
    { text: "[Service]\nExecStart=/usr/bin/d --run-as sudo\nUser=d\nNoNewPrivileges=yes\n" },
    { text: "[Service]\nExecStartPre=+/usr/bin/sudo -n true\nExecStart=/usr/bin/d\nUser=d\nNoNewPrivileges=yes\n" },
    { text: "[Service]\nExecStart=/usr/bin/sudo /usr/sbin/d\nUser=d\nSystemCallFilter=@system-service\n" },
    {
      text: "[Service]\nExecStart=/usr/bin/sudo /usr/sbin/d\nUser=d\nSystemCallFilter=~@privileged\nSystemCallFilter=capset\n",
    },
    { text: "[Service]\nExecStart=/usr/bin/sudo /usr/sbin/d\nSystemCallFilter=~@privileged\n" },
    { path: "/etc/systemd/user/x.service", text: "[Service]\nExecStart=/usr/bin/sudo /usr/sbin/d\nUMask=0077\n" },
    {
      path: "/etc/systemd/user/x.service",
      text: "[Service]\nExecStart=/usr/bin/sudo /usr/sbin/d\nPrivateTmp=no\nMountFlags=slave\nProtectProc=invisible\n",
    },
    { text: "[Service]\nExecStart=/usr/bin/sudo /usr/sbin/d\nUser=d\nPrivateTmp=yes\n" },
  ],
  needs: ["NoNewPrivileges", "DynamicUser", ...FILTERS, ...USER_NAMESPACE_SETTINGS],
  *check(unit) {
    const by = noNewPrivilegesBy(unit);
    const space = by === undefined && unit.path.scope === "user" ? namespaceBy(unit) : undefined;
    if (by === undefined && space === undefined) return;
    const why = space === undefined ? `${by}= keeps` : `the user namespace of ${space}= keeps`;
    for (const { setting, node, counts, words } of userCommands(unit, runsSetUid)) {
      const found = setUidProgram(words) ?? mailer(words);
      if (!found) continue;
      const { from, to, value } = found;
      const name = baseNameOf(value);
      yield {
        ...sourceSpan(node.value, from, to),
        severity: counts && !MAILERS.has(name) ? "warning" : "info",
        message: MAILERS.has(name)
          ? `${setting}= runs ${name}, which ${why} from its set-gid group where Postfix or Exim handles mail: it cannot put mail into the queue`
          : `${setting}= runs ${name}, which ${why} from becoming root: it fails`,
        directive: setting,
      };
    }
  },
};

/** Seen with 257, each of them: a user manager puts the service into a user namespace for their sake, without root in it. */
function namespaceBy(unit: Unit): DirectiveName | undefined {
  const subject = loadedUnit(unit);
  return subject && userNamespaceBy(subject);
}

/** Programs that do nothing for other users unless their set-uid bit counts. */
const SET_UID: ReadonlySet<string> = new Set(
  "sudo sudoedit su doas pkexec newgrp gpasswd chfn chsh fusermount fusermount3".split(" "),
);

/** The first of them that a command runs, by itself or by way of env and the like. */
function setUidProgram(words: readonly CommandWord[]): CommandWord | undefined {
  const found = words.find((it) => SET_UID.has(baseNameOf(it.value)));
  if (!found) return undefined;
  const { names } = namesRunBy(words.map((it) => it.value));
  return names.includes(baseNameOf(found.value)) ? found : undefined;
}

/** What hands mail to the queue of the machine, to which a set-gid or set-uid program has the key (postdrop, exim4). */
const MAILERS: ReadonlySet<string> = new Set("sendmail mail mailx s-nail bsd-mailx postdrop exim exim4".split(" "));

/** A command that is one of them, and no server. */
const mailer = ([program, ...args]: readonly CommandWord[]): CommandWord | undefined =>
  program && MAILERS.has(baseNameOf(program.value)) && !args.some(({ value }) => /^-b[dsp]|^-q/.test(value))
    ? program
    : undefined;

const runsSetUid = linesThat((line) =>
  innerCommandsOn(line).some(({ words }) => (setUidProgram(words) ?? mailer(words)) !== undefined),
);

const RIGHTS = capabilitiesOf("CAP_SETUID", "CAP_SETGID", "CAP_SYS_ADMIN");

/** The setting that keeps programs from gaining rights; undefined where none does, or where the service has such rights itself. */
function noNewPrivilegesBy(unit: Unit): DirectiveName | undefined {
  const { noNewPrivileges, dynamicUser, ambientSet } = effective(unit).settings;
  if (overlap(ambientSet, RIGHTS)) return undefined;
  if (noNewPrivileges) return dynamicUser && !isOn(unit, "NoNewPrivileges") ? "DynamicUser" : "NoNewPrivileges";
  if (unit.path.scope === "system") return deniesCapset(unit) ? "SystemCallFilter" : undefined;
  return filterIn(unit);
}

/** Seen with 257: to change to User= after it has loaded a filter, systemd needs capset(), and sets no_new_privs where that is denied. */
function deniesCapset(unit: Unit): boolean {
  const { settings } = effective(unit);
  return !runsAsRoot(settings) && !letsThrough(settings.systemCalls, "capset", unit.version);
}
