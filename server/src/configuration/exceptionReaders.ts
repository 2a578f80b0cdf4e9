import type { Severity } from "../findings/finding.ts";
import { meantBy } from "../findings/pattern.ts";
import { CODES, FAMILIES, meansAny } from "../rules/codes.ts";
import { nearest, nearestEnding } from "../text/nearest.ts";
import type { Span } from "../text/span.ts";
import { type Exception, isDay } from "./exception.ts";
import { key, objectWith } from "./objectReader.ts";
import { limitReader, meaninglessValue, textReader, type ValueReader, wordReader } from "./valueReaders.ts";

/** What a configuration says of a code, a family or a service. */
interface Ruling extends Exception {
  /** The place of its name. */
  readonly at: Span;
  readonly name: string;
}

/** What a code or a family is instead of its own severity. */
export interface SeverityRuling extends Ruling {
  readonly severity: Severity | "off";
}

/** The highest exposure that passes for services of a name or a pattern. */
export interface LimitRuling extends Ruling {
  readonly tenths: number;
}

const dayReader: ValueReader<string> = {
  schema: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
  read(it, complain) {
    if (typeof it.value === "string" && isDay(it.value)) return it.value;
    complain(it, meaninglessValue(it, "a day such as 2027-01-31"));
    return undefined;
  },
};

const EXCEPTION_KEYS = {
  reason: key(textReader, "Why it is let pass."),
  until: key(dayReader, "The last day on which it is, such as 2027-01-31; after it, it does not count."),
};

const SEVERITIES: readonly (Severity | "off")[] = ["off", "error", "warning", "info", "hint"];

const severityReader = wordReader(SEVERITIES);

const severityException = objectWith({
  severity: key(severityReader, "What the findings are meanwhile; off, if it is not set."),
  ...EXCEPTION_KEYS,
});

/** Severities by codes or families, each by itself or with a reason; entries that mean nothing are left out. */
export const severitiesReader: ValueReader<readonly SeverityRuling[]> = {
  schema: {
    type: "object",
    additionalProperties: { anyOf: [severityReader.schema, severityException.schema] },
  },
  read(it, complain) {
    if (it.kind !== "object") complain(it, meaninglessValue(it, "an object with a severity for each code or family"));
    const rulings = it.members.flatMap(({ name, at, value }): readonly SeverityRuling[] => {
      if (!meansAny(name)) {
        const [meant] = nearest(meantBy(name), [...Object.keys(FAMILIES), ...CODES]);
        complain(at, `Unknown code or family ${name}${nearestEnding(meant, "")}`, "configuration/unknown-key");
      }
      if (value.kind !== "object") {
        const severity = severityReader.read(value, complain);
        return severity === undefined ? [] : [{ at, name, severity }];
      }
      const read = severityException.read(value, complain);
      // What is meant to end must not last for ever because its day is mistyped.
      const isBroken = DECISIVE_KEYS.some(
        (of) => read?.[of] === undefined && value.members.some((member) => member.name === of),
      );
      return read && !isBroken ? [{ at, name, severity: "off", ...read }] : [];
    });
    return it.kind === "object" ? rulings : undefined;
  },
};

const DECISIVE_KEYS = ["severity", "until"] as const;

const limitException = objectWith(
  { threshold: key(limitReader, "The highest exposure that passes."), ...EXCEPTION_KEYS },
  ["threshold"],
);

/** Limits by the names of services, which may hold `*` and `?`, each by itself or with a reason; in their order. */
export const limitsReader: ValueReader<readonly LimitRuling[]> = {
  schema: { type: "object", additionalProperties: { anyOf: [limitReader.schema, limitException.schema] } },
  read(it, complain) {
    if (it.kind === "object")
      return it.members.flatMap(({ name, at, value }): readonly LimitRuling[] => {
        if (value.kind !== "object") {
          const tenths = limitReader.read(value, complain);
          return tenths === undefined ? [] : [{ at, name, tenths }];
        }
        const { threshold, ...exception } = limitException.read(value, complain) ?? {};
        const isBroken = exception.until === undefined && value.members.some((member) => member.name === "until");
        return threshold === undefined || isBroken ? [] : [{ at, name, tenths: threshold, ...exception }];
      });
    complain(it, meaninglessValue(it, "an object with an exposure for each service"));
    return undefined;
  },
};
