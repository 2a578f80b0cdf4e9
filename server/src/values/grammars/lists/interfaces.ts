import { type PerVersion, valueIn } from "../../../facts/version.ts";
import { list, single } from "../../combine.ts";
import type { Grammar, Term } from "../../grammar.ts";
import { ALTERNATIVE_NAME_MAX, INTERFACE_NAME_MAX, isInterfaceName } from "../../interfaceName.ts";
import { issueAt, wordTopic } from "../../piece.ts";
import { invalid } from "../../wording.ts";

const ALL = { text: "*", summary: "Any interface.", role: "operator" } as const;

/** A network interface by its name. Follows ifname_valid_full(), systemd 257 to 262. */
export function interfaceName(longest: PerVersion<number>, star = false): Term {
  return {
    form: "the name of a network interface such as `eth0`",
    read(piece, into) {
      const { text, from, to } = piece;
      const { version } = into.where;
      into.slot(from, to, () => (star ? [ALL] : []), { kind: "interfaces" });
      if (star && text === ALL.text) {
        into.token(from, to, "operator", wordTopic("*", ALL.summary));
        return undefined;
      }
      if (!isInterfaceName(text, valueIn(longest, version), version))
        return issueAt(piece, "value/network-interface", invalid(piece, "network interface name"));
      into.token(from, to, "name");
      return undefined;
    },
  };
}

/** Alternative names count too since 255. */
const ANY_NAME: PerVersion<number> = { 0: INTERFACE_NAME_MAX, 256: ALTERNATIVE_NAME_MAX };

/** What names network interfaces. */
export const INTERFACES = {
  restrictNetworkInterfaces: list("restrict_network_interfaces", interfaceName(ANY_NAME), {
    form: "a list of network interfaces, or `~` and a list to leave out",
    splitting: "quotes",
    empty: "reset",
    effect: "word",
    inverts: true,
  }),
  bindNetworkInterface: single("bind_network_interface", interfaceName(ANY_NAME), {
    empty: "unset",
    specifiers: "full",
    form: "the name of a network interface",
  }),
  socketBindtodevice: single("socket_bindtodevice", interfaceName({ 0: INTERFACE_NAME_MAX }, true), {
    empty: "unset",
    specifiers: ({ version }) => valueIn({ 0: "none", 258: "full" }, version),
    form: "the name of a network interface, or `*`",
  }),
} as const satisfies Record<string, Grammar>;
