import { addressFamily } from "../../../facts/addressFamilies.ts";
import { NOTIFY_SOCKET, notifyHiddenBy } from "../../../service/effective.ts";
import { programsOf } from "../../../service/program.ts";
import { setting } from "../../../service/settings.ts";
import { isOwn, type Subject, systemService } from "../../../service/subject.ts";
import type { Unit } from "../../../units/unit.ts";
import type { Rule } from "../../rule.ts";

const UNIX = addressFamily("AF_UNIX") ?? 1;

/** Seen with 257: systemd-notify cannot open its socket, or does not find that of systemd. */
export const notifyUnreachable: Rule = {
  code: "sandbox/notify-unreachable",
  title: "Service that cannot say that it is ready",
  why: "A service of Type=notify says over the socket /run/systemd/notify that it is ready, one of Type=dbus over the bus: both need AF_UNIX, and the socket has to be there. Where it is not, systemd waits in vain and the start fails.",
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
  *check(unit) {
    const subject = systemService(unit);
    const said = subject && setting(unit, "Type");
    if (!subject || !said || !isOwn(subject, said.node)) return;
    const notifies = said.value === "notify" || said.value === "notify-reload";
    if (!notifies && said.value !== "dbus") return;
    if (!programsOf(unit).some((it) => it.setting === "ExecStart")) return;
    const why = deniesUnix(subject)
      ? "RestrictAddressFamilies= leaves out AF_UNIX"
      : notifies
        ? hidesSocket(unit)
        : undefined;
    if (why === undefined) return;
    yield {
      ...said.node.valueSpan,
      severity: "warning",
      message: `Type=${said.node.text} waits for word from the service that cannot come: ${why}`,
      directive: "Type",
    };
  },
};

function deniesUnix({ settings: { addressFamilies } }: Subject): boolean {
  const { allow, members } = addressFamilies;
  if (members === undefined) return allow;
  return members.has(UNIX) !== allow;
}

function hidesSocket(unit: Unit): string | undefined {
  const cover = notifyHiddenBy(unit);
  return cover && `${cover.setting} hides ${NOTIFY_SOCKET}`;
}
