import { lazy } from "../../../../text/tables.ts";
import { single } from "../../../../values/combine.ts";
import { meanings, wordChoice } from "../../../../values/configs/general/wordChoice.ts";
import type { Grammar, Term } from "../../../../values/grammar.ts";
import { integer } from "../../../../values/grammars/numbers/integers.ts";
import { termOf } from "../../../../values/grammars/numbers/quantity.ts";

/** Words about routes, scopes and routers, and what else may stand in their place. */
export const ROUTE_WORDS = lazy(() => {
  const BYTE = termOf(integer({ low: 0n, high: 255n }));
  const needed = { empty: "invalid", code: "value/enumeration" } as const;
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
    routerPrefixDelegation: (setting: string) =>
      single("router_prefix_delegation", setting === "send" ? SENDS : DELEGATES, needed),
  } as const satisfies Record<string, Grammar | ((argument: string) => Grammar)>;
});
