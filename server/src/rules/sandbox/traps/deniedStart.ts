import { byVersion } from "../../../facts/version.ts";
import type { Rule } from "../../../findings/rule.ts";
import { callsFor, hasNative } from "../../../security/callSet.ts";
import { isOwn, ownLast } from "../../../service/linePlaces.ts";
import { type LoadedUnit, loadedUnit } from "../../../service/loadedUnit.ts";
import { programsOf } from "../../../service/program.ts";
import { inForce, valuesOf } from "../../../service/settings.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import { splitWords } from "../../../syntax/words.ts";
import type { Span } from "../../../text/span.ts";
import { memo } from "../../../units/memo.ts";
import { parseFilterWord } from "../../../values/systemCall.ts";

/** Seen with 257: 31/SYS, and 203/EXEC where denied calls answer with an error. */
export const deniedStart: Rule = {
  code: "sandbox/denied-start",
  needs: ["SystemCallFilter"],
  *check(unit) {
    const subject = loadedUnit(unit);
    const calls = subject?.settings.systemCalls;
    if (!subject || !calls) return;
    if (unit.path.kind === "service" && programsOf(unit).length === 0) return;
    const denies = !calls.allow && hasNative("execve", calls.members, true, unit.version);
    const bare = calls.allow && takesNothing(unit.version)(valuesOf(unit, "SystemCallFilter"));
    const place = denies ? denyingWord(subject) : bare ? ownLast(unit, "SystemCallFilter")?.valueSpan : undefined;
    if (!place) return;
    const what = denies ? "denies execve, which starts every program" : "allows only unknown system calls";
    yield {
      start: place.start,
      end: place.end,
      severity: "warning",
      message: `SystemCallFilter= ${what}: the start fails with ${denies ? "31/SYS, or 203/EXEC if it returns an error" : "31/SYS"}`,
      directive: "SystemCallFilter",
    };
  },
};

/** The word from which execve is denied, undefined where it stands in another file. */
function denyingWord(subject: LoadedUnit): Span | undefined {
  const lines = inForce(subject.unit, "SystemCallFilter");
  const found = denying(subject.unit.version)(valuesOf(subject.unit, "SystemCallFilter"));
  const line = found && lines[found.line];
  return line && isOwn(subject.unit, line) ? sourceSpan(line.value, found.from, found.to) : undefined;
}

interface WordPlace {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A plain word after a deny list takes what it names out of that. */
const denying = byVersion((version) =>
  memo((values: readonly string[]): WordPlace | undefined => {
    let found: WordPlace | undefined;
    for (const [line, value] of values.entries()) {
      const blank = value.startsWith("~") ? 1 : 0;
      for (const { value: word, from, to } of splitWords(value.slice(blank), "plain").words) {
        const calls = callsFor(parseFilterWord(word)?.name ?? "", version);
        if (!calls || !hasNative("execve", calls, true, version)) continue;
        found = blank === 0 ? undefined : (found ?? { line, from: from + blank, to: to + blank });
      }
    }
    return found;
  }),
);

/** Whether an allow list has no word that systemd accepts: none that it knows, or only such with an error number. */
const takesNothing = byVersion((version) =>
  memo((values: readonly string[]): boolean =>
    values.every((value) =>
      splitWords(value.replace(/^~/, ""), "plain").words.every((word) => {
        const parsed = parseFilterWord(word.value);
        return value.startsWith("~") || !parsed || parsed.action !== undefined || !callsFor(parsed.name, version);
      }),
    ),
  ),
);
