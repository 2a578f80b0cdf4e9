import type { ProgramFiles } from "../files.ts";
import { listenAddress } from "./address.ts";
import { isInForce, moduleOf } from "./conditions.ts";
import type { Daemon, KeyMeaning } from "./daemon.ts";
import type { ConfigurationEntry, ConfigurationSection } from "./entry.ts";
import type { ConfigurationFact, ConfigurationKind, ConfiguredPort } from "./fact.ts";
import { foldersNamed } from "./glob.ts";
import { keyName, type MeantEntry, meaningsOf } from "./keys.ts";
import { pathInWord } from "./namedPath.ts";
import { portsIn, ServedPorts } from "./servedPorts.ts";

/** A fact whose path may still begin in a folder that a later line names. */
interface Waiting {
  readonly kind: ConfigurationKind;
  readonly word: string;
  readonly isFolder: boolean;
  readonly entry: ConfigurationEntry;
  readonly path: string;
}

/** The kinds that are written. */
const WRITTEN: ReadonlySet<KeyMeaning> = new Set(["data", "log", "pid", "socket"]);
const PATHS: ReadonlySet<KeyMeaning> = new Set([...WRITTEN, "root", "share"]);
const ON = /^(?:yes|true|on|1)?$/i;

/** Gathers what the entries of one daemon say, in the order of its files. */
export class FactCollector {
  /** The folder in which paths without a root begin. */
  base: string | undefined;
  readonly #daemon: Daemon;
  readonly #variables: Map<string, string>;
  readonly #facts: ConfigurationFact[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #writable = new Map<ConfigurationSection | undefined, boolean>();
  readonly #modules = new Set<string>();
  readonly #served: ServedPorts;
  readonly #main: string;
  #skipped = 0;
  #saysPorts = false;
  #isOffline = false;

  constructor(daemon: Daemon, variables: Readonly<Record<string, string>>, main: string) {
    this.#daemon = daemon;
    this.#variables = new Map(Object.entries(variables));
    this.#main = main;
    this.#served = new ServedPorts(daemon);
    this.base = daemon.base;
  }

  /** Takes an entry; gives the patterns of the files that it includes. */
  add(written: ConfigurationEntry, path: string): readonly string[] {
    const entry = this.#withVariables(written);
    const name = entry.section?.words[0] ?? "";
    if (this.#skips(entry) || !isInForce(entry.section, this.#modules)) return [];
    if (this.#daemon.only?.test(name) === false && !/^[!.]/.test(entry.key)) return [];
    if (keyName(entry.key) === this.#daemon.homes && (entry.opens || !/^disabled$/i.test(entry.words[0] ?? "")))
      this.#wait("share", "/home", true, { ...entry, ...(entry.opens && { section: entry.opens }) }, path);
    this.#served.add(entry, path);
    return meaningsOf(this.#daemon, entry).flatMap((it) => this.#take(it, entry, path));
  }

  /** All facts, with those that hold where no line says otherwise; without ports where an option or a variable names others. */
  finish(args: readonly string[], files: Pick<ProgramFiles, "look" | "list">): readonly ConfigurationFact[] {
    for (const it of this.#waiting) this.#addPath(it, files);
    const { elsewhere = "", ports = "", unless = {} } = this.#daemon;
    const isTold = tellsAny(args, elsewhere);
    for (const { port, entry, path } of this.#served.finish()) this.#addPorts([port], entry, path);
    if (!this.#saysPorts) this.#pushPorts(ports);
    for (const [options, usual] of Object.entries(unless)) if (!tellsAny(args, options)) this.#pushPorts(usual);
    return this.#facts.filter((it) => it.kind !== "port" || !(isTold || this.#isOffline));
  }

  /** Ports that hold without a line. */
  #pushPorts(ports: string): void {
    for (const port of portsIn(ports))
      this.#facts.push({ kind: "port", value: `${port.from}`, port, isWritten: false, key: "", path: this.#main });
  }

  /** Blocks of Exim whose condition only its macros decide. */
  #skips({ key }: ConfigurationEntry): boolean {
    if (key === ".ifdef" || key === ".ifndef") this.#skipped++;
    if (key === ".endif" && this.#skipped > 0) this.#skipped--;
    return this.#skipped > 0;
  }

  #withVariables(entry: ConfigurationEntry): ConfigurationEntry {
    if (this.#daemon.variables === undefined) return entry;
    if (keyName(entry.key) === "define") this.#variables.set(entry.words[0] ?? "", entry.words[1] ?? "");
    if (!entry.words.some((it) => it.includes("${"))) return entry;
    const words = entry.words.map((it) =>
      it.replace(/\$\{(\w{1,100})\}/g, (all, name: string) => this.#variables.get(name) ?? all),
    );
    return { ...entry, words };
  }

  #take(meant: MeantEntry, entry: ConfigurationEntry, path: string): readonly string[] {
    const { meaning, words, isFolder, pattern } = meant;
    const [first = ""] = words;
    if (meaning === "include") return words;
    if (meaning === "folder") return [`${first.replace(/,.*$/s, "").replace(/(?<!\/)\/+$/, "")}/${pattern}`];
    if (meaning === "base") this.base = pathInWord(first, this.base)?.path ?? this.base;
    else if (meaning === "readOnly") this.#writable.set(entry.section, !ON.test(first));
    else if (meaning === "writable") this.#writable.set(entry.section, ON.test(first));
    else if (meaning === "offline") this.#isOffline ||= ON.test(first);
    else if (meaning === "protocols") this.#served.enable(words);
    else if (meaning === "listen") this.#listen(words, entry, path);
    else if (meaning === "port" || meaning === "udp" || meaning === "besides") this.#port(meaning, words, entry, path);
    else if (meaning === "user" || meaning === "group") this.#names(meaning, words, entry, path);
    else if (meaning === "address") this.#address(words, entry, path);
    else if (meaning === "module") this.#module(words, entry, path);
    else if (PATHS.has(meaning)) this.#path(meaning, isFolder, words, entry, path);
    return [];
  }

  #listen(words: readonly string[], entry: ConfigurationEntry, path: string): void {
    const { alone, isBoth } = this.#daemon;
    const at = words.indexOf("port");
    const [first = ""] = at >= 0 ? words.slice(at + 1) : words[0] === "0" ? words.slice(1) : words;
    const protocol = words.some((it) => it === "udp" || it === "quic") ? "udp" : "tcp";
    for (const [i, word] of first.split(",").entries()) {
      if (word === "off") this.#saysPorts = true;
      const found = listenAddress(word, { protocol, ...(alone === undefined ? {} : { alone }) });
      if (found?.port) {
        this.#saysPorts = true;
        this.#addPorts(isBoth ? both(found.port) : [found.port], entry, path, word);
      }
      // What follows may be a certificate.
      if (found?.socket !== undefined && i === 0) this.#wait("socket", found.socket, false, entry, path);
    }
  }

  #port(meaning: "port" | "udp" | "besides", words: readonly string[], entry: ConfigurationEntry, path: string): void {
    this.#saysPorts ||= meaning !== "besides";
    const protocol = meaning === "udp" ? "udp" : "tcp";
    for (const word of words.flatMap((it) => it.split(/[\s:,;]+/)).slice(0, MOST_VALUES)) {
      const port = /^\d{1,5}$/.test(word) ? listenAddress(word, { protocol })?.port : undefined;
      if (port) this.#addPorts(this.#daemon.isBoth && meaning === "port" ? both(port) : [port], entry, path, word);
    }
  }

  #names(kind: "user" | "group", words: readonly string[], entry: ConfigurationEntry, path: string): void {
    const [first = "", second] = words;
    if (NAME.test(first)) this.#add({ kind, value: first }, entry, path);
    if (kind === "user" && words.length === 2 && second !== undefined && NAME.test(second))
      this.#add({ kind: "group", value: second }, entry, path);
  }

  #address(words: readonly string[], entry: ConfigurationEntry, path: string): void {
    const all = words.flatMap((it) => it.split(/[\s,;]+/)).filter((it) => it !== "");
    // An empty list of PostgreSQL is none.
    if (all.length === 0) this.#isOffline = true;
    for (const written of all.slice(0, MOST_VALUES)) {
      // Redis goes on without one that has this sign.
      const value = written.replace(/^-/, "");
      if (ADDRESS.test(value)) this.#add({ kind: "address", value }, entry, path);
    }
  }

  #module(words: readonly string[], entry: ConfigurationEntry, path: string): void {
    const loaded = moduleOf(entry);
    if (loaded !== undefined) this.#modules.add(loaded);
    const all = loaded === undefined ? words.flatMap((it) => it.split(/[\s,;]+/)) : words.slice(1);
    for (const value of all.slice(0, MOST_VALUES))
      if (/^[\w./$+-]+$/.test(value)) this.#add({ kind: "module", value }, entry, path);
  }

  #path(
    meaning: KeyMeaning,
    isFolder: boolean,
    words: readonly string[],
    entry: ConfigurationEntry,
    path: string,
  ): void {
    const kind = meaning as ConfigurationKind;
    const all = kind === "socket" ? words.flatMap((it) => it.split(/[\s,]+/)) : words;
    const absolute = all.filter((it) => /^(?:[a-z_]{2,12}:)?\//.test(it));
    const [first] = all;
    // An alias names the address before the folder.
    const named = kind === "root" ? absolute.slice(-1) : kind === "socket" ? absolute : absolute.slice(0, 1);
    const relative =
      named.length === 0 &&
      all.length === 1 &&
      first !== undefined &&
      !/^(?:off|on|yes|no|none|syslog|stderr|stdout|auto|-)$/i.test(first);
    for (const word of relative ? [first] : named.slice(0, MOST_VALUES)) this.#wait(kind, word, isFolder, entry, path);
  }

  #wait(kind: ConfigurationKind, word: string, isFolder: boolean, entry: ConfigurationEntry, path: string): void {
    this.#waiting.push({ kind, word, isFolder, entry, path });
  }

  #addPath({ kind, word, isFolder, entry, path }: Waiting, files: Pick<ProgramFiles, "look" | "list">): void {
    const found = pathInWord(word, this.base);
    if (!found) return;
    const at = found.path.lastIndexOf("/");
    // What the links before the last part lead to, where they are there.
    const folder = at > 0 ? files.look(found.path.slice(0, at)) : undefined;
    const value =
      folder?.kind === "folder" ? `${folder.path}${found.path.slice(at)}`.replace(/^\/\//, "/") : found.path;
    this.#add({ kind, value, isFolder: isFolder || found.isCut || kind === "share" || kind === "root" }, entry, path);
    if (kind === "data" && isFolder && this.#daemon.links !== undefined)
      for (const linked of foldersNamed(`${value}/${this.#daemon.links}`, files))
        this.#add({ kind, value: linked, isFolder }, entry, path);
  }

  #addPorts(ports: readonly ConfiguredPort[], entry: ConfigurationEntry, path: string, word?: string): void {
    for (const port of ports) this.#add({ kind: "port", value: word ?? String(port.from), port }, entry, path);
  }

  #add(
    { isFolder, ...it }: Pick<ConfigurationFact, "kind" | "value" | "port"> & { readonly isFolder?: boolean },
    { section, key, line, by = key }: ConfigurationEntry,
    path: string,
  ): void {
    if (this.#facts.length >= MOST_FACTS) return;
    const isWritten = it.kind === "share" ? (this.#writable.get(section) ?? false) : WRITTEN.has(it.kind);
    this.#facts.push({
      ...it,
      ...(isFolder ? { isFolder } : {}),
      isWritten,
      key: by,
      path,
      ...(line > 0 ? { line } : {}),
    });
  }
}

/** More than is said of any daemon that people configure. */
const MOST_FACTS = 3000;

/** More values than one line of a daemon has. */
const MOST_VALUES = 50;

const NAME = /^(?:[A-Za-z_][\w-]*\$?|\d{1,10})$/;
const ADDRESS = /^[\w.:*[\]/-]{1,100}$/;

const both = (port: ConfiguredPort): readonly ConfiguredPort[] =>
  (["tcp", "udp"] as const).map((protocol) => ({ ...port, protocol }));

/** Whether words have one of some options. */
const tellsAny = (args: readonly string[], options: string): boolean =>
  options.split(" ").some((option) => option !== "" && args.some((it) => tells(it, option)));

/** Whether a word is an option, with its value in it or behind it. */
const tells = (word: string, option: string): boolean =>
  word === option || word.startsWith(`${option}=`) || (option.length === 2 && word.startsWith(option));
