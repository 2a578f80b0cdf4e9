import { programSentences } from "../needs/programFacts.ts";
import { commandReading, programReading } from "../needs/programReading.ts";
import { bullets, code, join, type Prose, plainProse, sentence } from "../reports/markup.ts";
import { factsOf } from "../service/facts.ts";
import { isKnownByName } from "../service/kinds.ts";
import type { Unit } from "../units/unit.ts";
import { exposedUnit } from "./unitStatus.ts";

/** So many sentences a hover has. */
const MOST = 8;

/**
 * What was read of a program that a service runs, in a few sentences; undefined where its machine is not at hand, and for tools
 * that do what they are told. Without a path it is that of the first command of a setting.
 */
export function describeProgram(unit: Unit, setting: string, path?: string): Prose | undefined {
  const whole = exposedUnit(unit);
  if (!whole) return undefined;
  const facts = factsOf(whole);
  const program = facts.programs.find((it) => it.setting === setting && (path === undefined || it.path === path));
  if (!program || (setting !== "ExecStart" && isKnownByName(program))) return undefined;
  const { source } = whole.defaults ?? {};
  const reading = source ? programReading(facts) : commandReading(facts, [program]);
  if (!reading) return undefined;
  if (!reading.files.some((it) => it.own))
    return sentence(
      ...reading.unread.slice(0, 1).map((it) => join([code(it.path), plainProse(`${it.why}:`)], " ")),
      plainProse("nothing is read of it;"),
      code("unit-warden try"),
      plainProse("on the machine that runs it shows what it bears."),
    );
  const sentences = programSentences(reading, facts.privileged);
  if (sentences.length === 0) return undefined;
  const more = sentences.length - MOST;
  return join(
    [
      plainProse(source ? "The source next to the unit:" : "Its files, which are only read:"),
      bullets(sentences.slice(0, MOST).map((it) => plainProse(it))),
      more > 0
        ? sentence(plainProse(`${more} more:`), code(`unit-warden inspect ${whole.path.name ?? ""}`))
        : undefined,
    ],
    "\n",
  );
}
