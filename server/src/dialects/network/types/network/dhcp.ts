import { cEscapeAt } from "../../../../syntax/escapes.ts";
import { firstWord, splitWords } from "../../../../syntax/words.ts";
import { lazy } from "../../../../text/tables.ts";
import { utf8Length } from "../../../../text/utf8.ts";
import { grammar, list } from "../../../../values/combine.ts";
import { parseIp } from "../../../../values/configs/general/addresses.ts";
import type { Grammar, Issue, Offer, Piece, Reader, Term } from "../../../../values/grammar.ts";
import { parseInteger, UINT_MAX } from "../../../../values/number.ts";
import { issueAt, part, wordTopic } from "../../../../values/piece.ts";
import { parseTimeSpan } from "../../../../values/timeSpan.ts";
import { about, noValue } from "../../../../values/wording.ts";
import { REQUESTED } from "./dhcpOptions.ts";

const CODE = "value/dhcp-option";

const isUnsigned = (text: string, low: bigint, high: bigint): boolean => {
  const number = parseInteger(text);
  return number !== undefined && number >= low && number <= high;
};

/** What an option holds. Follows dhcp_option_data_type_from_string(), systemd 257 and 262. */
const TYPES: readonly (Offer & { readonly takes: (text: string) => boolean })[] = [
  { text: "uint8", summary: "A number up to 255.", role: "word", takes: (it) => isUnsigned(it, 0n, 255n) },
  { text: "uint16", summary: "A number up to 65535.", role: "word", takes: (it) => isUnsigned(it, 0n, 65_535n) },
  { text: "uint32", summary: "A number up to 4294967295.", role: "word", takes: (it) => isUnsigned(it, 0n, UINT_MAX) },
  { text: "string", summary: "Text with C escapes.", role: "word", takes: (it) => isEscaped(it) },
  {
    text: "ipv4address",
    summary: "An IPv4 address.",
    role: "word",
    takes: (it) => parseIp(it, "inet") !== undefined,
  },
  {
    text: "ipv6address",
    summary: "An IPv6 address.",
    role: "word",
    takes: (it) => parseIp(it, "inet6") !== undefined,
  },
];

/** Whether all backslashes begin an escape of C; NUL may be one. */
function isEscaped(text: string): boolean {
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", at)) {
    const known = cEscapeAt(text, at + 1);
    const zero = /^(?:x00|000|u0000|U00000000)/.exec(text.slice(at + 1))?.[0];
    if (!known && zero === undefined) return false;
    at += 1 + (known?.length ?? zero?.length ?? 0);
  }
  return true;
}

interface Field {
  readonly form: string;
  readonly takes: (text: string) => boolean;
}

const colon = { separators: ":", escapes: "next", coalesce: true } as const;

/** Fields with colons between them, then a type, and data of it. Follows config_parse_dhcp_send_option(), systemd 257, and config_parse_dhcp_option_tlv(), systemd 262. */
function option(routine: string, fields: readonly Field[]): Grammar {
  const names = [...fields.map((it) => it.form), "a type", "data"];
  const form = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}, with colons between them`;
  return grammar(routine, form, "reset", (value, into) => {
    let at = 0;
    for (const field of [...fields, TYPE]) {
      const found = firstWord(value.text, at, colon);
      const word = found && "word" in found ? found.word : undefined;
      const here = part(value, word?.from ?? at, word?.to);
      if (field === TYPE) into.slot(here.from, here.to, () => TYPES);
      const text = word?.value ?? "";
      const isField = value.text.charAt(here.to - value.from) === ":";
      if (!found || "kind" in found || !field.takes(text) || !isField) {
        const issue = issueAt(value, CODE, noValue(value, form));
        const isFilled = behindColons(value.text, here.to - value.from) < value.text.length;
        // Data of an unknown type is an error of the file, systemd 257 and 262.
        return field === TYPE && isField && isFilled && text !== "" ? { ...issue, effect: "refused" } : issue;
      }
      at = found.next ?? value.text.length;
      if (field === TYPE) return readData(value, at, text, here, into);
      into.token(here.from, here.to, "number");
    }
    return undefined;
  });
}

const TYPE: Field = { form: "a type", takes: (text) => TYPES.some((it) => it.text === text) };

function readData(value: Piece, from: number, type: string, here: Piece, into: Reader): Issue | undefined {
  const dataType = TYPES.find(({ text }) => text === type);
  into.token(here.from, here.to, "word", dataType && wordTopic(type, dataType.summary ?? ""));
  const data = part(value, behindColons(value.text, from));
  if (data.text === "" || !dataType?.takes(data.text))
    return issueAt(data.text === "" ? value : data, CODE, noValue(data, `data of the type ${type}`));
  into.token(data.from, data.to, type === "string" ? "text" : "number");
  return undefined;
}

/** Several colons count as one. */
const behindColons = (text: string, from: number): number => from + (/^:*/.exec(text.slice(from))?.[0].length ?? 0);

const number = (form: string, low: bigint, high: bigint): Field => ({ form, takes: (it) => isUnsigned(it, low, high) });
const OPTION4 = number("an option from 1 to 254", 1n, 254n);
const OPTION6 = number("an option from 1 to 65534", 1n, 65_534n);
const ENTERPRISE = number("the number of an enterprise", 0n, UINT_MAX);

/** Follows config_parse_dhcp_server_relay_agent_suboption(), systemd 257. */
const suboption = grammar("dhcp_server_relay_agent_suboption", "`string:` and text", "unset", (value, into) => {
  into.slot(value.from, value.to, () => [{ text: "string:", summary: "Text follows.", role: "word" }]);
  if (!value.text.startsWith("string:")) return issueAt(value, CODE, noValue(value, "string: and text"));
  into.token(value.from, value.from + 7, "word");
  into.token(value.from + 7, value.to, "text");
  return undefined;
});

/** Classes by which a server distinguishes clients. */
function classes(routine: string, longest: number): Grammar {
  const item: Term = {
    form: "text",
    read(piece, into) {
      const length = utf8Length(piece.text);
      if (length === 0 || length > longest)
        return issueAt(piece, CODE, about(piece, `has ${length} bytes, but a word has 1 to ${longest}`));
      into.token(piece.from, piece.to, "text");
      return undefined;
    },
  };
  return list(routine, item, {
    form: "a list of words, with quotes and C escapes",
    splitting: "escapes",
    empty: "reset",
    effect: "word",
  });
}

const DUID_TYPES: readonly Offer[] = [
  { text: "vendor", summary: "By the number of an enterprise and an identifier, the default.", role: "word" },
  { text: "uuid", summary: "By a UUID.", role: "word" },
  { text: "link-layer", summary: "By the hardware address.", role: "word" },
  { text: "link-layer-time", summary: "By the hardware address and a time, which may follow a colon.", role: "word" },
];

/** How a machine names itself to servers. Follows config_parse_duid_type(), systemd 257 and 262. */
const duidType = (routine: string): Grammar => ({
  ...grammar(
    routine,
    "`vendor`, `uuid`, `link-layer`, `link-layer-time`, or a number up to 65535",
    "invalid",
    (value, into) => {
      const { words, rest } = splitWords(value.text, colon, 1);
      const [first] = words;
      const type = first ? part(value, first.from, first.to) : value;
      into.slot(type.from, type.to, () => DUID_TYPES);
      const known = DUID_TYPES.find(({ text }) => text === first?.value);
      if (!first || !(known || isUnsigned(first.value, 0n, 65_535n)))
        return issueAt(
          value,
          "value/enumeration",
          noValue(value, "vendor, uuid, link-layer, link-layer-time or a number"),
        );
      into.token(type.from, type.to, known ? "word" : "number", known && wordTopic(known.text, known.summary ?? ""));
      const time = rest === undefined ? undefined : part(value, rest);
      if (!time || time.text === "") return undefined;
      const takesTime = known ? known.text === "link-layer-time" : parseInteger(first.value) === 1n;
      if (!takesTime) return issueAt(time, CODE, about(time, "is a time, which only link-layer-time has after it"));
      return isTimestamp(time.text)
        ? undefined
        : issueAt(time, CODE, noValue(time, "a time such as 2024-01-01 12:00:00"));
    },
  ),
  missing: { code: "value/enumeration", effect: "assignment" },
});

/** Parts of a date that strptime() takes. */
const DAY = String.raw`\d{2}(?:\d{2})?-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]?\d|2[0-3]):[0-5]?\d(?::(?:[0-5]?\d|60)(?:\.\d+)?)?`;
const DATE = new RegExp(
  String.raw`^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* +)?(?:${DAY}(?:[T ]${TIME})?|${TIME})(?:Z| ?[+-]\d{2}:?\d{2}| [A-Za-z][\w+/-]*)?$`,
  "i",
);

/** Whether a text is a point in time. Follows parse_timestamp(), systemd 257 and 262. */
function isTimestamp(text: string): boolean {
  if (/^(?:now|today|yesterday|tomorrow)$/.test(text) || /^@\d+(?:\.\d+)?$/.test(text) || DATE.test(text)) return true;
  const span = /^[+-](.+)$/s.exec(text)?.[1] ?? /^(.+) (?:ago|left)$/s.exec(text)?.[1];
  return span !== undefined && !("error" in parseTimeSpan(span, "s"));
}

const MAX_DUID = 128;

/** Bytes with colons between them. Follows config_parse_duid_rawdata(), systemd 257 and 262. */
const duidData = (routine: string): Grammar =>
  grammar(routine, "hexadecimal bytes with `:` between them", "nothing", (value, into) => {
    const { words } = splitWords(value.text, colon);
    const wrong = words.find((it) => !/^[0-9a-f]{1,2}$/i.test(it.value));
    if (words.length > MAX_DUID) return issueAt(value, CODE, about(value, `has more than ${MAX_DUID} bytes`));
    if (wrong) {
      const at = part(value, wrong.from, wrong.to);
      return issueAt(at, CODE, about(at, "is no byte in hexadecimal"));
    }
    into.token(value.from, value.to, "number");
    return undefined;
  });

/** An option that a client asks for. */
const request = (family: string): Term => ({
  form: "an option from 1 to 254",
  read(piece, into) {
    const known = REQUESTED[family === "inet6" ? "inet6" : "inet"];
    into.slot(piece.from, piece.to, () =>
      Object.entries(known).map(([text, summary]) => ({ text, summary, role: "number" })),
    );
    if (!isUnsigned(piece.text, 1n, 254n)) return issueAt(piece, CODE, noValue(piece, "options from 1 to 254"));
    const name = known[`${parseInteger(piece.text)}`];
    into.token(piece.from, piece.to, "number", name === undefined ? undefined : wordTopic(piece.text, name));
    return undefined;
  },
});

/** Options of DHCP, and what a client names itself. */
export const NETWORK_DHCP = lazy(() => ({
  dhcpRequestOptions: (family: string) =>
    list("dhcp_request_options", request(family), {
      form: "a list of options from 1 to 254",
      splitting: "plain",
      empty: "reset",
      effect: "word",
    }),
  dhcpSendOption: (kind: string) =>
    option("dhcp_send_option", kind === "inet" ? [OPTION4] : kind === "inet6" ? [OPTION6] : [ENTERPRISE, OPTION6]),
  dhcp6SendOption: (kind: string) => option("dhcp6_send_option", kind === "vendor" ? [ENTERPRISE, OPTION6] : [OPTION6]),
  dhcpOptionTlv: option("dhcp_option_tlv", [OPTION4]),
  dhcpOption: (_reset: string) => option("dhcp_option", []),
  dhcpServerRelayAgentSuboption: suboption,
  dhcpUserOrVendorClass: (family: string) => classes("dhcp_user_or_vendor_class", family === "inet" ? 255 : 65_535),
  dhcp4UserClass: classes("dhcp4_user_class", 255),
  dhcp6UserOrVendorClass: classes("dhcp6_user_or_vendor_class", 65_535),
  duidType: duidType("duid_type"),
  networkDuidType: duidType("network_duid_type"),
  managerDuidType: duidType("manager_duid_type"),
  duidRawdata: duidData("duid_rawdata"),
  networkDuidRawdata: duidData("network_duid_rawdata"),
  managerDuidRawdata: duidData("manager_duid_rawdata"),
}));
