import { brokenOf, LATER, tallyRandom } from "./randomReport.ts";
import { type Kept, NO_DAEMON } from "./store.ts";

/** The page of the reports. */
export function randomPageOf(
  all: readonly Kept[],
  { seed, system }: { readonly seed: string; readonly system: string },
): string {
  const { tried, learnt, actions, later, profiles, medians } = tallyRandom(all);
  const leftOut = all.filter((it) => it.leftOut !== undefined);
  const short = (it: Kept): string => (it.leftOut ?? "").replace(/:.*/s, "");
  const reasons = [...new Set(leftOut.map(short))].map(
    (it) => [it, leftOut.filter((kept) => short(kept) === it)] as const,
  );
  const broken = tried.flatMap((it) => brokenOf(it).map((what) => `| ${it.package} | ${cell(what)} |`));
  const cells = LATER.map((it) => `${later[it].works} of ${later[it].of}`);
  return `# Daemons drawn at random

Made by \`npm run proving-ground -- --random ${seed}\` with ${system}. Packages of Debian that have to do with a service (\`lab/proving-ground/random/pool.txt\`)
are drawn in the order that the seed gives, without those that any table of this project names: nothing was fitted to them. Each
is installed in a box and started with the unit and the configuration that it ships; what does not run so is left out. Where
nobody knows what to ask, all that it listens on is connected to, which is also the exercise of \`unit-warden learn --verify --write\`.

Then comes what learning did not see: a machine where it never ran, the rotation of its logs, another instance of a template, and
actions that work as shipped, each with the same answer twice: requests of sixty kinds over its ports, sockets and names on the bus, from
several addresses and as another user; signals that it handles, two reloads in a row, the jobs of cron, timers and logrotate that its package
brings, its package configured again, a start after SIGKILL, commands of its package that fail without it, its files with their owners and
who may read them, and what its journal complains of.

| | |
| --- | --- |
| packages drawn | ${all.length} |
| left out | ${leftOut.length} |
| work as shipped | ${tried.length} |
| work with basic, strict, isolated | ${profiles.map((it) => `${it.works} of ${it.of}`).join(", ")} |
| learnt and written | ${learnt.length} |
| work after a reboot and a restart | ${cells[0]} |
| on a fresh machine | ${cells[1]} |
| after the rotation of their logs | ${cells[2]} |
| as another instance | ${cells[3]} |
| actions that were not exercised and break | ${actions.broken} of ${actions.of} |

| median exposure | as shipped | basic | strict | isolated | learnt |
| --- | --- | --- | --- | --- | --- |
| | ${medians.join(" | ")} |

## What breaks

${broken.length === 0 ? "Nothing.\n" : `| package | what |\n| --- | --- |\n${broken.join("\n")}\n`}
## Every daemon

| package | unit | as shipped | basic | strict | isolated | learnt | restart | fresh | rotated | instance | actions |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${tried
  .toSorted((a, b) => (a.package < b.package ? -1 : 1))
  .map(rowOf)
  .join("\n")}

## What was left out

| reason | packages |
| --- | --- |
${reasons.map(([reason, list]) => `| ${cell(reason)} | ${reason === NO_DAEMON ? list.length : cell(list.map((it) => it.package).join(", "))} |`).join("\n")}
`;
}

const cell = (text: string): string =>
  text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;").slice(0, 400);

function rowOf({ package: name, unit = "", looked, tried }: Kept): string {
  const levels = (tried?.profiles ?? []).map((it) => `${it.exposure}${it.verdict === "works" ? "" : " **broken**"}`);
  const learnt = tried?.learnt;
  const later = LATER.map((it) => {
    const verdict = learnt?.[it];
    return verdict === undefined ? "" : verdict === "works" ? "works" : "**broken**";
  });
  const kept = (learnt?.actions ?? []).filter((it) => it.learnt === it.answer).length;
  const cells = [
    name,
    unit,
    looked?.exposure ?? "",
    ...levels,
    learnt?.exposure ?? cell(tried?.refused ?? ""),
    ...later,
    learnt ? `${kept} of ${learnt.actions.length}` : "",
  ];
  return `| ${cells.join(" | ")} |`;
}
