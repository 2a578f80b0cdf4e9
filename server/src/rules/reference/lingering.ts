import { namedIn, ownerOf } from "../../findings/named.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import type { ProgramFiles } from "../../program/files.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { memoBy } from "../../units/memo.ts";

/** Follows loginctl(1), enable-linger: the sign is a file that bears the name of the user. */
export const lingering: Rule = {
  code: "reference/lingering",
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
