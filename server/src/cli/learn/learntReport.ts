import { evidenceText } from "../../learn/evidenceText.ts";
import type { Learnt, LearntSetting } from "../../learn/learnt.ts";
import type { LearntAddition } from "../../learn/learntUnit.ts";
import { exposureStep } from "../../security/exposure.ts";
import { withLines } from "../../service/executable.ts";
import { onOneLine } from "../../text/printable.ts";
import type { Unit } from "../../units/unit.ts";
import type { OutputPart } from "../outcome.ts";
import { painter } from "../terminal.ts";
import { hangingComments } from "../wrapping.ts";
import type { FromJournal } from "./journal.ts";

/** Green, yellow and red. */
const COLOURS = { proven: "32", seen: "33", refused: "31" } as const;

/** What was learnt about a unit, for people: each setting with its grade and evidence, then the drop-in itself. */
export function learntReport(
  learnt: Learnt,
  unit: Unit,
  options: {
    readonly added: LearntAddition;
    /** Whether what no run proved is left out of that. */
    readonly verify: boolean;
    readonly colours: boolean;
    readonly width: number | undefined;
    readonly isWritten: boolean;
  },
): readonly OutputPart[] {
  const { runs, refused, settings, unexercised = [], unknown } = learnt;
  const head = `# ${learnt.unit}: ${runs.map(runText).join("; ")}\n`;
  if (refused !== undefined) {
    const text = `${head}# nothing is derived: ${onOneLine(refused)}\n`;
    return [{ text: hangingComments(text, options.width), as: "report" }];
  }
  const { lines, dropIn } = options.added;
  const step = exposureStep(unit, withLines(unit, lines));
  const gain = step === undefined ? "" : `# exposure ${step}\n`;
  const trust = learnt.trusted ? TRUSTED : settings.some((it) => it.known) ? DISTRUSTED : "";
  const paint = painter(options.colours);
  const known = byProof(settings).map(({ grade, proof, names }) => {
    const painted = paint(grade.padEnd(7), COLOURS[grade]);
    return `#   ${painted} ${onOneLine(`${names.join(", ")}: ${proof}`)}\n`;
  });
  const unproven = settings.filter(
    (it) => options.verify && it.part === "settings" && it.grade === "seen" && !lines.includes(`${it.key}=${it.value}`),
  );
  const names = [...new Set(unproven.map((it) => `${it.key}=`))].join(", ");
  const out = names === "" ? "" : `# left out, as no run proved it: ${names}\n`;
  const able = unexercised.map((it) => `# not exercised: ${onOneLine(it)}\n`).join("");
  const unknowns = unknown.map((it) => `# not known: ${onOneLine(it)}\n`).join("");
  return [
    {
      text: hangingComments(`${head}${gain}${trust}${known.join("")}${out}${able}${unknowns}`, options.width),
      as: "report",
    },
    { text: options.isWritten ? "" : `\n${dropIn}`, as: "exact" },
  ];
}

const TRUSTED = "# its owner trusts the runs over what is known of such services\n";
const DISTRUSTED = "# what is known of such services counts over the run; --trust-run lets the run count\n";

/** Settings that have one proof. */
interface Proven {
  readonly grade: LearntSetting["grade"];
  readonly proof: string;
  readonly names: string[];
}

/** Settings of one grade and evidence together, in the order of the first of each. */
function byProof(settings: readonly LearntSetting[]): readonly Proven[] {
  const groups = new Map<string, Proven>();
  for (const it of settings) {
    const { grade, mayBreak } = it;
    const evidence = evidenceText(it);
    const proof = mayBreak === undefined ? evidence : `${evidence}; ${mayBreak}`;
    const key = `${grade} ${proof}`;
    const group = groups.get(key) ?? { grade, proof, names: [] };
    groups.set(key, group);
    group.names.push(settingText(it));
  }
  return [...groups.values()];
}

const settingText = ({ key, value, part }: LearntSetting): string =>
  `${key}=${value}${part === "settings" ? "" : ` (with --with ${part})`}`;

function runText({ calls, seconds, exercised, fresh }: Learnt["runs"][number]): string {
  const by = exercised.length === 0 ? "nothing was exercised" : `exercised by ${exercised.map(onOneLine).join(", ")}`;
  return `${calls} system calls in ${Math.round(seconds)} s${fresh ? " as on a new machine" : ""}, ${by}`;
}

/** As many lines of a journal are shown of those that say too little. */
const MOST_UNCLEAR = 3;

/** What a journal added, for people. */
export function journalReport(journal: FromJournal | undefined, width: number | undefined): readonly OutputPart[] {
  if (!journal) return [];
  const { shown, unclear } = journal;
  const none = shown.length === 0 ? "# seen in the journal: nothing that was denied to the service\n" : "";
  const found = shown.map(({ what, line }) => `# seen in the journal: ${onOneLine(`${what}, by: ${line}`)}\n`);
  const rest = unclear.slice(0, MOST_UNCLEAR).map((it) => `# denied, but not said what: ${onOneLine(it)}\n`);
  const more = unclear.length > MOST_UNCLEAR ? `# and ${unclear.length - MOST_UNCLEAR} more such lines\n` : "";
  return [{ text: hangingComments(`${none}${found.join("")}${rest.join("")}${more}`, width), as: "report" }];
}
