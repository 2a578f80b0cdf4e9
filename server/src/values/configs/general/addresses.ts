import { lazy } from "../../../text/tables.ts";
import { type Address, parseV4, parseV6 } from "../../address.ts";
import { list, single } from "../../combine.ts";
import type { Grammar, Issue, Offer, Piece, Reader, Term, Wording } from "../../grammar.ts";
import { network } from "../../grammars/lists/networkLists.ts";
import { ETHERNET, parseHardwareAddress } from "../../hardwareAddress.ts";
import { addressText, type Network, parseNetwork } from "../../ipNetworks.ts";
import { part, wordTopic } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";

/** Which addresses are meant: IPv4, IPv6, or both; `unspec` is the last one too. */
export type InetFamily = "inet" | "inet6" | "both";

const CODE = "value/address";
const NAMES: Readonly<Record<InetFamily, string>> = { inet: "IPv4 address", inet6: "IPv6 address", both: "IP address" };
const EXAMPLES: Readonly<Record<InetFamily, string>> = { inet: "192.0.2.1", inet6: "2001:db8::1", both: "192.0.2.1" };

/** The family that an argument of a routine names. */
export const inetFamily = (argument: string): InetFamily =>
  argument === "inet" || argument === "inet6" ? argument : "both";

/** An address of a family. Follows in_addr_from_string(), systemd 257 and 262. */
export const parseIp = (text: string, family: InetFamily): Address | undefined =>
  (family === "inet6" ? undefined : parseV4(text)) ?? (family === "inet" ? undefined : parseV6(text));

/** What a message calls an address of a family, with its article. */
export const anAddress = (family: InetFamily): string => `an ${NAMES[family]}`;

/** What a piece is not. */
export const noAddress = (piece: Piece, family: InetFamily): Issue => ({
  from: piece.from,
  to: piece.to,
  code: CODE,
  ...noValue(piece, `${anAddress(family)} such as ${EXAMPLES[family]}`),
});

/** Whether all bits are 0. */
export const isNullAddress = (address: Address): boolean => address.every((it) => it === 0);

interface AddressOptions {
  readonly family: InetFamily;
  readonly form?: string;
  /** What is wrong with an address, as a message says it of the address. */
  readonly unfit?: (address: Address) => string | undefined;
  /** Whether no message may show what stands there. */
  readonly isSecret?: boolean;
}

/** That an address stands for no host. */
export const notNull = (address: Address): string | undefined =>
  isNullAddress(address) ? "stands for any address" : undefined;

/** One IP address. */
export function address({
  family,
  form = `${anAddress(family)} such as \`${EXAMPLES[family]}\``,
  unfit,
  isSecret = false,
}: AddressOptions): Term {
  return {
    form,
    read(piece, into) {
      const ip = parseIp(piece.text, family);
      if (!ip) return noAddress(isSecret ? { ...piece, text: "" } : piece, family);
      const { from, to } = piece;
      const why = unfit?.(ip);
      if (why !== undefined) return { from, to, code: CODE, ...about(piece, why) };
      const usual = addressText(ip);
      into.token(
        from,
        to,
        "number",
        usual === piece.text ? undefined : wordTopic(piece.text, `Usually written \`${usual}\`.`),
      );
      return undefined;
    },
  };
}

interface PrefixOptions {
  readonly family: InetFamily;
  readonly form: string;
  /** What is wrong with a network that is written as one, as a message says it of the network. */
  readonly unfit?: (network: Network, slashed: boolean) => string | undefined;
  readonly offers?: readonly Offer[];
}

/** An address with the length of its prefix behind a slash, all bits where that is missing. Follows in_addr_prefix_from_string(), systemd 257 and 262. */
export function prefix({ family, form, unfit, offers = [] }: PrefixOptions): Term {
  return {
    form,
    read(piece, into) {
      const { from, to, text } = piece;
      if (offers.length > 0) into.slot(from, to, () => offers);
      const network = parseNetwork(text);
      if (!network || (family !== "both" && network.address.length !== (family === "inet" ? 4 : 16)))
        return { from, to, code: CODE, ...whyNoPrefix(piece, family) };
      const slash = text.indexOf("/");
      const why = unfit?.(network, slash >= 0);
      if (why !== undefined) return { from, to, code: CODE, ...about(piece, why) };
      markPrefix(piece, slash, into);
      return undefined;
    },
  };
}

/** The colours of an address, a slash and a number. */
function markPrefix(piece: Piece, slash: number, into: Reader): void {
  if (slash < 0 || !piece.exact) {
    into.token(piece.from, piece.to, "number");
    return;
  }
  const [host, sign, length] = [part(piece, 0, slash), part(piece, slash, slash + 1), part(piece, slash + 1)];
  into.token(host.from, host.to, "number");
  into.token(sign.from, sign.to, "operator");
  into.token(length.from, length.to, "number");
}

function whyNoPrefix(piece: Piece, family: InetFamily): Wording {
  const [host = "", length] = piece.text.split("/", 2);
  const address = parseIp(host, family);
  if (address && length !== undefined)
    return { ...about(piece, "has an invalid prefix length"), allowed: `a number from 0 to ${address.length * 8}` };
  return noValue(
    piece,
    `${anAddress(family)} with a prefix length such as ${EXAMPLES[family]}/${family === "inet6" ? 64 : 24}`,
  );
}

const HARDWARE = "value/hardware-address";

/** A hardware address. `expected` as for parseHardwareAddress. */
export function hardwareAddress(
  expected: number | "usual",
  unfit?: (bytes: readonly number[]) => string | undefined,
): Term {
  const what = expected === ETHERNET ? "MAC address" : "hardware address";
  return {
    form: `a ${what} such as \`12:34:56:78:9a:bc\``,
    read(piece, into) {
      const { from, to } = piece;
      const bytes = parseHardwareAddress(piece.text, expected);
      if (!bytes) return { from, to, code: HARDWARE, ...noValue(piece, `a ${what} such as 12:34:56:78:9a:bc`) };
      const why = unfit?.(bytes);
      if (why !== undefined) return { from, to, code: HARDWARE, ...about(piece, why) };
      into.token(from, to, "number");
      return undefined;
    },
  };
}

/** A MAC address. */
export const MAC = hardwareAddress(ETHERNET);
const USUAL = hardwareAddress("usual");

const NO_ADDRESS: Offer = { text: "none", summary: "Leaves the address to the kernel.", role: "word" };

/** Hardware addresses. */
export const HARDWARE_ADDRESSES = lazy(
  () =>
    ({
      hwAddr: single("hw_addr", USUAL, { empty: "unset" }),
      hwAddrs: list("hw_addrs", USUAL, {
        form: "a list of hardware addresses such as `12:34:56:78:9a:bc`",
        splitting: "plain",
        empty: "reset",
        effect: "word",
      }),
      etherAddrs: list("ether_addrs", MAC, {
        form: "a list of MAC addresses such as `12:34:56:78:9a:bc`",
        splitting: "plain",
        empty: "reset",
        effect: "word",
      }),
      netdevHwAddr: single(
        "netdev_hw_addr",
        {
          form: `${MAC.form}, or \`none\``,
          read(piece, into) {
            into.slot(piece.from, piece.to, () => [NO_ADDRESS]);
            if (piece.text !== NO_ADDRESS.text) return MAC.read(piece, into);
            into.token(piece.from, piece.to, "word", wordTopic("none", NO_ADDRESS.summary ?? ""));
            return undefined;
          },
        },
        { empty: "unset" },
      ),
    }) satisfies Record<string, Grammar>,
);

/** Grammars of addresses by their family. */
export const ADDRESSES = lazy(() => ({
  inAddrNonNull: (argument: string) => {
    const [family = "", kind] = argument.split(",");
    const item = address({ family: inetFamily(family), unfit: notNull, isSecret: kind === "secret" });
    return single("in_addr_non_null", item, { empty: "unset" });
  },
  inAddrData: single("in_addr_data", address({ family: "both" }), { empty: "unset" }),
  inAddrPrefixes: (family: string) =>
    list("in_addr_prefixes", network(inetFamily(family)), {
      form: "a list of addresses and networks, `any`, `localhost`, `link-local` and `multicast`",
      splitting: "plain",
      empty: "reset",
      effect: "word",
    }),
}));
