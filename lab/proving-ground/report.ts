import { hardeningRules } from "../../server/src/hardening/hardening.ts";
import { describe } from "./daemon.ts";
import { type ProfileReport, type Report, TRIED } from "./examine.ts";
import type { Outcome } from "./trial.ts";

/** How many daemons of a list work as shipped, and how many of those with each profile. */
export interface Tally {
  readonly tried: number;
  readonly shipped: number;
  readonly kept: Readonly<Record<ProfileReport["profile"], number>>;
  /** How many were put into an empty root, and how many work there. */
  readonly confined: { readonly tried: number; readonly kept: number };
  /** Medians of the exposure, as shipped first. */
  readonly medians: readonly string[];
}

/** Counts. */
export function tally(reports: readonly Report[]): Tally {
  const working = reports.filter((it) => it.shipped?.outcome.works);
  const of = (profile: ProfileReport["profile"]) =>
    working.flatMap((it) => it.profiles.filter((row) => row.profile === profile));
  const kept = { basic: of("basic"), strict: of("strict"), isolated: of("isolated") };
  return {
    tried: reports.length,
    shipped: working.length,
    kept: {
      basic: kept.basic.filter((it) => it.outcome.works).length,
      strict: kept.strict.filter((it) => it.outcome.works).length,
      isolated: kept.isolated.filter((it) => it.outcome.works).length,
    },
    confined: {
      tried: working.filter((it) => it.confined).length,
      kept: working.filter((it) => it.confined?.works).length,
    },
    medians: [
      median(working.map((it) => it.shipped?.exposure ?? "")),
      ...TRIED.map((it) => median(kept[it].map((row) => row.exposure))),
    ],
  };
}

/** The middle one of some exposures, of an even number the mean of both, rounded up as systemd does; what is none does not count. */
export function median(levels: readonly string[]): string {
  const tenths = levels.flatMap((it) => (/\d/.test(it) ? Math.round(Number(it) * 10) : [])).toSorted((a, b) => a - b);
  const [low, high] = [tenths[(tenths.length - 1) >> 1], tenths[tenths.length >> 1]];
  return low === undefined || high === undefined ? "–" : (Math.ceil((low + high) / 2) / 10).toFixed(1);
}

/** One line for a terminal, and more where something broke. */
export function textOf({ daemon, shipped, profiles, confined, error }: Report): string {
  const name = daemon.packages[0].padEnd(26);
  if (!shipped) return `${name} not tried: ${error}`;
  if (!shipped.outcome.works) return `${name} does not work as shipped: ${failure(shipped.outcome)}`;
  const cells = profiles.map((it) => `${it.profile} ${it.exposure} ${it.outcome.works ? "works" : "BROKEN"}`);
  const broken = profiles.flatMap((it) =>
    it.outcome.works
      ? []
      : [
          `    ${it.profile}: ${it.broken ? `${it.broken.line}${it.broken.alone ? "" : " (with others)"}: ${failure(it.broken.outcome)}` : failure(it.outcome)}`,
        ],
  );
  if (confined) cells.push(`confined ${confined.works ? "works" : `does not: ${failure(confined)}`}`);
  return [`${name} shipped ${shipped.exposure} works, ${cells.join(", ")}`, ...broken].join("\n");
}

/** What failed, for people. */
export function failure({ step, answer, result, says }: Outcome): string {
  const parts = [`${step}: ${answer}`, ...(result === "success" ? [] : [result]), ...(says === "" ? [] : [says])];
  return parts.join(" | ");
}

/** The page of the documentation. */
export function pageOf(reports: readonly Report[], system: string, beside: string | undefined): string {
  const { tried, shipped, kept, confined, medians } = tally(reports);
  const rows = reports.map(rowOf);
  const broken = reports.flatMap(brokenRows);
  return `# Proving ground

Made by \`npm run proving-ground\`: ${tried} daemons of Debian, each installed from its package and started by ${system} with the unit
that its package ships, then with what "Harden this service" makes of that unit. A daemon works when it stays active, answers the
question of the table, and still does after a restart. Each start has a fresh copy of the machine.

Confined is what "Confine this service" makes of the shipped unit: an empty root with what the unit names and what usually belongs
to a service of its name. That cannot know all that a program opens, so it is a beginning for an editor, and no profile holds it;
what is missing stands in the last column.

| | as shipped | basic | strict | isolated | confined |
| --- | --- | --- | --- | --- | --- |
| work | ${shipped} of ${tried} | ${kept.basic} of ${shipped} | ${kept.strict} of ${shipped} | ${kept.isolated} of ${shipped} | ${confined.kept} of ${confined.tried} |
| median exposure | ${medians.join(" | ")} | |
${beside === undefined ? "" : `\nO${beside.slice(1)}.\n`}
The exposure with isolated is lower than with strict for ${isolatedLower(reports)} of these daemons. Those that start as root would lose their rights over
ports, files and users with the users of the host, and a server needs its network: such a service gets a smaller \`/proc\` and executable
paths, which hardly count.

## What breaks

${broken.length === 0 ? "Nothing.\n" : `| daemon | profile | by | seen | what the setting's page says |\n| --- | --- | --- | --- | --- |\n${broken.join("\n")}\n`}
## Every daemon

The numbers are exposure levels as \`systemd-analyze security\` prints them.

| package | unit | what it is | asked for | as shipped | basic | strict | isolated | confined |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

/** How many daemons isolated takes more from than strict, as the exposure counts it. */
const isolatedLower = (reports: readonly Report[]): number =>
  reports.filter(({ profiles }) => {
    const [strict, isolated] = (["strict", "isolated"] as const).map((name) =>
      Number(profiles.find((it) => it.profile === name)?.exposure),
    );
    return strict !== undefined && isolated !== undefined && isolated < strict;
  }).length;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function rowOf({ daemon, shipped, profiles, confined, error }: Report): string {
  const asked = daemon.probes.map(describe).map((it) => `\`${it}\``);
  const states = shipped?.outcome.works
    ? [
        shipped.exposure,
        ...profiles.map(
          (it) => `${it.exposure}${it.lines.length === 0 ? " unchanged" : it.outcome.works ? " works" : " **broken**"}`,
        ),
        !confined ? "not offered" : confined.works ? "works" : confined.says || confined.answer,
      ]
    : [shipped ? `does not work: ${failure(shipped.outcome)}` : `not tried: ${error}`, "", "", "", ""];
  const cells = [daemon.packages[0], daemon.unit, daemon.role, asked.join(", "), ...states];
  return `| ${cells.map(cell).join(" | ")} |`;
}

function brokenRows({ daemon, profiles }: Report): string[] {
  return profiles.flatMap(({ profile, outcome, broken }) => {
    if (outcome.works) return [];
    const directive = broken?.line.replace(/=.*/, "");
    const rule = hardeningRules.find((it) => it.directive === directive);
    const said = rule ? `${rule.breaks} ${rule.shows}` : "";
    const by = broken ? `\`${broken.line}\`${broken.alone ? "" : " together with others"}` : "";
    const cells = [daemon.packages[0], profile, by, failure(broken?.outcome ?? outcome), said];
    return [`| ${cells.map(cell).join(" | ")} |`];
  });
}
