import { lazy } from "../../../../text/tables.ts";
import { parseBoolean } from "../../../../values/boolean.ts";
import { grammar, list, single } from "../../../../values/combine.ts";
import { SPAN_OR_INFINITY } from "../../../../values/configs/general/quantities.ts";
import { meanings, wordChoice } from "../../../../values/configs/general/wordChoice.ts";
import type { Effect, Grammar, Piece, ReportedIssue, Term, Wording } from "../../../../values/grammar.ts";
import { termOf } from "../../../../values/grammars/numbers/quantity.ts";
import { spellAs } from "../../../../values/oneOf.ts";
import { part } from "../../../../values/piece.ts";
import { about, noValue } from "../../../../values/wording.ts";

function instead(piece: Piece, wording: Wording, better: string, effect: Effect = "complains"): ReportedIssue {
  const { from, to } = piece;
  return { from, to, code: "value/deprecated", ...wording, fixes: [spellAs(piece, better)], effect };
}

/** Settings of one word, and what else may stand in its place. */
export const NETWORK_WORDS = lazy(() => {
  const LLDP = wordChoice({
    words: meanings({
      yes: "The same as `nearest-bridge`.",
      no: "Sends none.",
      "nearest-bridge": "Up to the next bridge.",
      "non-tpmr-bridge": "Up to the next bridge that is no repeater.",
      "customer-bridge": "Up to the next bridge of a customer.",
    }),
    boolean: true,
  });
  const needed = { empty: "invalid", code: "value/enumeration" } as const;
  const DAD = wordChoice({
    words: meanings({
      both: "For IPv4 and IPv6.",
      ipv4: "For IPv4 only.",
      ipv6: "For IPv6 only.",
      none: "Never.",
    }),
  });
  const DHCP = wordChoice({
    words: meanings({
      yes: "Addresses by DHCPv4 and DHCPv6.",
      no: "No DHCP.",
      ipv4: "Addresses by DHCPv4.",
      ipv6: "Addresses by DHCPv6.",
    }),
    boolean: true,
  });
  const OLD_DHCP: Readonly<Record<string, string>> = { none: "no", both: "yes", v4: "ipv4", v6: "ipv6" };
  const MASQUERADE = wordChoice({
    words: meanings({
      no: "Packets keep their sources.",
      ipv4: "IPv4 packets get the address of the outgoing interface.",
      ipv6: "IPv6 packets get the address of the outgoing interface.",
      both: "IPv4 and IPv6 packets get the address of the outgoing interface.",
    }),
  });
  const KEEP = wordChoice({
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
    other: wordChoice({
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
          ...noValue(piece, STATE_FORM),
        };
      into.token(from, to, "word");
      return undefined;
    },
  };
  return {
    linkLocalAddressFamily: single(
      "link_local_address_family",
      wordChoice({
        words: meanings({
          yes: "IPv4 and IPv6.",
          no: "None.",
          ipv4: "IPv4 only.",
          ipv6: "IPv6 only.",
        }),
        boolean: true,
        form: "a boolean, `ipv4` or `ipv6`",
        other: wordChoice({
          words: meanings({ fallback: "An older name of `yes`.", "fallback-ipv4": "An older name of `ipv4`." }),
          form: "a boolean, `ipv4` or `ipv6`",
        }),
      }),
      needed,
    ),
    lldpMulticastMode: grammar(
      "lldp_multicast_mode",
      "a boolean, `nearest-bridge`, `non-tpmr-bridge` or `customer-bridge`",
      "unset",
      (value, into) => LLDP.read(value, into),
    ),
    mmAllowedAuth: list(
      "mm_allowed_auth",
      wordChoice({
        words: ["none", "pap", "chap", "mschap", "mschapv2", "eap"].map((text) => ({ text })),
        form: "`none`, `pap`, `chap`, `mschap`, `mschapv2` or `eap`",
      }),
      { form: "a list of ways to authenticate", splitting: "plain", empty: "reset", effect: "word" },
    ),
    ignoreCarrierLoss: single(
      "ignore_carrier_loss",
      wordChoice({
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
      wordChoice({
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
      return instead(value, about(value, `means ${better} for historical reasons`), better);
    }),
    dhcp: {
      ...grammar("dhcp", DHCP.form, "invalid", (value, into) => {
        const better = OLD_DHCP[value.text];
        if (better === undefined) return DHCP.read(value, into);
        return instead(value, about(value, "is an older word"), better);
      }),
      missing: { code: "value/enumeration", effect: "assignment" },
    },
    ipMasquerade: grammar("ip_masquerade", MASQUERADE.form, "unset", (value, into) => {
      if (!parseBoolean(value.text))
        return parseBoolean(value.text) === false ? undefined : MASQUERADE.read(value, into);
      into.slot(value.from, value.to, () => []);
      return instead(value, about(value, "means ipv4 and not both"), "ipv4");
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
        return {
          from,
          to,
          code: "value/deprecated",
          message: "is not in use any more; LinkLocalAddressing= is",
          effect,
        };
      }),
      missing: { code: "value/deprecated", effect: "assignment" },
    },
  } as const satisfies Record<string, Grammar | ((argument: string) => Grammar)>;
});
