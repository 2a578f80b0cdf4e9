import { join } from "node:path";
import { accepts } from "../../server/src/values/enumeration.ts";
import type { ValueType } from "../../server/src/values/valueType.ts";
import { jsonLines, type Suite } from "./suite.ts";

interface Row {
  readonly section: string;
  readonly key: string;
  readonly results: readonly (readonly [value: string, messages: readonly Message[] | null])[];
}

interface Message {
  readonly level: string;
  readonly text: string;
}

/** What a directive's value is in a version, undefined where the version does not read it. */
export type Resolver = (section: string, key: string, version: number) => ValueType | undefined;

/** Words that open the messages on a value that is dropped; others are about the whole unit or only advise. */
const DROPPED = /^(?:Failed to parse|Invalid|Unsupported|\w+= path) /;

/** The matrix of probed values: whether each value of an enumeration is taken or dropped. */
export const values = (typeOf: Resolver): Suite => ({
  name: "values",
  run(corpus, version) {
    let total = 0;
    const differences: string[] = [];
    for (const { section, key, results } of jsonLines<Row>(join(corpus, "matrix", `${version}.jsonl`))) {
      const type = typeOf(section, key, version);
      if (type?.kind !== "enumeration") continue;
      for (const [value, messages] of results) {
        total++;
        const theirs = messages?.find(({ text }) => DROPPED.test(text));
        if (accepts(type, value, version) === (theirs === undefined)) continue;
        const [said, ours] = theirs ? [theirs.text, "is taken"] : ["takes it", "is dropped"];
        differences.push(`[${section}] ${key}=${value}\n      systemd ${said}\n      ours    ${ours}`);
      }
    }
    return { agree: total - differences.length, total, differences };
  },
});
