import type { Daemon } from "../daemon.ts";
import { failure } from "../report.ts";
import { type Cost, ratio } from "./cost.ts";
import type { LearnReport, Tried } from "./learnDaemon.ts";
import { learnMedians, tallyLearnt } from "./learnReport.ts";

/** The page of the documentation. */
export function learnPageOf(
  reports: readonly LearnReport[],
  { daemons, costs, system }: { daemons: readonly Daemon[]; costs: readonly Cost[]; system: string },
): string {
  const it = tallyLearnt(reports);
  const [shipped, basic, strict, learnt, user] = learnMedians(reports);
  return `# Learnt daemons

Made by \`npm run proving-ground -- --learn --unseen --cost\` on ${new Date().toISOString().slice(0, 10)}: what learning knows since then is not in it. Each daemon of the [proving ground](../docs/proving-ground.md) is installed
from its package, started by ${system} with the unit that its package ships, and learnt by
\`unit-warden learn UNIT --exercise CMD --verify --write\`, where the command asks it what the proving ground asks. What is written is
then tried in a fresh copy of the machine on which the daemon ran as shipped, after what a reboot does to \`/run\`: it has to
start, answer, reload, answer, restart and answer. A daemon that starts as root and could start as its own user is learnt once more
\`--with user\`.

| | |
| --- | --- |
| daemons | ${reports.length} |
| not learnt, with the reason | ${it.refused.length} |
| learnt and proven | ${it.learnt.length} |
| work under what was learnt | ${it.works} of ${it.learnt.length} |
| proven with a user of their own | ${it.withUser.length}, of which ${it.userWorks} work |

| median exposure of those that are learnt | as shipped | basic | strict | learnt | with \`User=\` |
| --- | --- | --- | --- | --- | --- |
| | ${shipped} | ${basic} | ${strict} | ${learnt} | ${user} |

The last column counts the user where it was proven, and what was learnt else.

## Every daemon

Exposure levels are those of \`systemd-analyze security\`. Runs are those of the proof: one, where all held at once.

| unit | as shipped | basic | strict | learnt | runs | with \`User=\` | what was refused |
| --- | --- | --- | --- | --- | --- | --- | --- |
${reports.map(rowOf).join("\n")}

## What was not exercised

What a run does not show may break. ${unseenText(reports)}

${unseenTable(reports)}
## What learning cannot know

- **The first start on a new machine.** Many daemons make their directories then, and give them to a user. What they would have made
  again is kept writable, and \`CAP_CHOWN\` with it; scripts that only look whether a directory is there leave no such trace. Learn such a
  service on a new machine too, and merge both.
- **Another feature.** Settings that switch something on, such as another kind of listener, may need a capability or a path more: the CGI
  module of apache2 binds a socket as root in a directory of another user (\`CAP_DAC_OVERRIDE\`), and a cache of ntfy lies in a directory
  that is made for it later. Learn again after such a change: runs add up.
- **Programs that others bring.** Plug-ins, hooks and jobs of users are not those of the run. Services that exist to run them are refused as a
  whole.

## What it costs

The load ran in the same minute without observation, while the service was learnt, and while it was proven, when every call is stopped
at; medians of three rounds, as parts of the rate without. A service whose unit has filters of its own is observed like a proof where
\`--verify\` follows.

| | learnt | proven |
| --- | --- | --- |
${costs.map((cost) => `| ${cost.what} | ${ratio(cost.observed, cost.without)} | ${ratio(cost.proven, cost.without)} |`).join("\n")}
${daemons.length === reports.length ? "" : "\nNot all daemons are here.\n"}`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function rowOf(report: LearnReport): string {
  const { unit, shipped, basic, strict, call, learnt, userCall, withUser } = report;
  const state = (it: Tried): string => `${it.exposure}${it.outcome.works ? "" : ` **broken**: ${failure(it.outcome)}`}`;
  const why = whyNot(report);
  const user = withUser ? state(withUser) : userCall ? "does not hold" : (userRefusal(report) ?? "");
  const before = [unit, shipped?.exposure ?? "", basic ?? "", strict ?? ""];
  const after = why === undefined && learnt ? [state(learnt), String(call?.runs ?? ""), user] : ["not learnt", "", ""];
  return `| ${[...before, ...after, why ?? refusedIn(report)].map(cell).join(" | ")} |`;
}

/** Why nothing was learnt, in a sentence. */
export function whyNot({ call, shipped, learnt, error }: LearnReport): string | undefined {
  if (learnt) return undefined;
  if (call?.refused !== undefined) return call.refused;
  if (call) return (call.said.trim().split("\n").at(-1) ?? "").replace(/^unit-warden: /, "").replace(/\s+/g, " ");
  return shipped && !shipped.outcome.works ? `does not work as shipped: ${failure(shipped.outcome)}` : error;
}

function userRefusal({ call }: LearnReport): string | undefined {
  const found = call?.settings.find((it) => it.part === "user" && it.grade === "refused");
  return found?.evidence.replace(/: \w+(?:-\d+)?:\d+$/, "");
}

/** Settings that a run of nearly every daemon refuses. */
const USUAL = /^(?:UMask|PrivateNetwork|IPAddressDeny|PrivateUsers)$/;

const refusedIn = ({ call }: LearnReport): string =>
  (call?.settings ?? [])
    .filter((it) => it.part === "settings" && it.grade === "refused" && !USUAL.test(it.key))
    .map((it) => `\`${it.key}=\`: ${it.evidence.slice(0, 140)}`)
    .join("; ");

function unseenText(reports: readonly LearnReport[]): string {
  const { actions, broken, daemons } = tallyLearnt(reports).unseen;
  return `Of ${actions} actions of ${daemons} daemons that learning did not see and that work as shipped, ${broken} ${broken === 1 ? "breaks" : "break"} under what was learnt.`;
}

function unseenTable(reports: readonly LearnReport[]): string {
  const rows = reports.flatMap(({ unit, unseen = [] }) =>
    unseen
      .filter((it) => it.shipped)
      .map((it) => `| ${[unit, it.what, it.learnt ? "works" : `**breaks**: ${it.answer}`].map(cell).join(" | ")} |`),
  );
  return `| unit | what | |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}
