import { parseBoolean } from "../../boolean.ts";
import { grammar, list, single } from "../../combine.ts";
import type { Effect, Grammar, Piece, ReportedIssue, Term } from "../../grammar.ts";
import { integer } from "../../grammars/numbers/integers.ts";
import { termOf } from "../../grammars/numbers/quantity.ts";
import { spellAs } from "../../oneOf.ts";
import { part, quoted } from "../../piece.ts";
import { choice, meanings } from "../general/choice.ts";
import { SPAN_OR_INFINITY } from "../general/quantities.ts";

const BYTE = termOf(integer({ low: 0n, high: 255n }));

/** A word that systemd takes, but warns of, as another one says it better. */
function instead(piece: Piece, message: string, better: string, effect: Effect = "complains"): ReportedIssue {
  const { from, to } = piece;
  return { from, to, code: "value/deprecated", message, fixes: [spellAs(piece, better)], effect };
}

const needed = { empty: "invalid", code: "value/enumeration" } as const;

const ROUTE_TYPES = meanings({
  unicast: "An ordinary route.",
  local: "The destination is on this machine.",
  broadcast: "Packets are sent to all on the link.",
  anycast: "The destination is on this machine and is none to answer from.",
  multicast: "The destination is a group.",
  blackhole: "Packets are dropped without a word.",
  unreachable: "Packets are dropped, and the sender is told that the host cannot be reached.",
  prohibit: "Packets are dropped, and the sender is told that it is forbidden.",
  throw: "The lookup goes on in the next table.",
  nat: "Not in use any more.",
  xresolve: "Not in use any more.",
});

/** Where a route leads, by its name or its number. */
const SCOPE: Term = choice({
  words: meanings({
    global: "More than a hop away.",
    site: "Inside of the site.",
    link: "On this link.",
    host: "On this machine.",
    nowhere: "Nowhere.",
  }),
  form: "`global`, `site`, `link`, `host`, `nowhere`, or a number up to 255",
  other: BYTE,
});

const PREFERENCE = choice({
  words: meanings({
    low: "Others are preferred.",
    medium: "The usual preference.",
    high: "Preferred to others.",
  }),
});

const ROUTER_PREFERENCE = choice({
  words: meanings({
    high: "Preferred to other routers.",
    medium: "The usual preference.",
    low: "Other routers are preferred.",
    normal: "The same as `medium`.",
    default: "The same as `medium`.",
  }),
});

const DAD = choice({
  words: meanings({
    both: "For IPv4 and IPv6.",
    ipv4: "For IPv4 only.",
    ipv6: "For IPv6 only.",
    none: "Never.",
  }),
});

const DHCP = choice({
  words: meanings({
    yes: "Addresses by DHCPv4 and DHCPv6.",
    no: "No DHCP.",
    ipv4: "Addresses by DHCPv4.",
    ipv6: "Addresses by DHCPv6.",
  }),
  boolean: true,
});

const OLD_DHCP: Readonly<Record<string, string>> = { none: "no", both: "yes", v4: "ipv4", v6: "ipv6" };

const MASQUERADE = choice({
  words: meanings({
    no: "Packets keep their sources.",
    ipv4: "IPv4 packets get the address of the outgoing interface.",
    ipv6: "IPv6 packets get the address of the outgoing interface.",
    both: "IPv4 and IPv6 packets get the address of the outgoing interface.",
  }),
});

const KEEP = choice({
  words: [
    ...meanings({
      yes: "Keeps all addresses and routes.",
      no: "Keeps nothing.",
      static: "Keeps what is configured in the file.",
      dynamic: "Keeps what came by DHCP and such, even after the lease.",
      "dynamic-on-stop": "Keeps what came by DHCP and such when networkd stops.",
    }),
  ],
  boolean: true,
  other: choice({
    words: meanings({
      dhcp: "An older name of `dynamic`.",
      "dhcp-on-stop": "An older name of `dynamic-on-stop`.",
    }),
    form: "a boolean, `static`, `dynamic` or `dynamic-on-stop`",
  }),
  form: "a boolean, `static`, `dynamic` or `dynamic-on-stop`",
});

const STATES = [
  "missing",
  "off",
  "no-carrier",
  "dormant",
  "degraded-carrier",
  "carrier",
  "degraded",
  "enslaved",
  "routable",
];

const STATE_FORM = "a boolean, a state such as `routable`, or two of them with a colon between";

/** States of a link from one to another. Follows parse_operational_state_range(), systemd 257 and 262. */
const STATE_RANGE: Term = {
  form: STATE_FORM,
  read(piece, into) {
    const { from, to, text } = piece;
    const colon = text.indexOf(":");
    const offers = () => STATES.map((it) => ({ text: it, role: "word" as const }));
    const ends = colon < 0 ? [piece] : [part(piece, 0, colon), part(piece, colon + 1)];
    for (const end of ends) into.slot(end.from, end.to, offers);
    const [low = 0, high = STATES.length] = ends.map((it, i) => (it.text === "" ? i * 100 : STATES.indexOf(it.text)));
    if (low < 0 || high < 0 || low > high || /^:?$/.test(text))
      return {
        from,
        to,
        code: "value/enumeration",
        message: `takes ${STATE_FORM.replaceAll("`", "")}, not ${quoted(piece)}`,
      };
    into.token(from, to, "word");
    return undefined;
  },
};

const ADVERTISES = { yes: "Sends router advertisements.", no: "Sends none." };
const SENDS = choice({ words: meanings(ADVERTISES), boolean: true, form: "a boolean" });
const DELEGATES = choice({
  words: meanings({
    ...ADVERTISES,
    static: "Sends the prefixes of the file.",
    dhcpv6: "Sends the prefixes that DHCPv6 delegates.",
  }),
  boolean: true,
});

const forever = meanings({
  forever: "Without an end.",
  infinity: "Without an end.",
});

/** Settings of one word, and what else may stand in its place. */
export const NETWORK_WORDS = {
  addressLifetime: single(
    "address_lifetime",
    choice({ words: [...forever, { text: "0", summary: "Others are preferred from the start." }] }),
    { empty: "unset" },
  ),
  addressScope: single("address_scope", SCOPE, { empty: "unset" }),
  routeScope: single("route_scope", SCOPE, needed),
  routeType: single("route_type", choice({ words: ROUTE_TYPES, form: "a type such as `unicast`" }), needed),
  routeProtocol: single(
    "route_protocol",
    choice({
      words: meanings({
        static: "Configured by the administrator.",
        boot: "Added while the system started.",
        kernel: "Added by the kernel.",
      }),
      form: "`static`, `boot`, `kernel`, or a number up to 255",
      other: BYTE,
    }),
    needed,
  ),
  routePreference: single("route_preference", PREFERENCE, needed),
  routerPreference: (when: string) =>
    single("router_preference", ROUTER_PREFERENCE, when === "needed" ? needed : { empty: "unset" }),
  routePrefixPreference: single("route_prefix_preference", ROUTER_PREFERENCE, { empty: "unset" }),
  dhcpPdPrefixRouteType: single(
    "dhcp_pd_prefix_route_type",
    choice({
      words: [
        ...ROUTE_TYPES.filter(({ text }) => ["blackhole", "unreachable", "prohibit", "throw"].includes(text)),
        { text: "none", summary: "No route for what is not assigned." },
      ],
    }),
    { empty: "unset" },
  ),
  routingPolicyRuleAction: single(
    "routing_policy_rule_action",
    choice({
      words: meanings({
        table: "Looks in the table.",
        goto: "Goes on with the rule of `GoTo=`.",
        nop: "Does nothing.",
        blackhole: "Drops the packets without a word.",
        unreachable: "Drops them, and says that the host cannot be reached.",
        prohibit: "Drops them, and says that it is forbidden.",
      }),
    }),
    needed,
  ),
  nexthopFamily: single(
    "nexthop_family",
    choice({ words: meanings({ ipv4: "The hop is reached by IPv4.", ipv6: "The hop is reached by IPv6." }) }),
    { empty: "unset" },
  ),
  linkLocalAddressFamily: single(
    "link_local_address_family",
    choice({
      words: meanings({
        yes: "IPv4 and IPv6.",
        no: "None.",
        ipv4: "IPv4 only.",
        ipv6: "IPv6 only.",
      }),
      boolean: true,
    }),
    needed,
  ),
  lldpMulticastMode: grammar(
    "lldp_multicast_mode",
    "a boolean, `nearest-bridge`, `non-tpmr-bridge` or `customer-bridge`",
    "unset",
    (value, into) => LLDP.read(value, into),
  ),
  routerPrefixDelegation: (setting: string) =>
    single("router_prefix_delegation", setting === "send" ? SENDS : DELEGATES, needed),
  dhcpIpServiceType: single(
    "dhcp_ip_service_type",
    choice({
      words: meanings({
        CS4: "The class selector 4.",
        CS6: "The class selector 6, the default.",
        none: "None.",
      }),
    }),
    { empty: "unset" },
  ),
  dhcpFallbackLeaseLifetime: single("dhcp_fallback_lease_lifetime", choice({ words: forever }), { empty: "unset" }),
  mmIpFamily: single(
    "mm_ip_family",
    choice({
      words: meanings({ ipv4: "IPv4 only.", ipv6: "IPv6 only.", both: "IPv4 and IPv6.", any: "Any." }),
    }),
    { empty: "unset" },
  ),
  mmAllowedAuth: list(
    "mm_allowed_auth",
    choice({
      words: ["none", "pap", "chap", "mschap", "mschapv2", "eap"].map((text) => ({ text })),
      form: "`none`, `pap`, `chap`, `mschap`, `mschapv2` or `eap`",
    }),
    { form: "a list of ways to authenticate", splitting: "plain", empty: "reset", effect: "word" },
  ),
  ignoreCarrierLoss: single(
    "ignore_carrier_loss",
    choice({
      words: meanings({ yes: "Keeps the configuration.", no: "Drops it with the carrier." }),
      boolean: true,
      form: "a boolean, or a time span for which a lost carrier does not count",
      other: termOf(SPAN_OR_INFINITY),
    }),
    { empty: "unset" },
  ),
  keepConfiguration: single("keep_configuration", KEEP, { empty: "unset" }),
  requiredForOnline: single(
    "required_for_online",
    choice({
      words: meanings({ yes: "The system is online only with this link.", no: "The link does not count." }),
      boolean: true,
      form: STATE_FORM,
      other: STATE_RANGE,
    }),
    { empty: "unset" },
  ),

  addressDad: grammar("address_dad", DAD.form, "unset", (value, into) => {
    const on = parseBoolean(value.text);
    if (on === undefined) return DAD.read(value, into);
    const better = on ? "none" : "both";
    return instead(value, `has ${quoted(value)}, which means ${better} for historical reasons`, better);
  }),
  dhcp: {
    ...grammar("dhcp", DHCP.form, "invalid", (value, into) => {
      const better = OLD_DHCP[value.text];
      if (better === undefined) return DHCP.read(value, into);
      return instead(value, `has the older word ${value.text}`, better);
    }),
    missing: { code: "value/enumeration", effect: "assignment" },
  },
  ipMasquerade: grammar("ip_masquerade", MASQUERADE.form, "unset", (value, into) => {
    if (!parseBoolean(value.text)) return parseBoolean(value.text) === false ? undefined : MASQUERADE.read(value, into);
    into.slot(value.from, value.to, () => []);
    return instead(value, `has ${quoted(value)}, which means ipv4 and not both`, "ipv4");
  }),
  ipForwardDeprecated: {
    ...grammar(
      "ip_forward_deprecated",
      "nothing: use `IPv4Forwarding=` and `IPv6Forwarding=`",
      "invalid",
      ({ from, to }) => ({
        from,
        to,
        code: "value/deprecated",
        message: "is not in use any more; IPv4Forwarding= and IPv6Forwarding= are",
        effect: "assignment",
      }),
    ),
    missing: { code: "value/deprecated", effect: "assignment" },
  },
  ipv4ll: {
    ...grammar("ipv4ll", "a boolean; use `LinkLocalAddressing=` instead", "invalid", (value) => {
      const { from, to, text } = value;
      const effect = parseBoolean(text) === undefined ? "assignment" : "complains";
      return { from, to, code: "value/deprecated", message: "is not in use any more; LinkLocalAddressing= is", effect };
    }),
    missing: { code: "value/deprecated", effect: "assignment" },
  },
} as const satisfies Record<string, Grammar | ((argument: string) => Grammar)>;

const LLDP = choice({
  words: meanings({
    yes: "The same as `nearest-bridge`.",
    no: "Sends none.",
    "nearest-bridge": "Up to the next bridge.",
    "non-tpmr-bridge": "Up to the next bridge that is no repeater.",
    "customer-bridge": "Up to the next bridge of a customer.",
  }),
  boolean: true,
});
