import { sourceSpan } from "../../syntax/joinedText.ts";
import type { UnitFile } from "../../syntax/tree.ts";
import type { Span } from "../../text/span.ts";

/** A place where a file names a network interface; offsets count in the file. */
export interface DeviceMention extends Span {
  readonly name: string;
  /** `definition` creates or names the interface, `use` says it where another refers to it, `match` picks it among others. */
  readonly role: "definition" | "use" | "match";
  readonly section: string;
  readonly key: string;
}

/** The keys of [Network] that name virtual devices, with the kinds that these have. */
export const DEVICE_KEYS: Readonly<Record<string, readonly string[]>> = {
  Bridge: ["bridge"],
  Bond: ["bond"],
  VRF: ["vrf"],
  BatmanAdvanced: ["batadv"],
  VLAN: ["vlan"],
  MACVLAN: ["macvlan"],
  MACVTAP: ["macvtap"],
  IPVLAN: ["ipvlan"],
  IPVTAP: ["ipvtap"],
  VXLAN: ["vxlan"],
  MACsec: ["macsec"],
  IPoIB: ["ipoib"],
  Xfrm: ["xfrm"],
  Tunnel: ["ipip", "sit", "gre", "gretap", "erspan", "vti", "vti6", "ip6gre", "ip6gretap", "ip6tnl"],
};

/** Other keys whose words name interfaces, by their sections. */
const USES: Readonly<Record<string, readonly string[]>> = {
  Network: [...Object.keys(DEVICE_KEYS), "BindCarrier"],
  RoutingPolicyRule: ["IncomingInterface", "OutgoingInterface"],
  DHCPServer: ["UplinkInterface"],
  DHCPPrefixDelegation: ["UplinkInterface"],
  IPv6SendRA: ["UplinkInterface"],
  BridgeFDB: ["OutgoingInterface"],
  HSR: ["Ports"],
};

/** What gives an interface its name. */
const DEFINITIONS: ReadonlySet<string> = new Set([
  "NetDev.Name",
  "Peer.Name",
  "VXCAN.Peer",
  "L2TPSession.Name",
  "Link.Name",
]);

/** What picks interfaces by their names, several and patterns among them. */
const MATCHES: ReadonlySet<string> = new Set(["Match.Name", "Match.OriginalName"]);

/** The names of interfaces in a .network, .netdev or .link file, in the order of the text. */
export function deviceMentions(file: UnitFile): readonly DeviceMention[] {
  return file.sections.flatMap(({ name: section, nodes }) =>
    nodes.flatMap((node): DeviceMention[] => {
      if (node.kind !== "assignment") return [];
      const role = roleOf(section, node.key);
      if (!role) return [];
      return [...node.value.text.matchAll(/[^\s"']+/g)].flatMap(({ 0: word, index }): DeviceMention[] => {
        const [name = ""] = word.slice(word.startsWith("!") ? 1 : 0).split(":", 1);
        const from = index + (word.startsWith("!") ? 1 : 0);
        return name === ""
          ? []
          : [{ name, role, section, key: node.key, ...sourceSpan(node.value, from, from + name.length) }];
      });
    }),
  );
}

function roleOf(section: string, key: string): DeviceMention["role"] | undefined {
  if (DEFINITIONS.has(`${section}.${key}`)) return "definition";
  if (MATCHES.has(`${section}.${key}`)) return "match";
  return USES[section]?.includes(key) ? "use" : undefined;
}

/** The virtual device that a .netdev file creates, with its kind. */
export function deviceIn(file: UnitFile): { readonly name: string; readonly kind: string } | undefined {
  const last = (key: string): string | undefined =>
    file.sections
      .filter((it) => it.name === "NetDev")
      .flatMap(({ nodes }) => nodes.flatMap((it) => (it.kind === "assignment" && it.key === key ? [it.text] : [])))
      .at(-1);
  const name = last("Name");
  return name ? { name, kind: last("Kind") ?? "" } : undefined;
}

/** Whether a pattern of [Match] Name= has an interface; a plain name only itself. Classes of characters are taken as any one. */
export function matchesDevice(pattern: string, name: string): boolean {
  const parts = pattern.match(/\[[^\]]{1,32}\]|[\s\S]/g) ?? [];
  let [at, star, from] = [0, -1, 0];
  for (let i = 0; i < name.length; ) {
    const part = parts[at];
    if (part === "*") [star, from] = [at++, i];
    else if (part === name[i] || part === "?" || (part !== undefined && part.length > 1)) {
      at++;
      i++;
    } else if (star < 0) return false;
    else [at, i] = [star + 1, ++from];
  }
  return parts.slice(at).every((it) => it === "*");
}
