import { fromReleases } from "../../facts/releases.ts";
import type { Member } from "../member.ts";
import type { Enumeration } from "../valueType.ts";

/** Words with what each does, in the order in which completion offers them. */
export type Meanings = Readonly<Record<string, string | Omit<Member, "value">>>;

/** An enumeration; `routine` without `config_parse_`. Where `rest` says nothing else, only the words count. */
export function wordSet(routine: string, meanings: Meanings, rest: Partial<Enumeration> = {}): Enumeration {
  return {
    kind: "enumeration",
    routine: `config_parse_${routine}`,
    members: [
      ...Object.entries(meanings).map(([value, it]) =>
        typeof it === "string" ? { value, summary: it } : { value, ...it },
      ),
      ...fromReleases(
        ({ words }) => words?.[routine],
        (value, summary, since) => ({ value, summary, since }),
      ),
    ],
    empty: "invalid",
    invalid: "dropped",
    ...rest,
  };
}

/** An enumeration whose members `yes` and `no` are booleans, which may be written in other ways. */
export const switchSet = (routine: string, meanings: Meanings, rest: Partial<Enumeration> = {}): Enumeration =>
  wordSet(routine, meanings, { boolean: { yes: "yes", no: "no" }, ...rest });
