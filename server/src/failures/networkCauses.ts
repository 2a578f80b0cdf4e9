import { effective } from "../security/effective.ts";
import { programsOf } from "../service/program.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence, Message } from "./evidence.ts";
import { familyCauses, isRefused } from "./families.ts";
import { addWord, fixes, setTo } from "./fixes.ts";
import { addressesIn, isLoopback, isStopped } from "./peers.ts";
import { isOfSystemd } from "./places.ts";

/** What keeps a program from the network, or from sockets at all. */
export function* networkCauses(unit: Unit, { messages, text }: Evidence): Iterable<CausingSetting> {
  for (const message of messages) {
    if (isOfSystemd(message)) continue;
    if (message.error === "EAFNOSUPPORT") yield* familyCauses(unit, message, text);
    if (UNREACHABLE.test(message.text)) yield* unreachable(unit, message, text);
    else if (REFUSED.test(message.text)) yield* refused(unit, message, text);
    if (message.paths.length === 0 && INTERFACE.test(message.text)) yield* withoutInterface(unit);
    if (LATE.test(message.text)) yield* late(unit, message, text);
    if (message.error === "EPERM" && (SPEAKS.test(message.text) || SPOKE.test(text)))
      yield* addresses(unit, message, text);
  }
}

const UNREACHABLE =
  /network is (?:unreachable|down)|name resolution|name or service not known|no route to host|cannot assign requested address|could not resolve|ENETUNREACH|EHOSTUNREACH|EAI_|ENOTFOUND|EADDRNOTAVAIL/i;
const REFUSED =
  /connection refused|ECONNREFUSED|(?:failed|unable|not able|could ?n.t|could not|cannot|can.t) (?:to )?(?:re)?connect\b(?!ed)|connection (?:to|with) \S+ (?:was )?(?:failed|refused)/i;
const LATE = /ETIMEDOUT|TimeoutError|i\/o timeout|(?:connect|host|socket)\w*\b.*\btimed? ?out|timed? ?out.*\bconnect/i;

const SPEAKS = /\bsend|connect|bind|listen|recv|\bdial/i;
/** What says so in the lines around a message, where a word such as bind may mean something else. */
const SPOKE = /\bsend|connect|\bbind\(/i;

const INTERFACE =
  /\b(?:device|interface|nic)\b.*(?:does not exist|not found|no such)|(?:unknown|no such|cannot find) interface|no such device.*\b(?:eth|en[opsx]|wl|br-?|veth|docker)\w*\d|\b(?:eth|en[opsx]|wl|br-?|veth|docker)\w*\d\b.*no such device/i;

function* withoutInterface(unit: Unit): Iterable<CausingSetting> {
  if (hasPrivateNetwork(unit))
    yield cause(
      unit,
      "PrivateNetwork",
      LIKELY + 10,
      "PrivateNetwork= gives the unit only a private loopback interface",
      opened(unit, []),
    );
  if (linesToBlame(unit, "NetworkNamespacePath").length > 0)
    yield cause(unit, "NetworkNamespacePath", LIKELY, "NetworkNamespacePath= has other interfaces than the host");
}

/** To whom a program wanted to speak: the addresses of the message, else those of the lines around it, else of the commands. */
function peersOf(unit: Unit, message: Message, text: string): readonly string[] {
  const own = addressesIn(message.text);
  if (own.length > 0) return own;
  const near = addressesIn(text);
  if (near.length > 0) return near;
  return addressesIn(
    programsOf(unit)
      .map((it) => it.args.join(" "))
      .join("\n"),
  );
}

function* unreachable(unit: Unit, message: Message, text: string): Iterable<CausingSetting> {
  const { ipDeny } = effective(unit).settings;
  const isLookup = /resol|not known|EAI_|ENOTFOUND/i.test(message.text);
  if (hasPrivateNetwork(unit))
    yield cause(
      unit,
      "PrivateNetwork",
      SURE,
      "PrivateNetwork= gives the unit only a private loopback network",
      opened(unit, isLookup ? [] : peersOf(unit, message, text)),
    );
  if (linesToBlame(unit, "NetworkNamespacePath").length > 0)
    yield cause(
      unit,
      "NetworkNamespacePath",
      LIKELY,
      "NetworkNamespacePath= puts the unit into another network namespace",
    );
  if (ipDeny.count > 0 && isLookup) {
    const local = isStopped(unit, "127.0.0.53");
    yield cause(
      unit,
      "IPAddressDeny",
      local ? LIKELY : POSSIBLE,
      `IPAddressDeny= blocks packets to the name servers${local ? ", including systemd-resolved on this machine" : " unless IPAddressAllow= lists them"}`,
      fixes(local ? addWord(unit, "IPAddressAllow", "localhost") : undefined),
    );
  }
  yield* interfaces(unit);
}

/** Nobody listens, as far as the program sees: the service may be down, or it is in another network. */
function* refused(unit: Unit, message: Message, text: string): Iterable<CausingSetting> {
  if (message.error !== undefined && message.error !== "ECONNREFUSED") return;
  // A socket with a path is the same in every network.
  if (message.paths.length > 0 && addressesIn(message.text).length === 0) return;
  const peers = peersOf(unit, message, text);
  const remote = peers.length > 0 && !peers.some(isLoopback);
  if (hasPrivateNetwork(unit))
    yield cause(
      unit,
      "PrivateNetwork",
      remote ? POSSIBLE + 10 : LIKELY,
      "PrivateNetwork= gives the unit a private loopback: at 127.0.0.1 and ::1 it reaches only its own processes, and no other address at all",
      opened(unit, peers),
    );
  if (linesToBlame(unit, "NetworkNamespacePath").length > 0)
    yield cause(
      unit,
      "NetworkNamespacePath",
      POSSIBLE + 10,
      "NetworkNamespacePath= puts the unit into another network namespace, where 127.0.0.1 and ::1 are a separate loopback",
    );
  if (message.error === "ECONNREFUSED") return;
  yield* late(unit, message, text);
  const family = peers.length > 0 ? (peers.some((it) => it.includes(":")) ? "AF_INET6" : "AF_INET") : undefined;
  if (family !== undefined && isRefused(unit, family))
    yield cause(unit, "RestrictAddressFamilies", LIKELY + 10, `RestrictAddressFamilies= denies sockets of ${family}`, [
      addWord(unit, "RestrictAddressFamilies", family),
    ]);
}

/** Packets of a connection that a filter drops are sent again until the program loses its patience (seen with 257). */
function* late(unit: Unit, message: Message, text: string): Iterable<CausingSetting> {
  const { ipDeny } = effective(unit).settings;
  const peers = peersOf(unit, message, text);
  const stopped = peers.filter((it) => isStopped(unit, it));
  if (ipDeny.count > 0 && (peers.length === 0 || stopped.length > 0))
    yield cause(
      unit,
      "IPAddressDeny",
      stopped.length > 0 ? LIKELY : POSSIBLE,
      `IPAddressDeny= blocks packets to ${stopped[0] ?? "addresses"} that IPAddressAllow= does not list, so the program never gets an answer`,
      fixes(stopped[0] === undefined ? undefined : addWord(unit, "IPAddressAllow", wordFor(stopped[0]))),
    );
  yield* interfaces(unit);
}

function* interfaces(unit: Unit): Iterable<CausingSetting> {
  if (linesToBlame(unit, "RestrictNetworkInterfaces").length > 0)
    yield cause(
      unit,
      "RestrictNetworkInterfaces",
      POSSIBLE,
      "RestrictNetworkInterfaces= blocks packets on other interfaces",
    );
}

const hasPrivateNetwork = (unit: Unit): boolean =>
  effective(unit).settings.privateNetwork && linesToBlame(unit, "PrivateNetwork").length > 0;

/** The network of the host, if it can be for one address only. */
function opened(unit: Unit, peers: readonly string[]) {
  const words = new Set(peers.map(wordFor));
  const [word] = words;
  const filtered = linesToBlame(unit, "IPAddressDeny").length > 0 || linesToBlame(unit, "IPAddressAllow").length > 0;
  const narrow =
    word !== undefined && words.size === 1 && !filtered
      ? setTo(unit, "PrivateNetwork", "no", "IPAddressDeny=any", `IPAddressAllow=${word}`)
      : undefined;
  return fixes(narrow, setTo(unit, "PrivateNetwork", "no"));
}

/** How IPAddressAllow= names an address. */
const wordFor = (address: string): string => (isLoopback(address) ? "localhost" : address);

/** Lists of addresses and ports answer with EPERM. */
function* addresses(unit: Unit, message: Message, all: string): Iterable<CausingSetting> {
  const { text } = message;
  const peers = peersOf(unit, message, all);
  const stopped = peers.filter((it) => isStopped(unit, it));
  const address = stopped[0];
  const deny = linesToBlame(unit, "IPAddressDeny").length > 0 && (peers.length === 0 || stopped.length > 0);
  if (deny && !/\bbind|listen/i.test(text))
    yield cause(
      unit,
      "IPAddressDeny",
      address === undefined ? LIKELY + 10 : SURE - 5,
      `IPAddressDeny= blocks packets to ${address ?? "addresses"} that IPAddressAllow= does not list`,
      fixes(address === undefined ? undefined : addWord(unit, "IPAddressAllow", wordFor(address))),
    );
  if (linesToBlame(unit, "SocketBindDeny").length > 0 && /\bbind|listen/i.test(text)) {
    const port = /(?::|port |, ?)(\d{1,5})\b/i.exec(text)?.[1];
    yield cause(
      unit,
      "SocketBindDeny",
      SURE,
      `SocketBindDeny= denies ${port === undefined ? "ports" : `port ${port}`} that SocketBindAllow= does not list`,
      fixes(port === undefined ? undefined : addWord(unit, "SocketBindAllow", port)),
    );
  }
}
