import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Unit } from "../../../units/unit.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { parseTimeSpan } from "../../../values/timeSpan.ts";
import { decidingLine, named, ownDecidingLine, type Setting } from "./decidingLines.ts";

const SECOND = 1_000_000_000n;
const time = (key: string): Setting => ({ kind: "timesyncd.conf", section: "Time", key });
const [SHORTEST, LONGEST, RETRY] = [
  time("PollIntervalMinSec"),
  time("PollIntervalMaxSec"),
  time("ConnectionRetrySec"),
] as const;
const METER: Setting = { kind: "networkd.conf", section: "Network", key: "SpeedMeterIntervalSec" };
const METERED: Setting = { ...METER, key: "SpeedMeter" };

/** The default of PollIntervalMinSec=, which is taken instead of one below the least. */
const DEFAULT_SHORTEST = 32n * SECOND;
const DEFAULT_LONGEST = 2048n * SECOND;
const LEAST_SHORTEST = 16n * SECOND;

type Amount = bigint | "infinity";

/** How long a setting says; undefined where it is not set. */
function spanOf(unit: Unit, setting: Setting): Amount | undefined {
  const text = decidingLine(unit, setting)?.text;
  const span = text === undefined ? undefined : parseTimeSpan(text, "s");
  return span && !("error" in span) ? span.nanoseconds : undefined;
}

const isBelow = (span: Amount | undefined, least: Amount): boolean =>
  span !== undefined && span !== "infinity" && (least === "infinity" || span < least);

const replaced: Rule = {
  code: "daemon/interval",
  needs: named(SHORTEST.key, LONGEST.key, RETRY.key, METER.key),
  *check(unit) {
    const shortest = spanOf(unit, SHORTEST);
    const tooShort = isBelow(shortest, LEAST_SHORTEST);
    if (tooShort) yield* at(unit, SHORTEST, "is shorter than 16s: systemd-timesyncd takes 32s instead");
    const least = shortest === undefined || tooShort ? DEFAULT_SHORTEST : shortest;
    const longest = spanOf(unit, LONGEST);
    if (isBelow(longest ?? DEFAULT_LONGEST, least)) {
      const where = longest === undefined ? SHORTEST : LONGEST;
      const than = longest === undefined ? "longer than PollIntervalMaxSec=" : "shorter than PollIntervalMinSec=";
      yield* at(unit, where, `is ${than}: systemd-timesyncd takes another longest interval instead`);
    }
    if (isBelow(spanOf(unit, RETRY), SECOND))
      yield* at(unit, RETRY, "is shorter than 1s: systemd-timesyncd takes 30s instead");
    if (isBelow(spanOf(unit, METER), SECOND / 10n) && parseBoolean(decidingLine(unit, METERED)?.text ?? "no"))
      yield* at(unit, METER, "is shorter than 100ms: systemd-networkd takes 100ms instead");
  },
};

function* at(unit: Unit, setting: Setting, message: string): Iterable<Found> {
  const line = ownDecidingLine(unit, setting);
  if (line)
    yield {
      ...line.valueSpan,
      severity: "warning",
      message: `${setting.key}= ${message}`,
      directive: setting.key,
    };
}

/** Time spans that are replaced. */
export const INTERVAL_RULES: readonly Rule[] = alsoInDropIns([replaced]);
