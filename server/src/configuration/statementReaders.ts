import { statementIssues } from "../needs/statementIssues.ts";
import { statedNeeds } from "../needs/statements.ts";
import { NEEDS } from "../needs/vocabulary.ts";
import type { JsonValue } from "./jsonText.ts";
import { type Complain, listReader, meaninglessValue, type ValueReader } from "./valueReaders.ts";

/** What is said of services by their names or patterns. */
export interface NamedStatement<T> {
  readonly name: string;
  readonly value: T;
}

/** Values by the names of services, which may hold `*` and `?`, in their order. */
export function namedReader<T>(values: ValueReader<T>): ValueReader<readonly NamedStatement<T>[]> {
  return {
    schema: { type: "object", additionalProperties: values.schema },
    read(it, complain) {
      if (it.kind === "object")
        return it.members.flatMap(({ name, value }) => {
          const read = values.read(value, complain);
          return read === undefined ? [] : [{ name, value: read }];
        });
      complain(it, meaninglessValue(it, "an object with what is stated of each service"));
      return undefined;
    },
  };
}

/** Needs as a statement names them. */
export const statedNeedsReader = (says: "needs" | "no"): ValueReader<readonly string[]> =>
  listReader({
    schema: {
      type: "string",
      pattern: `^(?:${NEEDS.map((it) => it.name).join("|")})${says === "no" ? "$" : "(?:=.+)?$"}`,
    },
    read: (it, complain) => needOf(it, says, complain),
  });

function needOf(it: JsonValue, says: "needs" | "no", complain: Complain): string | undefined {
  const text = typeof it.value === "string" ? it.value : "";
  const needs = statedNeeds(text, 0, says);
  const [issue] = needs.flatMap(statementIssues);
  if (needs.length === 1 && !issue && !/\s/.test(text)) return text;
  complain(it, issue?.message ?? meaninglessValue(it, "a need such as hardware"));
  return undefined;
}
