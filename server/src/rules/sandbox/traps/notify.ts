import { addressFamily } from "../../../facts/addressFamilies.ts";
import type { Rule } from "../../../findings/rule.ts";
import { NOTIFY_SOCKET, notifyHiddenBy } from "../../../service/effective.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { type LoadedUnit, systemService } from "../../../service/loadedUnit.ts";
import { programsOf } from "../../../service/program.ts";
import { setting } from "../../../service/settings.ts";
import type { Unit } from "../../../units/unit.ts";

const UNIX = addressFamily("AF_UNIX") ?? 1;

/** Seen with 257: systemd-notify cannot open its socket, or does not find that of systemd. */
export const notifyUnreachable: Rule = {
  code: "sandbox/notify-unreachable",
  title: "Readiness notification that cannot arrive",
  why: "A service of Type=notify reports that it is ready over the socket /run/systemd/notify, one of Type=dbus over D-Bus: both need AF_UNIX and access to the socket. Otherwise systemd waits until the start times out.",
  page: "systemd.service(5)",
  bad: {
    text: "[Service]\nType=notify\nExecStart=/usr/sbin/d\nRestrictAddressFamilies=AF_INET AF_INET6\nSystemCallArchitectures=native\n",
  },
  good: {
    text: "[Service]\nType=notify\nExecStart=/usr/sbin/d\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\nSystemCallArchitectures=native\n",
  },
  silent: [
    {
      text: "[Service]\nType=exec\nExecStart=/usr/sbin/d\nRestrictAddressFamilies=AF_INET AF_INET6\nSystemCallArchitectures=native\n",
    },
    {
      text: "[Service]\nType=notify\nExecStart=/usr/sbin/d\nRestrictAddressFamilies=~AF_PACKET\nSystemCallArchitectures=native\n",
    },
    {
      text: "[Service]\nType=notify\nExecStart=/usr/sbin/d\nTemporaryFileSystem=/run\nBindReadOnlyPaths=/run/systemd/notify\n",
    },
  ],
  needs: ["Type"],
  *check(unit) {
    const subject = systemService(unit);
    const type = subject && setting(unit, "Type");
    if (!subject || !type || !isOwn(unit, type.node)) return;
    const notifies = type.value === "notify" || type.value === "notify-reload";
    if (!notifies && type.value !== "dbus") return;
    if (!programsOf(unit).some((it) => it.setting === "ExecStart")) return;
    const why = deniesUnix(subject)
      ? "RestrictAddressFamilies= leaves out AF_UNIX"
      : notifies
        ? hidesSocket(unit)
        : undefined;
    if (why === undefined) return;
    yield {
      ...type.node.valueSpan,
      severity: "warning",
      message: `Type=${type.node.text} never becomes ready, as the readiness notification can never arrive: ${why}`,
      directive: "Type",
    };
  },
};

const deniesUnix = (subject: LoadedUnit): boolean => deniesFamily(subject, UNIX);

/** Whether RestrictAddressFamilies= denies a family, by its number. */
export function deniesFamily({ settings: { addressFamilies } }: LoadedUnit, family: number): boolean {
  const { allow, members } = addressFamilies;
  if (members === undefined) return allow;
  return members.has(family) !== allow;
}

function hidesSocket(unit: Unit): string | undefined {
  const cover = notifyHiddenBy(unit);
  return cover && `${cover.setting} hides ${NOTIFY_SOCKET}`;
}
