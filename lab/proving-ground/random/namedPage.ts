import { brokenOf, LATER, NAMES } from "./randomReport.ts";
import type { Kept } from "./store.ts";

/** The page of daemons that were asked for by name: what is written of each, and why. */
export function namedPageOf(all: readonly Kept[], system: string): string {
  const tried = all.filter((it) => it.tried);
  return `# Daemons by name

Made by \`npm run proving-ground -- --random named --only NAME,…\` with ${system}: daemons of which people said that a profile or what was learnt breaks
them. Each is learnt with reading alone where that is possible, and then asked for what its clients do besides
(\`lab/proving-ground/random/named.ts\`), on a machine where it never ran.

| package | as shipped | basic | strict | isolated | learnt | later | actions that work |
| --- | --- | --- | --- | --- | --- | --- | --- |
${tried.map(rowOf).join("\n")}

${tried.map(sectionOf).join("\n")}
${all
  .filter((it) => !it.tried)
  .map((it) => `${it.package}: ${it.leftOut ?? "not tried"}.\n`)
  .join("\n")}`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");

function rowOf({ package: name, looked, tried }: Kept): string {
  const learnt = tried?.learnt;
  const works = (learnt?.actions ?? []).filter((it) => it.learnt === it.answer).length;
  const later = LATER.flatMap((it) =>
    learnt?.[it] === undefined ? [] : `${NAMES[it]}: ${learnt[it] === "works" ? "works" : "**broken**"}`,
  );
  const levels = (tried?.profiles ?? []).map((it) => `${it.exposure}${it.verdict === "works" ? "" : " **broken**"}`);
  const cells = [
    name,
    looked?.exposure ?? "",
    ...levels,
    learnt?.exposure ?? "refused",
    later.join(", "),
    learnt ? `${works} of ${learnt.actions.length}` : "",
  ];
  return `| ${cells.map(cell).join(" | ")} |`;
}

function sectionOf(kept: Kept): string {
  const { tried } = kept;
  const broken = brokenOf(kept);
  const refused = (tried?.settings ?? []).filter((it) => it.grade === "refused" && it.part === "settings");
  const why = refused.map((it) => `- \`${it.key}=${it.value}\`: ${it.evidence}`);
  return [
    `## ${kept.package}\n`,
    ...(broken.length === 0 ? [] : ["Broken:\n", ...broken.map((it) => `- ${cell(it).slice(0, 300)}`), ""]),
    ...(tried?.learnt
      ? ["```ini", tried.learnt.dropIn.trim(), "```\n", ...(why.length === 0 ? [] : ["Not written:\n", ...why, ""])]
      : [`Nothing is written: ${tried?.refused ?? ""}\n`]),
  ].join("\n");
}
