import { nspawnAnswers } from "../dialects/nspawn/nspawnAnswers.ts";
import { nspawnWorld } from "../dialects/nspawn/nspawnWorld.ts";
import type { PayloadAnswer, PayloadVerdict } from "../dialects/payloadAnswer.ts";
import type { ContainerGap } from "../dialects/quadlets/hardening/containerGap.ts";
import { EXPOSURE_OF_PODMAN, payloadAnswers } from "../dialects/quadlets/payload/questions.ts";
import { missingClauses } from "../hardening/missingText.ts";
import {
  bullets,
  code,
  heading,
  join,
  type Prose,
  plainProse,
  proseParagraphs,
  sentence,
  strong,
} from "../reports/markup.ts";
import { assess } from "../security/exposure.ts";
import { containerOf } from "../service/containers/containerOf.ts";
import { podmanService } from "../service/containers/podmanService.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { inShort } from "./exposure.ts";

/** One question with the places of its answer. */
export interface PayloadRow extends Pick<PayloadAnswer, "id" | "question" | "verdict" | "answer"> {
  /** The line of the quadlet that says so, from 1; missing where podman's default or a drop-in does. */
  readonly line?: number;
  /** The keys of [Container] that change it. */
  readonly keys: readonly string[];
}

/** What a program in a container is given, and where a service starts it, that service: two tables that have nothing to do with each other. */
export interface PayloadReport {
  readonly name: string;
  /** What makes the container. */
  readonly maker: "podman" | "systemd-nspawn";
  /** The service of podman, of which systemd has an exposure. */
  readonly service?: {
    /** As systemd has it, such as "9.6 UNSAFE". */
    readonly exposure: string;
    /** Why that says little. */
    readonly why: string;
  };
  readonly rows: readonly PayloadRow[];
}

/** What podman or systemd-nspawn gives the program of a container; undefined of what is neither a .container nor a .nspawn file. */
export const payloadReport: (unit: Unit) => PayloadReport | undefined = memo(
  (unit: Unit) => quadletReport(unit) ?? nspawnReport(unit),
);

function nspawnReport(unit: Unit): PayloadReport | undefined {
  const world = nspawnWorld(unit);
  if (!world) return undefined;
  const rows = nspawnAnswers(world).map(({ because, ...row }): PayloadRow => {
    const [line] = because;
    return { ...row, ...(line ? { line: line.firstLine + 1 } : {}) };
  });
  return { name: unit.path.name ?? "container", maker: "systemd-nspawn", rows };
}

function quadletReport(unit: Unit): PayloadReport | undefined {
  const quadlet = containerOf(unit);
  if (!quadlet) return undefined;
  const [file] = quadlet.files;
  const rows = payloadAnswers(quadlet).map(({ id, question, verdict, answer, keys, because }): PayloadRow => {
    const node = because.find((it) => it.file === file)?.node;
    return { id, question, verdict, answer, keys, ...(node ? { line: node.firstLine + 1 } : {}) };
  });
  const name = unit.path.name ?? "container";
  const service = { exposure: inShort(assess(podmanService(unit))), why: EXPOSURE_OF_PODMAN };
  return { name, maker: "podman", service, rows };
}

const ORDER: readonly PayloadVerdict[] = ["bad", "weak", "unknown", "good"];

/** In how many respects a container is confined, such as "confined in 7 of 17 respects (2 bad, 6 weak, 2 unknown)". */
export function payloadInShort(rows: readonly Pick<PayloadRow, "verdict">[]): string {
  const count = (verdict: PayloadVerdict): number => rows.filter((it) => it.verdict === verdict).length;
  const others = ORDER.flatMap((it) => (it !== "good" && count(it) > 0 ? [`${count(it)} ${it}`] : []));
  return `confined in ${count("good")} of ${rows.length} respects${others.length > 0 ? ` (${others.join(", ")})` : ""}`;
}

/** The rows, what is worst first. */
export const worstFirst = (rows: readonly PayloadRow[]): readonly PayloadRow[] =>
  ORDER.flatMap((verdict) => rows.filter((it) => it.verdict === verdict));

/** Both tables as a document, and what may be added to the container where `gaps` are those that a profile closes. */
export function payloadMarkdown(
  { name, maker, service, rows }: PayloadReport,
  gaps: readonly ContainerGap[] = [],
): string {
  const counts = { safe: linesOf(gaps, false), likely: linesOf(gaps, true) };
  const lacked = missingClauses(counts);
  const part = (verdict: PayloadVerdict): Prose | undefined => {
    const answers = rows.filter((it) => it.verdict === verdict);
    return section(TITLES[verdict], answers.map(rowProse));
  };
  const offers = (title: string | undefined, isLikely: boolean): Prose | undefined =>
    title === undefined
      ? undefined
      : section(title, gaps.filter(({ grade }) => (grade === "likely") === isLikely).map(offerProse));
  const { markdown } = proseParagraphs(
    heading(1, join([strong(name), plainProse(payloadInShort(rows))], ": ")),
    plainProse(
      service
        ? "What podman gives the program in the container. The service that starts it is another table, below."
        : `The world of the container: what ${maker} gives the programs in it, as far as this file says it.`,
    ),
    part("bad"),
    part("weak"),
    part("unknown"),
    offers(lacked.safe, false),
    offers(lacked.likely, true),
    part("good"),
    service && heading(2, plainProse(`The service that starts it: ${service.exposure}`)),
    service && plainProse(`This is another table: ${service.why}.`),
  );
  return `${markdown}\n`;
}

const linesOf = (gaps: readonly ContainerGap[], isLikely: boolean): number =>
  gaps.filter(({ grade }) => (grade === "likely") === isLikely).reduce((sum, it) => sum + it.lines.length, 0);

/** The world of a container of systemd-nspawn for a hover, what is worst first; undefined of other files. */
export function describeContainer(unit: Unit): Prose | undefined {
  const report = payloadReport(unit);
  if (report?.maker !== "systemd-nspawn") return undefined;
  const rows = worstFirst(report.rows).map((it) => sentence(code(it.verdict), rowProse({ ...it, keys: [] })));
  return join([strong(`World of the container: ${payloadInShort(report.rows)}`), bullets(rows)], "\n\n");
}

const TITLES: Readonly<Record<PayloadVerdict, string>> = {
  bad: "Bad",
  weak: "Weak",
  unknown: "Not known from the file",
  good: "Good",
};

function section(title: string, lines: readonly Prose[]): Prose | undefined {
  return lines.length === 0 ? undefined : proseParagraphs(heading(2, plainProse(title)), bullets(lines));
}

/** The lines that close a gap, with why or on which condition. */
const offerProse = ({ lines, reason }: ContainerGap): Prose =>
  join([sentence(...lines.map(code)), plainProse(`${reason}.`)], ": ");

function rowProse({ question, answer, line, keys, verdict }: PayloadRow): Prose {
  const place = line === undefined ? "" : ` (line ${line})`;
  const statement = sentence(strong(question), plainProse(`${answer}${place}.`));
  if (verdict === "good" || keys.length === 0) return statement;
  const ways = join(
    keys.map((it) => code(`${it}=`)),
    ", ",
  );
  return sentence(statement, join([plainProse("Set by "), ways, plainProse(".")], ""));
}
