import type { ConfiguredPort } from "./fact.ts";

/** Where a daemon listens, as far as a word says it. */
export interface ListenAddress {
  readonly port?: ConfiguredPort;
  /** The file of a socket. */
  readonly socket?: string;
}

/** What is put before an address, with what it says. */
const PREFIX =
  /^(?:(udp[46]?|quic[46]?)|tcp[46]?|ipv[46]|https?|unix|file|ssl|tls|fd|sockpair|abns)(?:@|:(?!\d))(?:\/\/)?/i;

/** Sockets that the daemon is given, or that have no file. */
const GIVEN = /^(?:fd|sockpair|abns)/i;

/**
 * Reads a word that says where to listen: a port, an address with one, or the file of a socket. Undefined where it is none of
 * these or holds a variable; an address alone has the port that the daemon takes then.
 */
export function listenAddress(
  word: string,
  { alone, protocol = "tcp" }: { readonly alone?: number; readonly protocol?: ConfiguredPort["protocol"] } = {},
): ListenAddress | undefined {
  if (word.length > 300 || /[\s$%{}()<>|]/.test(word)) return undefined;
  const [prefix = "", datagram] = PREFIX.exec(word) ?? [];
  if (GIVEN.test(prefix)) return undefined;
  const text = word.slice(prefix.length).replace(/(?<!^)\/$/, "");
  if (text.startsWith("/")) return { socket: text };
  if (/^unix/i.test(prefix)) return undefined;
  const found = portsOf(text, datagram === undefined ? protocol : "udp");
  if (found) return { port: found };
  const isAddress = /^(?:\*|[\w.*-]+|\[[\da-f:.]+\]|(?=[^:]*:[^:]*:)[\da-f:.]+)$/i.test(text) && !/^\d+$/.test(text);
  return isAddress && alone !== undefined ? { port: { from: alone, to: alone, protocol } } : undefined;
}

/** A port alone, or behind a host or an address in brackets; Unbound has a sign of its own between the two. */
const PORT = /^(?:(?:\[[\da-f:.%]*\]|[\w.*-]*):|[\w.:*-]+@)?(\d{1,5})(?:-(\d{1,5}))?$/i;

function portsOf(text: string, protocol: ConfiguredPort["protocol"]): ConfiguredPort | undefined {
  const [, from = "", to = from] = PORT.exec(text) ?? [];
  const isOne = Number(from) > 0 && Number(from) <= Number(to) && Number(to) < 65536;
  return isOne ? { from: Number(from), to: Number(to), protocol } : undefined;
}
