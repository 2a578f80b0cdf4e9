import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { formatEdits } from "../../server/src/syntax/format.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { meaningOf } from "../../test/kit/meaning.ts";
import type { SynthCase } from "./files.ts";
import { jsonLines, type Suite } from "./suite.ts";

/** The layout of every file of the corpus keeps what it says, is final, and does not depend on blanks around `=`. */
export const format: Suite = {
  name: "format",
  versions: [262],
  run(corpus) {
    const texts = [...unitTexts(join(corpus, "units")), ...synthTexts(corpus)];
    let changed = 0;
    const differences = texts.flatMap(([name, text]) => {
      const laidOut = formatted(text);
      if (laidOut !== text) changed++;
      const wrong = problem(text, laidOut);
      return wrong === undefined ? [] : [`${name}: ${wrong}`];
    });
    const agree = texts.length - differences.length;
    return {
      agree,
      total: texts.length,
      summary: `${agree}/${texts.length} mean the same afterwards, ${changed} change`,
      differences,
    };
  },
};

function problem(text: string, laidOut: string): string | undefined {
  const [before, after] = [parse(text), parse(laidOut)];
  if (JSON.stringify(meaningOf(before)) !== JSON.stringify(meaningOf(after))) return "means something else";
  if (formatted(laidOut) !== laidOut) return "is not final";
  return formatted(spread(text)) === laidOut ? undefined : "depends on the blanks around =";
}

function formatted(text: string): string {
  return applyEdits(text, formatEdits(parse(text)) ?? []);
}

/** The same text with blanks around `=` and behind the value, where they mean nothing. */
function spread(text: string): string {
  const file = parse(text);
  if (!formatEdits(file)) return text;
  const edits = file.nodes.flatMap((node) => {
    if (node.kind !== "assignment" || node.firstLine !== node.lastLine || node.text.endsWith("\\")) return [];
    const { equals, valueSpan } = node;
    const behind = node.text === "" ? equals + 1 : valueSpan.end;
    return [
      { start: equals, end: equals, newText: " \t" },
      { start: equals + 1, end: equals + 1, newText: "  " },
      { start: behind, end: behind, newText: "\t " },
    ];
  });
  return applyEdits(text, edits);
}

function unitTexts(folder: string): [string, string][] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names.flatMap((name): [string, string][] => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? [[name, decodeUtf8(readFileSync(path))]] : [];
  });
}

function synthTexts(corpus: string): [string, string][] {
  return jsonLines<SynthCase>(join(corpus, "synth", "cases.jsonl")).flatMap(({ id, files }) =>
    Object.entries(files).flatMap(([name, text]): [string, string][] =>
      text === null ? [] : [[`${id} ${name}`, text]],
    ),
  );
}
