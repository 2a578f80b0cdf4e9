import type { Finding, Severity } from "../findings/finding.ts";
import { onOneLine } from "../text/printable.ts";
import { AS_SHOWN } from "../units/template/isTemplate.ts";
import { allNotChecked, type CheckedFile, type FileReport, isChecked } from "./fileReport.ts";
import { fleetText } from "./fleetText.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { isOfContainer } from "./standingAlone.ts";
import { type Paint, painter } from "./terminal.ts";

const COLOURS: Readonly<Record<Severity, string>> = { error: "31", warning: "33", info: "36", hint: "2" };

const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

/** What a file lacks stands together, from as many findings of one place on. */
const GROUPED = 2;

/** What a file adds to the report. */
interface FileText {
  readonly text: string;
  readonly counts: Counts;
  readonly protections: Protections;
  /** Missing where the file was checked. */
  readonly other?: Pick<FileReport, "kind">;
}

type Counts = Record<Severity, number>;

/** How many missing or weak settings are safe to add, are likely to be, and may be right. */
type Protections = Record<"safe" | "likely" | "open", number>;

const noProtections = (): Protections => ({ safe: 0, likely: 0, open: 0 });

/** What advice about one setting counts as; other findings as nothing, and what a unit sets weakly on purpose. */
function protectionOf({ advice, confidence }: Finding): keyof Protections | undefined {
  if (confidence) return confidence.grade === "likely" ? "likely" : "safe";
  return advice === "missing" ? "open" : undefined;
}

/** Such as `12 safe, 6 likely`. */
function protectionsText({ safe, likely, open }: Protections): string {
  return [safe > 0 ? `${safe} safe` : "", likely > 0 ? `${likely} likely` : "", open > 0 ? `${open} to decide` : ""]
    .filter(Boolean)
    .join(", ");
}

const noCounts = (): Counts => ({ error: 0, warning: 0, info: 0, hint: 0 });

/**
 * The report for a person: a line for each finding, and how many there are. The settings that a unit lacks stand together
 * after one line that names the place.
 */
export function textFormat(colours: boolean): ReportFormat<FileText> {
  const paint = painter(colours);
  return {
    as: "report",
    summarizes: true,
    entry: (it) =>
      isChecked(it)
        ? textOf(it, paint)
        : { text: "", counts: noCounts(), protections: noProtections(), other: { kind: it.kind } },
    printer: () => {
      const total = noCounts();
      const protections = noProtections();
      const others: Pick<FileReport, "kind">[] = [];
      let checked = 0;
      return {
        add({ text, counts, protections: its, other }) {
          if (other) others.push(other);
          else checked++;
          for (const it of SEVERITIES) total[it] += counts[it];
          for (const it of ["safe", "likely", "open"] as const) protections[it] += its[it];
          return text;
        },
        end(summary) {
          const found = SEVERITIES.filter((it) => total[it] > 0).map((it) => plural(total[it], it));
          const fleet = summary ? `\n${fleetText(summary, paint)}` : "";
          const graded = protectionsText(protections);
          const missing = graded === "" ? "" : `; missing protections: ${graded}`;
          const all = `${plural(checked, "file")}: ${found.join(", ") || "nothing to report"}${missing}\n`;
          const last = checked > 0 ? all : "no file was checked\n";
          if (others.length === 0) return last + fleet;
          const left = allNotChecked(others).map((it) => `${it}\n`);
          return `${checked > 0 ? last : ""}${left.join("")}${fleet}`;
        },
      };
    },
  };
}

function textOf({ path, lines, findings }: CheckedFile, paint: Paint): FileText {
  const counts = noCounts();
  const protections = noProtections();
  const saying = ({ severity, message, code }: Finding): string =>
    `${paint(severity, COLOURS[severity])}: ${onOneLine(message)} ${paint(`[${code}]`, "2")}\n`;
  let text = "";
  const at = (offset: number): string => {
    const { line, character } = lines.positionAt(offset);
    return `${onOneLine(path)}:${line + 1}:${character + 1}: `;
  };
  const missing = findings.filter((it) => it.advice === "missing");
  const place = placeOfMany(missing);
  const group = missing.filter((it) => it.start === place);
  for (const finding of findings) {
    counts[finding.severity]++;
    const protection = protectionOf(finding);
    if (protection) protections[protection]++;
    if (!group.includes(finding)) text += at(finding.start) + saying(finding);
    else if (finding === group[0]) {
      const shown = finding.ofTemplate ? `, ${AS_SHOWN}` : "";
      const what = `${group.length} protections are missing${shown}: ${howToAdd(group)}`;
      const loudest = SEVERITIES.find((it) => group.some(({ severity }) => severity === it)) ?? finding.severity;
      text += `${at(finding.start)}${paint(loudest, COLOURS[loudest])}: ${what}\n`;
      text += group.map((it) => `    ${saying(it)}`).join("");
    }
  }
  return { text, counts, protections };
}

/** How many of the missing settings are safe, and what to do about them. */
function howToAdd(group: readonly Finding[]): string {
  const counts = noProtections();
  for (const it of group) {
    const protection = protectionOf(it);
    if (protection) counts[protection]++;
  }
  return [
    protectionsText(counts),
    counts.safe > 0 ? "unit-warden harden adds what is safe" : "",
    counts.likely === 0
      ? ""
      : group.some(isOfContainer)
        ? "unit-warden harden --likely adds what is likely"
        : "unit-warden try --likely tests what is likely",
  ]
    .filter(Boolean)
    .join("; ");
}

/** Where several settings are missing, which is the header of the section. */
function placeOfMany(missing: readonly Finding[]): number | undefined {
  return missing.find((it) => missing.filter((other) => other.start === it.start).length >= GROUPED)?.start;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 || word === "info" ? "" : "s"}`;
}
