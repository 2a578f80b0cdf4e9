import type { DirectiveName } from "../catalog/catalog.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { AssignedLine } from "../syntax/tree.ts";
import { splitWords, type Word } from "../syntax/words.ts";
import type { Span } from "../text/span.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { commandLineOf } from "../units/unitCommands.ts";
import { inValues, lineOf } from "./pathUses.ts";
import type { Program } from "./program.ts";
import { type CommandWord, commandsIn } from "./shellLine.ts";

/** A port below 1024 that a command of the file listens on, as far as its options say so. */
export interface LowPort extends Span {
  readonly port: number;
  /** As ListenStream= takes it. */
  readonly listen: string;
  /** What names it. */
  readonly setting: DirectiveName;
}

/** The first one of the main command, with its place in the file; undefined where it shows none. */
export function lowPortOf(unit: Unit): LowPort | undefined {
  const first = portsIn.command(unit)[0] ?? portsIn.variables(unit)[0];
  const node = first && lineOf(unit, first);
  return (
    node && {
      ...sourceSpan(node.value, first.from, first.to),
      port: first.port,
      listen: first.listen,
      setting: first.setting,
    }
  );
}

const LISTENS =
  /^--?(?:[\w.]+-)*(?:port|listen|bind|addr|address|http|https|urls)(?:-(?:port|addr|address|on|host))?$/i;
const PEERS = /remote|peer|server-|upstream|dest|connect|target|forward|proxy|relay|backend|master|cluster|join/i;
/** Whether an option names a port of another machine; `--cluster.listen-address` is one of this. */
const isElsewhere = (option: string): boolean => PEERS.test(option) && !/listen-address$/i.test(option);
/** What -p, which may mean much else, takes for a port. */
const WELL_KNOWN: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 69, 79, 80, 88, 110, 119, 123, 143, 161, 179, 389, 443, 465, 514, 515, 554, 587, 631, 636, 853,
  873, 990, 993, 995,
]);
/** A port of this machine: alone, or after an address that is its own. */
const OWN_PORT =
  /^(?:(?:tcp|udp)6?:(?:\/\/)?|https?:\/\/)?(?:(|[*+]|0\.0\.0\.0|\[[0:]*1?\]|127(?:\.\d{1,3}){3}|localhost):)?(\d{1,4})\/?$/;

interface FoundPort extends Omit<LowPort, keyof Span | "setting"> {
  readonly from: number;
  readonly to: number;
}

function portIn(line: AssignedLine): readonly FoundPort[] {
  if (!/(?:^|\D)\d{1,3}(?:\D|$)/.test(line.value.text)) return NONE;
  for (const command of commandLineOf(line).commands) {
    if (command.prefixes.includes("+")) continue;
    const found = commandsIn(command)
      .map(portAmong)
      .find((it) => it !== undefined);
    if (found) return [found];
  }
  return NONE;
}

function portAmong(words: readonly CommandWord[]): FoundPort | undefined {
  for (const [i, { value, from, to, exact }] of words.entries()) {
    if (i === 0 || !exact || value.length > 100) continue;
    const waiting = /^(?:TCP|UDP|SSL|OPENSSL)[46]?-L(?:ISTEN)?:(\d{1,3})(?=,|$)/i.exec(value)?.[1];
    if (waiting !== undefined) return { port: Number(waiting), listen: waiting, from, to };
    const [, option = "", own = ""] = /^(--?[\w.-]+)=(.*)$/.exec(value) ?? [];
    const before = option || (words[i - 1]?.value ?? "");
    const serves = before === "http.server" || (before === "-S" && /(?:^|\/)php[\d.]*$/.test(words[0]?.value ?? ""));
    const named = (before === "-p" || serves || LISTENS.test(before)) && !isElsewhere(before);
    const bare = option === "" && /^(?:\*|0\.0\.0\.0|\[::\]|(?:tcp|udp)6?)?:\d/.test(value) && !isElsewhere(before);
    const [, address = "", digits] = (named || bare ? OWN_PORT.exec(option === "" ? value : own) : undefined) ?? [];
    const port = Number(digits);
    if (!(port > 0 && port < 1024 && (before !== "-p" || WELL_KNOWN.has(port)))) continue;
    const texts = words.map((it) => it.value);
    const calls = texts.some(
      (it, at) =>
        at < i && !(texts[at - 1] ?? "").startsWith("-") && isClient(it.slice(it.lastIndexOf("/") + 1), texts),
    );
    if (!calls) return { port, listen: listenOn(address, port), from, to };
  }
  return undefined;
}

const NONE: readonly never[] = [];
const portsIn = {
  command: inValues("ExecStart", portIn),
  variables: inValues("Environment", ({ value: { text } }) => splitWords(text, "escapes").words.flatMap(portOf)),
};

/** The variables with which programs are told where to listen. */
const VARIABLE =
  /^(?:(?:HTTPS?_|LISTEN_|SERVER_|APP_)?PORT|(?:LISTEN|BIND)(?:_ADDR(?:ESS)?)?|ASPNETCORE_URLS)=(\S{1,100})$/;

function portOf({ value, from, to }: Word): readonly FoundPort[] {
  const [, address = "", digits] = OWN_PORT.exec(VARIABLE.exec(value)?.[1] ?? "") ?? [];
  const port = Number(digits);
  return port > 0 && port < 1024 ? [{ port, listen: listenOn(address, port), from, to }] : NONE;
}

/** An address that is more than "all", with the port. */
function listenOn(address: string, port: number): string {
  if (/^127\.|^localhost$/.test(address)) return `${address.replace("localhost", "127.0.0.1")}:${port}`;
  return address.endsWith("1]") ? `${address}:${port}` : `${port}`;
}

/** The first port below 1024 that some command shows, whatever it does with it. */
export const anyLowPort = memo((programs: readonly Program[]) =>
  programs.map(lowPortIn).find((it) => it !== undefined),
);

/** The same options with parts before a point, as in `--server.port` and `-Dserver.port`. */
const LISTENS_ANY =
  /^--?(?:\w+[-.])*(?:port|listen|bind|addr|address|http|https|urls)(?:-(?:port|addr|address|on|host))?$/i;
/** A port of this machine, of any height. */
const ANY_PORT =
  /^(?:(?:tcp|udp)6?:(?:\/\/)?|https?:\/\/)?(?:(?:|[*+]|0\.0\.0\.0|\[[0-9a-f:]*\]|\d{1,3}(?:\.\d{1,3}){3}|localhost):)?(\d{2,5})\/?$/;
/** A variable of the same meaning. */
export const PORT_VARIABLE = /^(?:[A-Z]+_)*(?:PORT|LISTEN|BIND|ADDR(?:ESS)?|ASPNETCORE_URLS)=/;

/** The port that a word names after an option or a variable, above the lowest ones too; undefined where it is none. */
export function portOfWord(word: string): number | undefined {
  const port = Number(ANY_PORT.exec(word.slice(0, 100))?.[1]);
  return port > 0 && port < 65536 ? port : undefined;
}

/** The ports that commands show to listen on, whatever their numbers. */
export const portsOf = memo((programs: readonly Program[]) => [...new Set(programs.flatMap(servedPorts))]);

/** A port with the option that says to listen there. */
export interface ListenedPort {
  readonly option: string;
  readonly port: number;
}

/** The ports of options that mean nothing else. */
export const listenedPorts = memo((programs: readonly Program[]): readonly ListenedPort[] =>
  programs.flatMap((it) =>
    it.setting === "ExecStart" && !it.names.some((name) => isClient(name, it.args)) ? listenedBy(it) : NONE,
  ),
);

const listenedBy = memo(({ args }: Program): readonly ListenedPort[] =>
  args.flatMap((word, i): readonly ListenedPort[] => {
    const [, own = "", value = word] = /^(--?[\w.-]{1,60})=(.{1,100})$/.exec(word) ?? [];
    const before = own || (args[i - 1] ?? "");
    const option = SURELY_LISTENS.test(before) ? before : "";
    const port = option === "" || isElsewhere(option) ? undefined : portOfWord(value);
    return port === undefined ? NONE : [{ option, port }];
  }),
);

const SURELY_LISTENS =
  /^(?:--?(?:[\w.]{1,30}-)?(?:inet|listen|bind)(?:-(?:port|addr|address|on))?|--(?:(?:http|https|web|server)[-.])?port|--(?:[a-z]{1,20}\.){1,3}listen-address)$/i;

/** The first of them. */
export const anyPort = (programs: readonly Program[]): number | undefined => portsOf(programs)[0];

const servedPorts = memo(({ args, names }: Program): readonly number[] => {
  if (names.some((it) => isClient(it, args))) return NONE;
  return args.flatMap((word, i) => {
    const [, option = "", own = ""] = /^(--?[\w.-]{1,60})=(.{1,100})$/.exec(word) ?? [];
    const before = option || (args[i - 1] ?? "");
    const isBare = option === "" && /^(?:\*|0\.0\.0\.0|\[::\]|(?:tcp|udp)6?)?:\d/.test(word);
    const isNamed = before === "-p" || serves(before, names) || (before.length < 100 && LISTENS_ANY.test(before));
    return ((isNamed || isBare) && !isElsewhere(before) && portOfWord(option === "" ? word : own)) || NONE;
  });
});

/** Whether a word tells an interpreter to serve at the place that follows. */
const serves = (word: string, names: readonly string[]): boolean =>
  word === "http.server" || (word === "-S" && names.some((it) => /^php[\d.]*$/.test(it)));

/** Programs that call others at the port that they are given. */
const CLIENT =
  /^(?:(?:auto)?ssh|scp|sftp|sshfs|sshpass|mosh|rsync|n?c(?:at)?|netcat|socat|telnet|curl|wget|nmap|ldapsearch|swaks|mail|mutt|msmtp|lftp|ftp|tftp|snmp(?:get|walk|trap)|dig|ntpdate|ping)$/;

/** Whether a program calls others, and serves nobody itself. */
const isClient = (name: string, args: readonly string[]): boolean =>
  name.length < 100 &&
  CLIENT.test(name) &&
  !args.some((it) => SERVES.test(it.slice(0, 100)) || (NETCAT.test(name) && /^-[a-z]*l/.test(it)));

/** With these even such a program waits for others. */
const SERVES = /^--(?:daemon|listen)$|^[A-Z\d]+-L(?:ISTEN)?:/i;
const NETCAT = /^(?:n?c(?:at)?|netcat)$/;

/** A port below 1024 that a command says to listen on, by an option or an address of its own; of clients only one that they forward. */
const lowPortIn = memo(({ args, names }: Program): number | undefined => {
  const words = args.flatMap((it) => it.split(/[\s"',]+/)).filter((it) => it !== "" && it.length <= MAX_WORD);
  const ports = names.some((it) => isClient(it, args)) ? forwardedIn(words) : words.flatMap(listenedIn);
  return ports.map(Number).find((it) => it > 0 && it < 1024);
});

/** The longest word with a port that anyone writes. */
const MAX_WORD = 200;

const forwardedIn = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, i) => {
    const argument = /^-[LD]./.test(word) ? word.slice(2) : /^-[LD]$/.test(words[i - 1] ?? "") ? word : "";
    return /(?:^|:)(\d+)(?=:|$)/.exec(argument)?.[1] ?? [];
  });

/** What a word says to listen on: the port alone, after an option that means one, or behind an address of this machine. */
function listenedIn(word: string, i: number, words: readonly string[]): readonly string[] {
  const waiting = /^[A-Z\d]+-L(?:ISTEN)?:(\d+)$/i.exec(word)?.[1];
  if (waiting !== undefined) return [waiting];
  const [, option = "", own = ""] = /^(-{0,2}[\w.-]{1,60})=(.+)$/.exec(word) ?? [];
  const before = option || (words[i - 1] ?? "");
  if (isElsewhere(before)) return NONE;
  const value = option === "" ? word : own;
  const short = /^-p$/.test(before) ? value : /^-p\d/.test(word) ? word.slice(2) : "";
  if (/^\d+$/.test(short)) return WELL_KNOWN.has(Number(short)) ? [short] : NONE;
  const isNamed = LISTENS_ANY.test(before) || /(?:^|[\w-])port$/i.test(before) || before === "http.server";
  const address = (isNamed ? NAMED_ADDRESS : OWN_ADDRESS).exec(value)?.[1];
  return address === undefined ? NONE : [address];
}

/** A port after an address that is this machine's, or after a protocol. */
const OWN_ADDRESS =
  /^(?:[a-z]{2,10}:\/\/)?(?:[*+]|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]*\]|localhost|(?:tcp|udp)[46]?)?:(\d{1,5})\/?$/i;
/** A port alone, or after whatever an option names before it. */
const NAMED_ADDRESS = /^(?:[a-z]{2,10}:\/\/)?(?:[^\s/]*:)?(\d{1,5})(?:\/\S*)?$/i;
