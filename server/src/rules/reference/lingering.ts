import { namedIn, ownerOf } from "../../findings/named.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import type { ProgramFiles } from "../../program/files.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { memoBy } from "../../units/memo.ts";

const path = "home/alice/.config/systemd/user/sync.service";
const text = "[Service]\nExecStart=/usr/bin/sync-home\n[Install]\nWantedBy=default.target\n";
const machine = { "/etc/passwd": "alice:x:1000:1000::/home/alice:/bin/bash\n" };

/** Follows loginctl(1), enable-linger: the sign is a file that bears the name of the user. */
export const lingering: Rule = {
  code: "reference/lingering",
  title: "User service that starts with a login alone",
  why: "A user manager starts with the first login and ends with the last logout, and with it the services that default.target wants. On a machine without a desktop they are mostly meant to run from boot on, which needs lingering for the user. Reported where the unit lies in a home and the machine is at hand, or below --root.",
  page: "loginctl(1)",
  bad: { path, text, machine },
  good: { path, text, machine: { ...machine, "/var/lib/systemd/linger/alice": "" } },
  silent: [
    { path, text },
    { path, text, machine: { ...machine, "/usr/share/wayland-sessions/gnome.desktop": "" } },
    { path: "etc/systemd/user/sync.service", text, machine },
  ],
  needs: ["WantedBy"],
  *check(unit, context): Iterable<Found> {
    const files = unit.path.scope === "user" && unit.path.kind === "service" ? unit.defaults?.files : undefined;
    const owner = context && ownerOf(context);
    const user = context && OF_HOME.exec(context.path)?.[1];
    if (!files || owner === undefined || user === undefined || !isWithoutLingering(files, user)) return;
    for (const { start, end, name } of namedIn(unit, owner, "Install", "WantedBy")) {
      if (name !== "default.target") continue;
      const message = `WantedBy=default.target starts this service when ${user} logs in and stops it at the logout, as lingering is off: loginctl enable-linger ${user} keeps it running from boot on`;
      yield { start, end, severity: "info", message, directive: "WantedBy" };
    }
  },
};

const OF_HOME = /(?:^|\/)home\/([\w.-]+)\/\.config\/systemd\/user\//;

/** Whether a user of the machine has no lingering, where nobody sits at a desktop. */
const isWithoutLingering = memoBy((files: ProgramFiles, user: string): boolean => {
  if (DESKTOP.some((it) => files.look(it)) || files.look(`/var/lib/systemd/linger/${user}`)) return false;
  const users = files.read("/etc/passwd", 0, MOST_BYTES);
  return (
    users !== undefined &&
    decodeUtf8(users)
      .split("\n")
      .some((it) => it.startsWith(`${user}:`))
  );
});

const MOST_BYTES = 1_000_000;
/** Where the sessions of a desktop are, and what lets people log into them. */
const DESKTOP = ["/usr/share/xsessions", "/usr/share/wayland-sessions", "/etc/systemd/system/display-manager.service"];
