import type { Box } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import { attempt, type Outcome, type Patience } from "../trial.ts";

/** How long a daemon may take as shipped, in seconds. */
export const PATIENT: Patience = { start: 120, answer: 60 };

/** What a reboot does to /run, as lines of shell; the file /var/tmp/before names what was there before the daemon. */
export const REBOOTED = `
cd /run
for it in $(ls -A); do
  case $it in systemd|dbus|user|utmp|mount|credentials) continue;; esac
  grep -qxF "$it" /var/tmp/before || rm -rf "$it"
done
systemctl daemon-reload
systemd-tmpfiles --create --remove --boot --prefix=/run 2>/dev/null
true`;

/** Starts a daemon as it is started on a machine where it ran as shipped before: with one more drop-in, after a reboot. */
export async function startAfterReboot(box: Box, daemon: Daemon, patience: Patience, dropIn: string): Promise<Outcome> {
  await box.run(["sh", "-c", "ls -A /run > /var/tmp/before"]);
  const before = await attempt(box, daemon, PATIENT, "start");
  if (!before.works) return before;
  const { TriggeredBy = "" } = await box.show(daemon.unit, "TriggeredBy");
  // What listens for it makes its sockets again.
  const sockets = TriggeredBy.split(" ").filter((it) => it.endsWith(".socket"));
  await box.run(["systemctl", "stop", daemon.unit, ...sockets]);
  await box.put(`/etc/systemd/system/${daemon.unit}.d/50-learnt.conf`, dropIn);
  await box.run(["sh", "-c", REBOOTED]);
  if (sockets.length > 0) await box.run(["systemctl", "start", ...sockets]);
  return attempt(box, daemon, patience, "start");
}
