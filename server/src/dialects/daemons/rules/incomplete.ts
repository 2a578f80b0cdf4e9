import type { ConfigKind } from "../../../facts/configKinds.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Span } from "../../../text/span.ts";
import { settingsIn } from "../../../units/settingsReader.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";

const SERVICE = "/etc/systemd/dnssd/web.dnssd";
const DELEGATE = "/etc/systemd/dns-delegate.d/corp.dns-delegate";

/** Follows dnssd_service_load() and dnssd_registered_service_load(), systemd 257 and 262. */
const service: Rule = {
  code: "daemon/incomplete-service",
  title: "Announced service without name or type",
  why: "systemd-resolved announces a service by its name and its type, such as `%H` and `_http._tcp`. It does not load a file without them.",
  page: "systemd.dnssd(5)",
  bad: { path: SERVICE, text: "[Service]\nType=_http._tcp\nPort=80\n" },
  good: { path: SERVICE, text: "[Service]\nName=%H\nType=_http._tcp\nPort=80\n" },
  silent: [{ path: "/etc/systemd/dnssd/web.dnssd.d/10-port.conf", text: "[Service]\nPort=8080\n" }],
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
  title: "DNS delegate that no query goes to",
  why: "A file for a DNS delegate leads queries for some domains to some servers. Without DNS= there is no server to ask, and without Domains= or DefaultRoute=yes no query is meant for it.",
  page: "systemd.dns-delegate(5)",
  bad: { path: DELEGATE, text: "[Delegate]\nDomains=corp.example\n" },
  good: { path: DELEGATE, text: "[Delegate]\nDNS=192.0.2.1\nDomains=corp.example\n" },
  silent: [{ path: DELEGATE, text: "[Delegate]\nDNS=192.0.2.1\nDefaultRoute=yes\n" }],
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
