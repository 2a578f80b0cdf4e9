import { parseV4, parseV6 } from "../../../../values/address.ts";
import { single } from "../../../../values/combine.ts";
import { isBase64, isCredentialName } from "../../../../values/credential.ts";
import { isDnsName } from "../../../../values/dnsName.ts";
import type { Grammar, Issue, Piece, Term } from "../../../../values/grammar.ts";
import { path } from "../../../../values/grammars/paths/path.ts";
import { parseInteger } from "../../../../values/number.ts";
import { issueAt, part } from "../../../../values/piece.ts";
import { about, invalid } from "../../../../values/wording.ts";

const CODE = "value/key";

/** The name of a credential that holds the value, behind an `@`. */
function readCredential(piece: Piece): Issue | undefined {
  const name = part(piece, 1);
  return isCredentialName(name.text) ? undefined : issueAt(name, "value/credential", invalid(name, "credential name"));
}

/** The bytes of a key of WireGuard. */
const KEY_BYTES = 32;

/** A key of WireGuard. Follows wireguard_decode_key_and_warn(), systemd 257 and 262. */
const WIREGUARD_KEY: Term = {
  form: "a key of 32 bytes in Base64 as `wg genkey` prints it, or `@` and the name of a credential",
  read(piece, into) {
    into.token(piece.from, piece.to, "text");
    if (piece.text.startsWith("@")) return readCredential(piece);
    if (!isBase64(piece.text, into.where.version)) return issueAt(piece, CODE, "has invalid Base64 in the key");
    const bytes = (piece.text.replace(/[ \t\n\r=]/g, "").length * 3) >> 2;
    return bytes === KEY_BYTES
      ? undefined
      : issueAt(piece, CODE, `needs a key of ${KEY_BYTES} bytes, but has one of ${bytes}`);
  },
};

/** Pairs of hexadecimal digits, and blanks between them. Follows unhexmem(), systemd 257 and 262. */
const isHexText = (text: string): boolean => /^(?:[0-9a-f]{2})*$/i.test(text.replace(/[ \t\n\r]/g, ""));
const hexBytes = (text: string): number => text.replace(/[ \t\n\r]/g, "").length / 2;

const MACSEC_BYTES = 16;

const hexTerm = (form: string, fits: (bytes: number) => boolean): Term => ({
  form,
  read(piece, into) {
    into.token(piece.from, piece.to, "text");
    if (!isHexText(piece.text)) return issueAt(piece, CODE, "needs pairs of hexadecimal digits");
    const bytes = hexBytes(piece.text);
    return fits(bytes) ? undefined : issueAt(piece, CODE, `needs ${form}, but has ${bytes} bytes`);
  },
});

const KEY_FILE = path({ form: "an absolute path to a file with the key", plain: true });

const isPort = (text: string): boolean => {
  const port = /^[ \t\n\r]/.test(text) ? undefined : parseInteger(text);
  return port !== undefined && port > 0n && port <= 65_535n;
};

/** Whether a text is an address, perhaps with a port. Follows in_addr_port_ifindex_name_from_string_auto(), systemd 257 and 262. */
function isAddressAndPort(text: string): boolean {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return parseV4(text) !== undefined;
  if (text.startsWith("["))
    return (
      text.charAt(colon - 1) === "]" && parseV6(text.slice(1, colon - 1)) !== undefined && isPort(text.slice(colon + 1))
    );
  return parseV6(text) !== undefined || (parseV4(text.slice(0, colon)) !== undefined && isPort(text.slice(colon + 1)));
}

/** Where a peer is reached. Follows config_parse_wireguard_endpoint(), systemd 257 and 262. */
const ENDPOINT: Term = {
  form: "a host and a port such as `vpn.example.com:51820` or `[2001:db8::1]:51820`",
  read(piece, into) {
    const { text, from, to } = piece;
    if (text.startsWith("@")) return readCredential(piece);
    if (isAddressAndPort(text)) {
      into.token(from, to, "number");
      return undefined;
    }
    const colon = text.lastIndexOf(":");
    if (colon < 0) return issueAt(piece, "value/address", about(piece, "needs a port after it"));
    const [host, port] = [part(piece, 0, colon), part(piece, colon + 1)];
    if (!isDnsName(host.text)) return issueAt(host, "value/domain-name", invalid(host, "domain name"));
    if (!isPort(port.text)) return issueAt(port, "value/number", invalid(port, "port"));
    into.token(host.from, host.to, "name");
    into.token(port.from, port.to, "number");
    return undefined;
  },
};

/** Value types of keys and peers in .netdev files, systemd 257 and 262. */
export const netdevKeyTypes = (): Readonly<Record<string, Grammar>> => ({
  macsecKey: single(
    "macsec_key",
    hexTerm("a key of 16 bytes in hexadecimal", (it) => it === MACSEC_BYTES),
    {
      empty: "invalid",
      code: CODE,
    },
  ),
  macsecKeyId: single(
    "macsec_key_id",
    hexTerm("up to 16 bytes in hexadecimal", (it) => it <= MACSEC_BYTES),
    { empty: "invalid", code: CODE },
  ),
  macsecKeyFile: single("macsec_key_file", KEY_FILE, { empty: "unset" }),
  wireguardEndpoint: single("wireguard_endpoint", ENDPOINT, { empty: "invalid", code: "value/address" }),
  wireguardPeerKey: single("wireguard_peer_key", WIREGUARD_KEY, { empty: "unset" }),
  wireguardPeerKeyFile: single("wireguard_peer_key_file", KEY_FILE, { empty: "unset" }),
  wireguardPrivateKey: single("wireguard_private_key", WIREGUARD_KEY, { empty: "unset" }),
  wireguardPrivateKeyFile: single("wireguard_private_key_file", KEY_FILE, { empty: "unset" }),
});
