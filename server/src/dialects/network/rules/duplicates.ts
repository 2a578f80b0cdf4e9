import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Unit } from "../../../units/unit.ts";
import { familyOfAddress } from "./addresses.ts";
import { networkFile, type StaticAddress } from "./networkFile.ts";
import { type ConfigObject, isJudgedHere, objectsNamed, objectsOf } from "./objects.ts";
import { QUEUES, queueParent } from "./queues.ts";
import { refusedNextHop } from "./routes.ts";
import { oddEnds } from "./tunnels.ts";

/** Two IPv4 addresses are one if all of them agrees, two IPv6 addresses if the addresses do. Follows address_equal(), systemd 257 and 262. */
const identityOf = ({ address, family, prefix, peer }: StaticAddress): string =>
  family === "ipv6" ? `${(peer ?? { address }).address}` : `${address}/${prefix} ${peer?.address ?? ""}`;

const duplicate: Rule = {
  code: "network/duplicate",
  *check(unit) {
    if (unit.path.kind !== "network") return;
    const later = new Set<string>();
    for (const it of networkFile(unit).addresses.toReversed()) {
      const id = identityOf(it);
      const { node } = it;
      if (later.has(id) && isJudgedHere(unit, node))
        yield {
          ...node.keySpan,
          severity: "warning",
          message: `"${it.text}" in Address= comes again below: networkd drops this one`,
          directive: "Address",
        };
      later.add(id);
    }
    yield* repeated(
      unit,
      "Neighbor",
      (it) => complete(it, "Address", it.value("MACAddress") === undefined ? "LinkLayerAddress" : "MACAddress"),
      "This neighbor",
    );
    yield* repeated(
      unit,
      "NextHop",
      (it) => (refusedNextHop(it) === undefined ? idOf(it) : undefined),
      "This next hop",
    );
    yield* repeated(unit, "SR-IOV", (it) => it.value("VirtualFunction"), "This virtual function");
    yield* secondRoots(unit);
  },
};

const complete = (object: ConfigObject, key: string, other: string): string | undefined =>
  object.value(other) === undefined ? undefined : object.value(key);

const idOf = (object: ConfigObject): string | undefined => {
  const id = object.value("Id");
  return id === "0" ? undefined : id;
};

function* repeated(
  unit: Unit,
  name: string,
  id: (object: ConfigObject) => string | undefined,
  what: string,
): Iterable<Found> {
  const later = new Set<string>();
  for (const object of objectsNamed(unit, name).toReversed()) {
    const identity = id(object);
    if (identity === undefined) continue;
    if (later.has(identity) && isJudgedHere(unit, object.header))
      yield {
        ...object.header.nameSpan,
        severity: "warning",
        message: `${what} comes again below: networkd drops the one here`,
      };
    later.add(identity);
  }
}

/** Follows qdisc_section_verify(), systemd 257 and 262. */
function* secondRoots(unit: Unit): Iterable<Found> {
  const seen = new Set<string>();
  for (const object of objectsOf(unit)) {
    if (!QUEUES.has(object.name)) continue;
    const parent = queueParent(object);
    const place = parent === "clsact" || parent === "ingress" ? "ingress" : parent;
    if (place !== "root" && place !== "ingress") continue;
    if (seen.has(place) && isJudgedHere(unit, object.header))
      yield {
        ...object.header.nameSpan,
        severity: "warning",
        message: `A second queueing discipline for ${place === "root" ? "the root" : "incoming packets"}: networkd takes only one of them`,
      };
    seen.add(place);
  }
}

const otherProtocol: Rule = {
  code: "network/other-protocol",
  *check(unit) {
    if (unit.path.kind === "netdev")
      for (const node of oddEnds(unit)) {
        const message = `${node.key}= is of the other protocol than the first address of the tunnel: networkd ignores this line`;
        yield { ...node.valueSpan, severity: "error", message, directive: node.key };
      }
    if (unit.path.kind !== "network") return;
    for (const object of [...objectsNamed(unit, "Route"), ...objectsNamed(unit, "Address")]) {
      const keys = object.name === "Route" ? ["Destination", "Source", "PreferredSource"] : ["Address", "Peer"];
      const nodes = keys
        .flatMap((it) => object.list(it))
        .filter((it) => familyOfAddress(it.text) !== undefined)
        .toSorted((a, b) => a.start - b.start);
      const first = familyOfAddress(nodes[0]?.text);
      for (const node of nodes.slice(1)) {
        const protocol = familyOfAddress(node.text);
        if (protocol === undefined || protocol === first || !isJudgedHere(unit, node)) continue;
        const message = `${node.key}= is of the other protocol than ${nodes[0]?.key}=: networkd ignores this line`;
        yield { ...node.valueSpan, severity: "error", message, directive: node.key };
      }
    }
  },
};

/** What one file says twice, or in two protocols. */
export const DUPLICATE_RULES: readonly Rule[] = alsoInDropIns([duplicate, otherProtocol]);
