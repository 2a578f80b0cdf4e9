import type { Box } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import { attempt, type Outcome, type Patience } from "../trial.ts";

/** How long a daemon may take as shipped, in seconds. */
export const PATIENT: Patience = { start: 120, answer: 60 };

/** Names what lay below /run before the daemon. */
const BEFORE = "/var/tmp/before";

/** Takes the rest away from /run, and makes again what the boot makes, as lines of shell. */
const EMPTY_RUN = `
cd /run
for it in $(ls -A); do
  case $it in systemd|dbus|user|utmp|mount|credentials) continue;; esac
  grep -qxF "$it" ${BEFORE} || rm -rf "$it"
done
systemctl daemon-reload
systemd-tmpfiles --create --remove --boot --prefix=/run 2>/dev/null
true`;

/** Starts a daemon as it is started on a machine where it ran as shipped before: with one more drop-in, after a reboot. */
export async function startAfterReboot(box: Box, daemon: Daemon, patience: Patience, dropIn: string): Promise<Outcome> {
  await noteRun(box);
  const before = await attempt(box, daemon, PATIENT, "start");
  if (!before.works) return before;
  await box.put(`/etc/systemd/system/${daemon.unit}.d/50-learnt.conf`, dropIn);
  await reboot(box, daemon.unit);
  return attempt(box, daemon, patience, "start");
}

/** Notes what lies below /run before a daemon has run, which {@link reboot} leaves there. */
export async function noteRun(box: Box): Promise<void> {
  await box.run(["sh", "-c", `ls -A /run > ${BEFORE}`]);
}

/** Does what a reboot does to a daemon: it and the sockets that start it stop, /run is empty, and the sockets listen again. */
export async function reboot(box: Box, unit: string): Promise<void> {
  const { TriggeredBy = "" } = await box.show(unit, "TriggeredBy");
  const sockets = TriggeredBy.split(" ").filter((it) => it.endsWith(".socket"));
  await box.run(["systemctl", "stop", unit, ...sockets]);
  await box.run(["sh", "-c", EMPTY_RUN]);
  await box.run(["systemctl", "reset-failed", unit, ...sockets]);
  if (sockets.length > 0) await box.run(["systemctl", "start", ...sockets]);
}
