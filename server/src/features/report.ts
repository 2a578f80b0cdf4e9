import { directive } from "../catalog/catalog.ts";
import { directiveUrl } from "../catalog/manualLink.ts";
import { gapsOf } from "../lint/hardening/gaps.ts";
import { heldSettings } from "../lint/hardening/hardening.ts";
import { CHECKS } from "../security/checks.ts";
import { type AssessedCheck, assess, formatExposure, nameOf } from "../security/exposure.ts";
import { mergedAssignments, type Unit } from "../units/unit.ts";
import { checkFix } from "./checkFix.ts";
import { costOf, exposureChange, inShort } from "./exposure.ts";
import { code, join, link, type Prose, strong, text } from "./markup.ts";

/** One check of the exposure level, for people. */
export interface ReportRow {
  /** systemd's name of the check. */
  readonly id: string;
  /** What the check looks at, such as `ProtectHome=`. */
  readonly title: string;
  readonly state: "failed" | "passed" | "not-applicable";
  /** What it adds to the exposure, as systemd shows it; empty where it adds nothing. */
  readonly cost: string;
  /** The same as a share of the dearest check, from 0 to 1. */
  readonly share: number;
  readonly sentence: string;
  /** The manual's entry. */
  readonly url?: string;
  /** What would pass it, and the exposure before and after. */
  readonly fix?: {
    readonly line: string;
    readonly title: string;
    readonly gain: string;
    /** What speaks against it in this unit, as a sentence. */
    readonly caution?: string;
  };
}

/** The exposure of one unit, for people. */
export interface Report {
  readonly name: string;
  readonly user: boolean;
  /** Tenths, as systemd counts; missing where systemd refuses the unit. */
  readonly exposure?: number;
  readonly level?: { readonly name: string; readonly emoji: string };
  /** Why systemd refuses the unit. */
  readonly messages: readonly string[];
  /** The dearest first. */
  readonly rows: readonly ReportRow[];
  /** Where the exposure level and what really protects differ. */
  readonly notes: readonly string[];
}

const DIRECTIVES = new Map(CHECKS.map((it) => [it.id, it.directive]));

/** Everything about a unit's exposure. */
export function reportOf(unit: Unit): Report {
  const { exposure, level, messages, checks } = assess(unit);
  const dearest = Math.max(1, ...checks.map(costOf));
  const rows = checks
    .map((check) => ({ cost: costOf(check), row: rowOf(unit, check, dearest) }))
    .sort((a, b) => b.cost - a.cost)
    .map((it) => it.row);
  return {
    name: unit.path.name ?? "unit.service",
    user: unit.path.scope === "user",
    ...(exposure === undefined ? {} : { exposure }),
    ...(level ? { level } : {}),
    messages,
    rows,
    notes: exposure === undefined ? [] : notesOf(unit, exposure, checks),
  };
}

function rowOf(unit: Unit, check: AssessedCheck, dearest: number): ReportRow {
  const { id, badness, exposure, text: sentence, fix } = check;
  const known = directive("Service", DIRECTIVES.get(id) ?? "");
  const url = known && directiveUrl(known, unit.version);
  const edits = fix === undefined ? [] : checkFix(unit, id);
  const change = fix === undefined || edits.length === 0 ? undefined : exposureChange(unit, [fix], edits);
  const gain = change && `${formatExposure(change.before)} → ${formatExposure(change.after)}`;
  const verb = edits.some((it) => it.start < it.end) ? "Change to" : "Add";
  return {
    id,
    title: nameOf(id),
    state: badness === undefined ? "not-applicable" : badness === 0 ? "passed" : "failed",
    cost: exposure ?? "",
    share: costOf(check) / dearest,
    sentence: `${sentence}.`,
    ...(url ? { url } : {}),
    ...(fix !== undefined && gain !== undefined
      ? { fix: { line: fix, title: `${verb} ${fix}`, gain, ...cautionOf(unit, id) } }
      : {}),
  };
}

/** What the advice says against the setting of a check; of lists the checks look at single words, which may do no harm. */
function cautionOf(unit: Unit, id: string): { readonly caution?: string } {
  const directive = DIRECTIVES.get(id);
  if (directive === "CapabilityBoundingSet" || directive === "SystemCallFilter") return {};
  const against = gapsOf(unit, "isolated").gaps.find(({ row }) => row.directive === directive)?.fit.against;
  return against === undefined ? {} : { caution: `${against[0]?.toUpperCase()}${against.slice(1)}.` };
}

/** What the number does not know, or shows differently elsewhere. */
function notesOf(unit: Unit, exposure: number, checks: readonly AssessedCheck[]): string[] {
  const notes: string[] = [];
  const running = assess(unit, { running: true }).exposure;
  if (running !== undefined && running !== exposure) {
    notes.push(
      `For the running service systemd-analyze security shows ${formatExposure(running)}: there an unset PrivateMounts= counts as off, here as on.`,
    );
  }
  const failed = new Set(checks.filter((it) => it.badness).map((it) => DIRECTIVES.get(it.id)));
  const covered = unit.path.scope === "system" ? heldSettings(unit).filter((name) => failed.has(name)) : [];
  const written = covered.filter((name) => mergedAssignments(unit, "Service", name).length > 0);
  const equalled = covered.filter((name) => !written.includes(name));
  const names = (of: readonly string[]): string => of.map((it) => `${it}=`).join(", ");
  if (equalled.length > 0) {
    notes.push(
      `The level counts ${names(equalled)} as missing, but other settings of this unit have the same effect, so no finding asks for more.`,
    );
  }
  if (written.length > 0) {
    notes.push(`The level asks for more than this unit sets with ${names(written)}, but no finding does.`);
  }
  if (unit.path.scope === "user") {
    notes.push("The level was made for system services: some of what it counts has no effect in a user service.");
  }
  return notes;
}

/** The report as a document, for editors without a view of their own. */
export function reportMarkdown(unit: Unit): string {
  const report = reportOf(unit);
  const { name, rows, notes, messages } = report;
  const list = (state: ReportRow["state"], title: string): string => {
    const listed = rows.filter((it) => it.state === state);
    if (listed.length === 0) return "";
    const lines = listed.map(({ title: of, cost, sentence, url, fix }) => {
      const head = join([url ? link(of, url) : code(of), text(cost)], " ").markdown.trim();
      return `- ${head}: ${text(sentence).markdown}${fix ? ` \`${fix.line}\` (${fix.gain})` : ""}${fix?.caution ? ` ${text(fix.caution).markdown}` : ""}`;
    });
    return `\n## ${title}\n\n${lines.join("\n")}\n`;
  };
  const heading: Prose = join([strong(name), text(inShort(reportLevel(report)))], ": ");
  const remarks = [...messages, ...notes].map((it) => `\n${text(it).markdown}\n`).join("");
  return `# ${heading.markdown}\n${remarks}${list("failed", "Failed")}${list("passed", "Passed")}${list("not-applicable", "Not applicable")}`;
}

function reportLevel({ exposure, level }: Report): Parameters<typeof inShort>[0] {
  return { exposure, level: level as Parameters<typeof inShort>[0]["level"] };
}
