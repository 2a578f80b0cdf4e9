import { rows as LEFT_OUT } from "../data/measured/left-out.json";
import { measuredDaemons } from "../server/src/hardening/measured.ts";
import type { MeasuredDaemon } from "../server/src/hardening/measuredDaemon.ts";
import { ASKED, daemonName, dropInPath, measuredDropIn } from "../server/src/hardening/measuredDropIn.ts";
import { table } from "./markdown.ts";

export const DAEMON_PAGES = "docs/daemons";

/** A page for each measured daemon by its path, and the one that lists them. */
export function daemonPages(): ReadonlyMap<string, string> {
  const all = measuredDaemons();
  const pages = all.map((it): [string, string] => [`${DAEMON_PAGES}/${daemonName(it)}.md`, daemonPage(it)]);
  return new Map([...pages, [`${DAEMON_PAGES}/README.md`, listPage(all)]]);
}

/** The drop-in that was proven of a daemon, and what was not. */
function daemonPage(daemon: MeasuredDaemon): string {
  const { unit, exposure, refused } = daemon;
  const against = Object.entries(refused).map(([setting, why]) => `\`${setting}=\` (${escaped(why)})`);
  return `# ${unit}

Exposure ${exposure.join(" → ")} with \`${dropInPath(daemon)}\`, which \`unit-warden harden --for ${daemonName(daemon)}\` prints ([all daemons](README.md)):

\`\`\`ini
${measuredDropIn(daemon)}\`\`\`
${against.length > 0 ? `\nLeft out, as a run speaks against it: ${against.join(", ")}.\n` : ""}`;
}

const escaped = (text: string): string => text.replaceAll("`", "'").replace(/[|<>*_[\]]/g, "\\$&");

/** All measured daemons with links to their pages, and the reasons why others are not among them. */
function listPage(all: readonly MeasuredDaemon[]): string {
  const rows = all
    .toSorted((a, b) => (a.unit < b.unit ? -1 : 1))
    .map((it) => [
      `[${it.unit}](${daemonName(it)}.md)`,
      `${it.package} ${it.version}`,
      it.exposure.join(" → "),
      `${it.settings.length}`,
      ASKED[it.asked],
    ]);
  const reasons = new Map<string, number>();
  for (const { reason } of LEFT_OUT) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const left = [...reasons].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([why, n]) => [`${n}`, why]);
  const count = (asked: string): number => all.filter((it) => it.asked === asked).length;
  return `<!-- These pages are made by \`npm run docs\` from data/measured/; \`npm run measure\` measures. -->

# Measured daemons

${all.length} daemons of Debian were installed from their packages, started for the first time by systemd 257 with the units that
these ship, observed while they were asked, and started again with all the settings that the run spoke for; what failed then was taken
back. Last, each was tried twice more with what was left: on a machine where it never ran, and after a reboot of one where it ran as
shipped; it had to start, answer, reload, answer, restart and answer. ${count("question")} were asked a question of their own, such as a page, a
name or a query; ${count("answer")} answered what every server is asked: a connection, \`GET /\`, a ping over D-Bus; and ${count("start")} were only seen to
start and stay.

The profile \`strict\` of "Harden this service" uses what was measured:

- Where the unit runs the same commands as the same user, whatever its sandbox, a setting is called *measured*. Where nothing but the start
  was tried, it is *shown*, and nothing is added that the kind of the program does not bear.
- Where the daemon answered a question of its own, what was measured also goes where the kind of the program bears nothing else. But what
  people connect, share or run with a program no run of it shows: printers, home directories, scripts and backups stay reachable.
- Where the unit has other commands, but the same program, name and user, settings about paths, calls, capabilities and addresses are
  left out, and others are *shown*.
- What a run speaks against is not added.

The page of a daemon has the drop-in that was proven of it; \`unit-warden harden --for NAME\` prints it where there is no unit yet.
A daemon that is configured in another way than by its package may need more: \`unit-warden learn\` and \`unit-warden try\` tell of your own
machine.

${table(["unit", "package", "exposure", "settings", "asked"], rows)}

## Not measured

So many others were tried.

${table(["services", "why not"], left)}
`;
}
