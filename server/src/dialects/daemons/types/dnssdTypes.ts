import { isUtf8Clean, utf8Length } from "../../../text/utf8.ts";
import { grammar, readWords } from "../../../values/combine.ts";
import { isDnsName } from "../../../values/dnsName.ts";
import type { Grammar, Issue, Offer, Piece, Reader } from "../../../values/grammar.ts";
import { base64Issue } from "../../../values/grammars/names/credentials.ts";
import { readSpecifiers } from "../../../values/grammars/names/read.ts";
import { issueAt, part } from "../../../values/piece.ts";
import { about, noValue } from "../../../values/wording.ts";
import { foreignSpecifier, OF_SERVICE_NAME } from "./managerSpecifiers.ts";

const LONGEST = 63;

/** What a label of DNS-SD may hold. Follows dns_service_name_is_valid() and dns_subtype_name_is_valid(), systemd 257 and 262. */
function labelIssue(piece: Piece, what: string): Issue | undefined {
  const { text } = piece;
  if (utf8Length(text) > LONGEST)
    return issueAt(
      piece,
      "value/name",
      about(piece, `has ${utf8Length(text)} bytes, but ${what} has at most ${LONGEST}`),
    );
  if (!isUtf8Clean(text) || /[\x00-\x1f\x7f]/.test(text))
    return issueAt(piece, "value/name", `has a control character or broken UTF-8, which ${what} may not have`);
  return undefined;
}

/** Dots part labels as in any domain, which shows only once the name is used: then the file is not loaded. */
const domainIssue = (piece: Piece): Issue | undefined =>
  isDnsName(piece.text) ? undefined : issueAt(piece, "daemon/domain", about(piece, "is no part of a domain"));

/** Follows config_parse_dnssd_name(), systemd 257 and 262. */
function readName(value: Piece, into: Reader): Issue | undefined {
  into.token(value.from, value.to, "name");
  const foreign = foreignSpecifier(value, OF_SERVICE_NAME);
  if (foreign) return foreign;
  readSpecifiers(value, "full", into);
  const plain = value.text.replace(/%[a-zA-Z0-9%]/g, "x");
  const short = labelIssue({ ...value, text: plain }, "the name of a service");
  if (short) return short;
  return domainIssue({ ...value, text: plain });
}

const TYPES: readonly Offer[] = [
  ["_http._tcp", "Web pages."],
  ["_https._tcp", "Web pages over TLS."],
  ["_ssh._tcp", "Remote shells."],
  ["_sftp-ssh._tcp", "Files over SSH."],
  ["_smb._tcp", "Files over SMB."],
  ["_nfs._tcp", "Files over NFS."],
  ["_ipp._tcp", "Printers."],
  ["_mqtt._tcp", "Messages of devices."],
  ["_workstation._tcp", "A computer."],
].map(([text = "", summary = ""]) => ({ text, summary, role: "word" }));

/** Follows dnssd_srv_type_is_valid(), systemd 257 and 262. */
const TYPE = /^_[a-z][a-z0-9-]{0,61}\._(?:tcp|udp)\.?$/i;

function readType(value: Piece, into: Reader): Issue | undefined {
  into.slot(value.from, value.to, () => TYPES);
  into.token(value.from, value.to, "word");
  if (TYPE.test(value.text)) return undefined;
  const [, service, protocol] = /^_?([a-z][a-z0-9-]*)(?:\._?(tcp|udp))?$/i.exec(value.text) ?? [];
  const { from, to } = value;
  const text = `_${service}._${protocol ?? "tcp"}`;
  const fixes = service === undefined ? [] : [{ title: `Change to ${text}`, from, to, text }];
  return issueAt(value, "value/name", noValue(value, "a type such as _http._tcp"), fixes);
}

/** One text of the record: a key, or a key and a value. Follows config_parse_dnssd_txt(), systemd 257 and 262. */
function readItem(word: Piece, into: Reader, encoded: boolean): Issue | undefined {
  const equals = word.text.indexOf("=");
  const key = equals < 0 ? word : part(word, 0, equals);
  into.token(key.from, key.to, "name");
  if (/[^\x01-\x7f]/.test(key.text)) return issueAt(key, "value/name", about(key, "is a key that is not ASCII"));
  if (equals < 0) return undefined;
  const value = part(word, equals + 1);
  if (word.exact) into.token(value.from, value.to, "text");
  return encoded && value.text !== "" ? base64Issue(value, into) : undefined;
}

/** The texts of a service; `data` are encoded. */
export function dnssdTxt(argument: string): Grammar {
  const encoded = argument === "data";
  const form = encoded
    ? "a list of keys, each with `=` and data in Base64"
    : "a list of keys, each with `=` and a text";
  const item = (word: Piece, into: Reader) => readItem(word, into, encoded);
  return grammar("dnssd_txt", form, "reset", (value, into) =>
    readWords(value, "relaxed", into, { item, effect: "word", broken: "assignment", gap: { form, read: item } }),
  );
}

const NAME = grammar(
  "dnssd_name",
  "the name of the service, in which `%H` stands for that of the host",
  "unset",
  readName,
);
const SERVICE_TYPE = grammar("dnssd_type", "a type such as `_http._tcp`", "unset", readType);
const SUBTYPE = grammar("dnssd_subtype", "the name of a subtype such as `_printer`", "unset", (value, into) => {
  into.token(value.from, value.to, "name");
  return labelIssue(value, "a subtype") ?? domainIssue(value);
});

/** Value types of services that are announced. */
export const DNSSD_TYPES = {
  dnssdName: NAME,
  dnssdServiceName: NAME,
  dnssdType: SERVICE_TYPE,
  dnssdServiceType: SERVICE_TYPE,
  dnssdSubtype: SUBTYPE,
  dnssdServiceSubtype: SUBTYPE,
} as const satisfies Record<string, Grammar>;
