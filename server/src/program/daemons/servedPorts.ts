import type { Daemon } from "./daemon.ts";
import type { ConfigurationEntry, ConfigurationSection } from "./entry.ts";
import type { ConfiguredPort } from "./fact.ts";
import { keyName } from "./keys.ts";

/** A port with the entry that opens it. */
interface ServedPort {
  readonly port: ConfiguredPort;
  readonly entry: ConfigurationEntry;
  readonly path: string;
}

/** A key that opens ports by being there, with what it opens. */
interface OpenedPorts {
  readonly key: string;
  readonly ports: readonly ConfiguredPort[];
  readonly entry: ConfigurationEntry;
  readonly path: string;
}

/** Ports that are named after what they serve: mail services of Postfix and Dovecot, sites of Caddy, plugins of RabbitMQ. */
export class ServedPorts {
  readonly #daemon: Daemon;
  readonly #found: ServedPort[] = [];
  readonly #listeners = new Map<ConfigurationSection, { readonly entry: ConfigurationEntry; readonly path: string }>();
  readonly #protocols = new Set<string>();
  readonly #sites: { readonly scheme: "http" | "https"; readonly entry: ConfigurationEntry; readonly path: string }[] =
    [];
  readonly #implied = { http: 80, https: 443 };
  readonly #opened: OpenedPorts[] = [];
  /** Keys whose ports other keys say. */
  readonly #moved = new Set<string>();
  #isPlain = false;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  enable(protocols: readonly string[]): void {
    for (const it of protocols) this.#protocols.add(it);
  }

  add(entry: ConfigurationEntry, path: string): void {
    const { services, hasSites, opens = {}, instead = {} } = this.#daemon;
    for (const [key, ports] of Object.entries(opens))
      if (isKey(entry, key)) this.#opened.push({ key, ports: portsIn(ports), entry, path });
    for (const [key, others] of Object.entries(instead))
      if (others.split(" ").some((it) => isKey(entry, it))) this.#moved.add(key);
    if (services && entry.words[0] === "inet") this.#inet(services, entry, path);
    if (services && entry.opens && keyName(entry.key) === "inetlistener")
      this.#listeners.set(entry.opens, { entry, path });
    if (entry.section && keyName(entry.key) === "port") this.#listeners.delete(entry.section);
    if (entry.section?.words[0] === "protocols" && entry.words[0] === "yes") this.#protocols.add(entry.key);
    if (hasSites) this.#site(entry, path);
  }

  /** All of them, once all lines were seen. */
  finish(): readonly ServedPort[] {
    for (const { entry, path } of this.#listeners.values()) {
      const [name = ""] = entry.words;
      const port = this.#protocols.has(name.replace(/s$/, "")) ? this.#daemon.services?.[name] : undefined;
      if (port !== undefined) this.#push(port, entry, path);
    }
    if (!this.#isPlain)
      for (const { scheme, entry, path } of this.#sites) this.#push(this.#implied[scheme], entry, path);
    for (const { key, ports, entry, path } of this.#opened)
      if (!this.#moved.has(key)) for (const port of ports) this.#found.push({ port, entry, path });
    return this.#found;
  }

  #push(port: number, entry: ConfigurationEntry, path: string): void {
    this.#found.push({ port: { from: port, to: port, protocol: "tcp" }, entry, path });
  }

  /** A line of master.cf: a port, or the name of a service, behind an address or not. */
  #inet(services: Readonly<Record<string, number>>, entry: ConfigurationEntry, path: string): void {
    const name = entry.key.slice(entry.key.lastIndexOf(":") + 1);
    const port = /^\d{1,5}$/.test(name) ? Number(name) : Object.hasOwn(services, name) ? services[name] : undefined;
    if (port !== undefined && port > 0 && port < 65536) this.#push(port, entry, path);
  }

  /** The addresses that a site is named after; a host alone is served by HTTPS, and HTTP leads there. */
  #site(entry: ConfigurationEntry, path: string): void {
    const number = Number(entry.words[0]);
    if (entry.key === "http_port" && number > 0) this.#implied.http = number;
    if (entry.key === "https_port" && number > 0) this.#implied.https = number;
    if (entry.key === "auto_https") this.#isPlain = true;
    if (!entry.opens || entry.section) return;
    for (const word of entry.opens.words.slice(0, MOST_SITES)) {
      const [, scheme, host = "", port] =
        /^(?:(https?):\/\/)?([\w.*-]*|\[[\da-f:]+\])(?::(\d{1,5}))?(?:\/[^\s{}]*)?,?$/.exec(word) ?? [];
      if (port !== undefined) this.#push(Number(port), entry, path);
      else if (host === "") continue;
      else if (scheme === "http" || scheme === "https") this.#sites.push({ scheme, entry, path });
      else for (const it of ["http", "https"] as const) this.#sites.push({ scheme: it, entry, path });
    }
  }
}

/** Whether an entry has a key of a table; one with `*` stands for all that begin so. */
function isKey({ key }: ConfigurationEntry, written: string): boolean {
  const name = keyName(written.replace("*", ""));
  return written.endsWith("*") ? keyName(key).startsWith(name) : keyName(key) === name;
}

/** Ports of a table: `53`, `67/udp`. */
export const portsIn = (text: string): readonly ConfiguredPort[] =>
  text.split(" ").flatMap((it) => {
    const [from = "", protocol] = it.split("/");
    return from === "" ? [] : [{ from: Number(from), to: Number(from), protocol: protocol === "udp" ? "udp" : "tcp" }];
  });

/** More addresses than one site has. */
const MOST_SITES = 100;
