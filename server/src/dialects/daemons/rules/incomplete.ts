import type { ConfigKind } from "../../../facts/configKinds.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Span } from "../../../text/span.ts";
import { settingsIn } from "../../../units/settingsReader.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";

/** Follows dnssd_service_load() and dnssd_registered_service_load(), systemd 257 and 262. */
const service: Rule = {
  code: "daemon/incomplete-service",
  *check(unit) {
    if (!isWhole(unit, "dnssd")) return;
    const missing = ["Name", "Type"].filter((key) => !isSet(unit, "Service", key));
    if (missing.length === 0) return;
    const names = missing.map((it) => `${it}=`).join(" and ");
    yield {
      ...headerOf(unit, "Service"),
      severity: "error",
      message: `${names} ${missing.length > 1 ? "are" : "is"} missing: systemd-resolved does not load this file`,
    };
  },
};

const delegate: Rule = {
  code: "daemon/unused-delegate",
  *check(unit) {
    if (!isWhole(unit, "dns-delegate")) return;
    const place = { ...headerOf(unit, "Delegate"), severity: "warning" } as const satisfies Partial<Found>;
    if (!isSet(unit, "Delegate", "DNS")) yield { ...place, message: "DNS= is missing: there is no server to ask" };
    else if (!isSet(unit, "Delegate", "Domains") && !isSet(unit, "Delegate", "DefaultRoute"))
      yield { ...place, message: "Domains= is missing: no query goes to these servers" };
  },
};

/** Whether all of a file is known: a drop-in adds to one that nobody sees here. */
const isWhole = ({ path, main }: Unit, kind: ConfigKind): boolean =>
  path.kind === kind && path.role === "unit" && main === undefined;

const isSet = (unit: Unit, section: string, key: string): boolean => settingsIn(unit, section).last(key) !== undefined;

/** The last header of a section, else the start of the file. */
function headerOf(unit: Unit, section: string): Span {
  const file = ownFile(unit);
  return (
    file.sections.findLast(({ name }) => name === section)?.header ?? { start: 0, end: Math.min(1, file.text.length) }
  );
}

/** Files that are of no use as they are. */
export const INCOMPLETE_RULES: readonly Rule[] = [service, delegate];
