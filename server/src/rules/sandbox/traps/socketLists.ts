import type { Rule, UnitContext } from "../../../findings/rule.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { dropInsOf, fragmentOf, referencesTo } from "../../../units/index/lookup.ts";
import { mergedAssignments, type Unit, valuesInForce } from "../../../units/unit.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { parseUnitName } from "../../../values/unitName.ts";

/** Seen with 257: a service with IPAddressDeny=any answers over the socket that it is started by, whatever that is called. */
export const socketLists: Rule = {
  code: "sandbox/socket-lists",
  needs: ["IPAddressDeny"],
  *check(unit, context) {
    const subject = context && systemService(unit);
    if (!subject || subject.settings.ipDeny.count === 0) return;
    if (mergedAssignments(unit, subject.section, "Slice").length > 0) return;
    const node = ownLast(unit, "IPAddressDeny");
    const service = unit.path.name ?? "";
    const socket = node && socketsOf(unit, service, context).find((it) => isOpen(context, it, service));
    if (!socket) return;
    yield {
      ...node.keySpan,
      severity: "info",
      message: `IPAddressDeny= does not apply to the connections that ${socket} passes in: that unit has no such list`,
      directive: "IPAddressDeny",
    };
  },
};

/** The sockets that a service gets: that of its name, those that name it by Service=, and those that it names by Sockets=. */
function socketsOf(unit: Unit, service: string, { index, path }: UnitContext): readonly string[] {
  const parsed = parseUnitName(service);
  const same = parsed && `${parsed.prefix}.socket`;
  const other = same !== undefined && (fragmentOf(index, same, path)?.mentions ?? []).some(isService);
  const naming = referencesTo(index, service, path).filter((it) => isService(it) && it.target === service);
  return [
    ...(same === undefined || other ? [] : [same]),
    ...naming.map((it) => it.from),
    ...valuesInForce(unit, "Service", "Sockets").flatMap((it) => it.split(/\s+/)),
  ];
}

const isService = ({ directive }: { readonly directive: string }): boolean => directive === "Service";

/** Whether a socket unit listens on a port and accepts every peer. */
function isOpen({ index, path }: UnitContext, socket: string, service: string): boolean {
  const file = fragmentOf(index, socket, path);
  // With Accept=yes a socket starts instances of the template, else the service without one.
  if (!file || (parseBoolean(file.settings.Accept ?? "") === true) !== service.includes("@")) return false;
  const files = [file, ...dropInsOf(index, socket, path)].map((it) => it.settings);
  const isSet = (name: "IPAddressDeny" | "IPAddressAllow"): boolean =>
    (files.findLast((it) => it[name] !== undefined)?.[name] ?? "") !== "";
  const listens = files.some((it) => isPort(it.ListenStream) || isPort(it.ListenDatagram));
  return listens && !isSet("IPAddressDeny") && !isSet("IPAddressAllow");
}

/** Whether a socket listens on a port of IP, to which alone the lists apply. */
export const isPort = (value: string | undefined): boolean =>
  value !== undefined && /^(?:.*:)?\d+$/.test(value) && !/^(?:[/@%]|vsock)/.test(value);
