import { lazy } from "../../../text/tables.ts";
import { single } from "../../combine.ts";
import type { Grammar, Term } from "../../grammar.ts";
import { integer } from "../../grammars/numbers/integers.ts";
import { termOf } from "../../grammars/numbers/quantity.ts";
import { meanings, wordChoice } from "../general/wordChoice.ts";

/** Words about routes, scopes and routers, and what else may stand in their place. */
export const ROUTE_WORDS = lazy(() => {
  const BYTE = termOf(integer({ low: 0n, high: 255n }));
  const needed = { empty: "invalid", code: "value/enumeration" } as const;
  const ROUTE_TYPES = meanings({
    unicast: "An ordinary route.",
    local: "The destination is on this machine.",
    broadcast: "Packets are sent to all on the link.",
    anycast: "The destination is on this machine and is none to answer from.",
    multicast: "The destination is a group.",
    blackhole: "Packets are dropped silently.",
    unreachable: "Packets are dropped, and the sender is told that the host cannot be reached.",
    prohibit: "Packets are dropped, and the sender is told that it is forbidden.",
    throw: "The lookup goes on in the next table.",
    nat: "Not in use any more.",
    xresolve: "Not in use any more.",
  });
  const SCOPE: Term = wordChoice({
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
  const PREFERENCE = wordChoice({
    words: meanings({
      low: "Others are preferred.",
      medium: "The usual preference.",
      high: "Preferred to others.",
    }),
  });
  const ROUTER_PREFERENCE = wordChoice({
    words: meanings({
      high: "Preferred to other routers.",
      medium: "The usual preference.",
      low: "Other routers are preferred.",
      normal: "The same as `medium`.",
      default: "The same as `medium`.",
    }),
  });
  const ADVERTISES = { yes: "Sends router advertisements.", no: "Sends none." };
  const SENDS = wordChoice({ words: meanings(ADVERTISES), boolean: true, form: "a boolean" });
  const DELEGATES = wordChoice({
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
  return {
    addressLifetime: single(
      "address_lifetime",
      wordChoice({ words: [...forever, { text: "0", summary: "Others are preferred from the start." }] }),
      { empty: "unset" },
    ),
    addressScope: single("address_scope", SCOPE, { empty: "unset" }),
    routeScope: single("route_scope", SCOPE, needed),
    routeType: single("route_type", wordChoice({ words: ROUTE_TYPES, form: "a type such as `unicast`" }), needed),
    routeProtocol: single(
      "route_protocol",
      wordChoice({
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
      wordChoice({
        words: [
          ...ROUTE_TYPES.filter(({ text }) => ["blackhole", "unreachable", "prohibit", "throw"].includes(text)),
          { text: "none", summary: "No route for what is not assigned." },
        ],
      }),
      { empty: "unset" },
    ),
    routingPolicyRuleAction: single(
      "routing_policy_rule_action",
      wordChoice({
        words: meanings({
          table: "Looks in the table.",
          goto: "Goes on with the rule of `GoTo=`.",
          nop: "Does nothing.",
          blackhole: "Drops the packets silently.",
          unreachable: "Drops them, and says that the host cannot be reached.",
          prohibit: "Drops them, and says that it is forbidden.",
        }),
      }),
      needed,
    ),
    nexthopFamily: single(
      "nexthop_family",
      wordChoice({ words: meanings({ ipv4: "The hop is reached by IPv4.", ipv6: "The hop is reached by IPv6." }) }),
      { empty: "unset" },
    ),
    routerPrefixDelegation: (setting: string) =>
      single("router_prefix_delegation", setting === "send" ? SENDS : DELEGATES, needed),
    dhcpFallbackLeaseLifetime: single("dhcp_fallback_lease_lifetime", wordChoice({ words: forever }), {
      empty: "unset",
    }),
  } as const satisfies Record<string, Grammar | ((argument: string) => Grammar)>;
});
