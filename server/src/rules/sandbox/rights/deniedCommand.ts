import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { UnitSettings } from "../../../security/settings.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { isOn } from "../../../service/settings.ts";
import { innerCommands, innerCommandsOn, linesThat, nameOf } from "../../../service/userCommands.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units/unit.ts";
import type { Rule } from "../../rule.ts";

/** What a setting takes from every command, and the commands that are for nothing else. */
export interface Denied {
  readonly directive: DirectiveName;
  readonly holds: (settings: UnitSettings) => boolean;
  readonly programs: RegExp;
  /** Which arguments make it so; every call does where missing. */
  readonly args?: RegExp;
  readonly what: string;
  /** Whether it depends on what the command is given to do. */
  readonly isLikely?: boolean;
}

/** What brings files with set-uid bits, sooner or later. */
const PACKAGES = {
  programs: /^(?:apt(?:-get|itude)?|dpkg|dnf|yum|zypper|pacman|rpm|apk|unattended-upgrades?)$/,
  args: /^(?:install|upgrade|dist-upgrade|full-upgrade|reinstall|update|distro-sync|dup|-i|-U|--install|-S\w*|add|-v)$/,
};

/** Seen with 257, each of them but those of kmod, which need /usr/lib/modules and CAP_SYS_MODULE. */
export const DENIED: readonly Denied[] = [
  {
    directive: "ProtectKernelModules",
    holds: (it) => it.protectKernelModules,
    programs: /^(?:modprobe|insmod|rmmod)$/,
    what: "loading modules",
  },
  {
    directive: "ProtectKernelTunables",
    holds: (it) => it.protectKernelTunables,
    programs: /^sysctl$/,
    args: /^(?:-w|--write|-p|--load|--system|[\w./-]+=.*)$/,
    what: "changing kernel variables",
  },
  {
    directive: "ProtectKernelLogs",
    holds: (it) => it.protectKernelLogs,
    programs: /^dmesg$/,
    what: "reading the kernel log",
  },
  {
    directive: "ProtectClock",
    holds: (it) => it.protectClock,
    programs: /^(?:date|hwclock)$/,
    args: /^(?:-s|--set|--set=.*|-w|--systohc|--hctosys)$/,
    what: "setting the clock",
  },
  {
    directive: "ProtectClock",
    holds: (it) => it.protectClock,
    programs: /^(?:ntpdate|ntpdig|sntp|phc2sys|adjtimex)$/,
    what: "setting the clock",
  },
  {
    directive: "RestrictNamespaces",
    holds: (it) => it.namespaces === 0,
    programs: /^unshare$/,
    args: /^-/,
    what: "creating namespaces",
  },
  {
    directive: "RestrictNamespaces",
    holds: (it) => it.namespaces === 0,
    programs: /^(?:bwrap|podman|buildah|runc|crun|systemd-nspawn|lxc-start|flatpak|firejail|dockerd|containerd)$/,
    what: "creating namespaces",
  },
  {
    directive: "ProtectHostname",
    holds: (it) => it.protectHostname === "yes",
    programs: /^hostname$/,
    args: /^(?:[^-]|-F|--file)/,
    what: "changing the host name",
  },
  {
    directive: "RestrictRealtime",
    holds: (it) => it.restrictRealtime,
    programs: /^chrt$/,
    args: /^(?:-[frd]|--(?:fifo|rr|deadline))$/,
    what: "realtime priority",
  },
  {
    directive: "LockPersonality",
    holds: (it) => it.lockPersonality,
    programs: /^(?:setarch|linux32|i386)$/,
    what: "changing the execution domain",
  },
  {
    directive: "RestrictSUIDSGID",
    holds: (it) => it.restrictSuidSgid,
    programs: /^chmod$/,
    args: /^(?:[ug]*\+[rwxX]*s[rwxX]*|0?[2467][0-7]{3})$/,
    what: "set-uid and set-gid bits",
  },
  {
    directive: "RestrictSUIDSGID",
    holds: (it) => it.restrictSuidSgid,
    programs: /^(?:install|mkdir)$/,
    args: /^(?:-[a-zA-Z]{0,8}m ?|--mode[= ])(?:[^ ]{0,20}\+[rwxX]{0,4}s[rwxX]{0,4}|0?[2467][0-7]{3})$/,
    what: "set-uid and set-gid bits",
  },
  {
    directive: "RestrictSUIDSGID",
    holds: (it) => it.restrictSuidSgid,
    ...PACKAGES,
    what: "set-uid and set-gid bits, which files of packages such as sudo have",
    isLikely: true,
  },
  {
    directive: "PrivateUsers",
    holds: (it) => it.privateUsers === "yes" || it.privateUsers === "self",
    programs: /^(?:chown|chgrp)$/,
    what: "changing owners, as root has no rights over files of others in a user namespace of its own",
  },
  {
    directive: "PrivateUsers",
    holds: (it) => it.privateUsers !== "no",
    programs: /^(?:u?mount|losetup|swapon|sysctl)$/,
    args: /^(?:[^-]|-[ap]|--(?:all|load|system))/,
    what: "what needs rights on the host, as root has none outside a user namespace of its own",
  },
];

/** Follows what each setting denies to every process of the unit, of root too. */
export const deniedCommand: Rule = {
  code: "sandbox/denied-command",
  title: "Command that the sandbox denies",
  why: "A setting such as ProtectKernelModules= holds for all commands of the unit, ExecStartPre= included and whoever runs them: a command that is there for just what the setting denies fails. With the prefix + it runs outside the sandbox, and a module can be loaded before with modprobe@.service or modules-load.d.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStartPre=/sbin/modprobe tun\nExecStart=/usr/bin/d\nProtectKernelModules=yes\n" },
  good: {
    text: "[Unit]\nWants=modprobe@tun.service\nAfter=modprobe@tun.service\n[Service]\nExecStart=/usr/bin/d\nProtectKernelModules=yes\n",
  },
  silent: [
    { text: "[Service]\nExecStartPre=+/sbin/modprobe tun\nExecStart=/usr/bin/d\nProtectKernelModules=yes\n" },
    { text: "[Service]\nExecStartPre=/sbin/modprobe tun\nExecStart=/usr/bin/d\nProtectKernelModules=no\n" },
    { text: "[Service]\nExecStart=/sbin/sysctl kernel.hostname\nProtectKernelTunables=yes\n" },
    { text: "[Service]\nExecStart=/bin/date +%%s\nProtectClock=yes\n" },
    { text: "[Service]\nExecStart=/bin/sh -c '! unshare -n true'\nRestrictNamespaces=yes\n" },
    { text: "[Service]\nExecStart=/usr/bin/unshare -n /usr/bin/d\nRestrictNamespaces=net\n" },
    { text: "[Service]\nExecStartPre=/bin/install -d -m 0755 /run/2755\nExecStart=/bin/d\nRestrictSUIDSGID=yes\n" },
    { text: "[Service]\nExecStartPre=/bin/mkdir -p -m 1777 /run/d\nExecStart=/usr/bin/d\nRestrictSUIDSGID=yes\n" },
  ],
  *check(unit) {
    const subject = systemService(unit);
    const rows = subject ? DENIED.filter((it) => it.holds(subject.settings)) : [];
    if (rows.length === 0) return;
    for (const { setting, node, prefixes, counts, words } of innerCommands(unit, mayBeDenied)) {
      const [program, ...args] = words;
      const name = program && nameOf(program.value);
      const row =
        name &&
        rows.find(
          (it) =>
            it.programs.test(name) &&
            isMeant(
              it,
              args.map((word) => word.value),
            ),
        );
      if (!row || !program) continue;
      yield {
        ...sourceSpan(node.value, program.from, program.to),
        severity: counts && !row.isLikely ? "warning" : "info",
        message: `${setting}= runs ${name}, and ${causeOf(unit, row)} denies ${row.what}: the command fails${row.isLikely ? " where it needs them" : ""}`,
        directive: setting,
        fixes: outside(node, prefixes, program.from),
      };
    }
  },
};

/** A preparation may run outside the sandbox, as root. */
function outside({ key, valueSpan: { start } }: Assignment, prefixes: string, from: number): readonly Fix[] {
  if (key === "ExecStart" || prefixes !== "" || from > 0) return [];
  const edits = () => [{ start, end: start, newText: "+" }];
  return [{ title: `Change to ${key}=+, outside the sandbox`, safe: false, edits }];
}

const mayBeDenied = linesThat((line) =>
  innerCommandsOn(line).some(({ words: [program] }) =>
    DENIED.some(({ programs }) => programs.test(nameOf(program?.value ?? ""))),
  ),
);

/** Whether one of the arguments makes it so, or an option with the word after it. */
export const isMeant = ({ args: meant }: Pick<Denied, "args">, args: readonly string[]): boolean =>
  meant === undefined || args.some((it, i) => meant.test(it) || meant.test(`${it} ${args[i + 1] ?? ""}`));

const causeOf = (unit: Unit, { directive }: Denied): string =>
  directive === "RestrictSUIDSGID" && !isOn(unit, directive) ? "DynamicUser=" : `${directive}=`;
