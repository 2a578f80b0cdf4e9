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
