import { list, single } from "../../../../values/combine.ts";
import { textTerm } from "../../../../values/configs/general/configTexts.ts";
import type { Grammar, Term } from "../../../../values/grammar.ts";
import { numberSet } from "../../../../values/grammars/numbers/sets.ts";
import { path } from "../../../../values/grammars/paths/path.ts";
import { ETHERNET, parseHardwareAddress } from "../../../../values/hardwareAddress.ts";
import { oneOf } from "../../../../values/oneOf.ts";
import { pathFault } from "../../../../values/path.ts";
import { issueAt, wordTopic } from "../../../../values/piece.ts";
import { LINK_MODES } from "./linkModes.ts";
import { PROPERTIES } from "./properties.ts";

/** How long an alias may be. */
const ALIAS_MAX = 255;

const ALIAS: Term = textTerm("ASCII text of up to 255 characters", ({ text: it }) => {
  if (/[^\x01-\x7f]/.test(it)) return "has characters beyond ASCII, which are not allowed";
  return it.length > ALIAS_MAX ? `has more than ${ALIAS_MAX} characters` : undefined;
});

const PASSWORD_FILE = path({ form: "an absolute path", plain: true });

/** Six bytes, or the file that has them. Follows config_parse_wol_password(), systemd 257 and 262. */
const PASSWORD: Term = {
  form: "a password of six bytes such as `12:34:56:78:9a:bc`, or the absolute path of a file with one",
  read(piece, into) {
    const { text: it, from, to } = piece;
    if (it.startsWith("/") && !pathFault(it, "absolute")) return PASSWORD_FILE.read(piece, into);
    if (!parseHardwareAddress(it, ETHERNET))
      return issueAt(piece, "value/hardware-address", "needs six bytes such as 12:34:56:78:9a:bc");
    into.token(from, to, "text");
    return undefined;
  },
};

const WAKE: Readonly<Record<string, string>> = {
  phy: "Wakes on activity of the physical layer.",
  unicast: "Wakes on unicast messages.",
  multicast: "Wakes on multicast messages.",
  broadcast: "Wakes on broadcast messages.",
  arp: "Wakes on ARP.",
  magic: "Wakes on a magic packet.",
  secureon: "Wakes on a magic packet with the password.",
  off: "Never wakes.",
};

/** What more names come from. */
const ALTERNATIVE: Readonly<Record<string, string>> = {
  database: "The name in the hardware database.",
  onboard: "The index that the firmware gives an on-board device.",
  slot: "The number of the slot that the firmware gives.",
  path: "The place where the device is plugged in.",
  mac: "The permanent hardware address.",
};

const POLICIES: Readonly<Record<string, string>> = {
  kernel: "The kernel's name, where the kernel says that it is predictable.",
  keep: "The name that userspace gave before.",
  ...ALTERNATIVE,
};

/** One of some words, each of which says for itself what it means. */
const describedWord = (what: string, summaries: Readonly<Record<string, string>>): Term => {
  const words = Object.entries(summaries).map(([text, summary]) => ({ text, summary }));
  return oneOf(words, { code: "value/enumeration", what, form: `${what} such as \`${words[0]?.text ?? ""}\`` });
};

const words = (routine: string, form: string, item: Term): Grammar =>
  list(routine, item, { form, splitting: "plain", empty: "reset", effect: "word" });

const CPUS = numberSet("rps_cpu_mask", {
  form: "a list of CPUs and ranges such as `0-3`, `all`, or `disable`",
  what: "CPU",
  specifiers: () => "none",
});

const STEERING: Readonly<Record<string, string>> = {
  all: "All CPUs.",
  disable: "No CPU: packet steering is switched off.",
};

/** Value types of .link files and of [SR-IOV], systemd 257 and 262. */
export const linkTypes = (): Readonly<Record<string, Grammar>> => ({
  ...PROPERTIES,
  advertise: words("advertise", "a list of modes such as `1000baset-full`", LINK_MODES),
  alternativeNamesPolicy: words(
    "alternative_names_policy",
    "a list of policies such as `database path`",
    describedWord("naming policy", ALTERNATIVE),
  ),
  namePolicy: words(
    "name_policy",
    "a list of policies such as `keep kernel path`",
    describedWord("naming policy", POLICIES),
  ),
  wol: words("wol", "a list of events such as `magic`, or `off`", describedWord("wake-on-LAN mode", WAKE)),
  wolPassword: single("wol_password", PASSWORD, { empty: "unset" }),
  ifalias: single("ifalias", ALIAS, { empty: "unset" }),
  rpsCpuMask: {
    ...CPUS,
    read(value, into) {
      const { text: it, from, to } = value;
      into.slot(from, to, () =>
        Object.entries(STEERING).map(([word, summary]) => ({ text: word, summary, role: "word" })),
      );
      if (!Object.hasOwn(STEERING, it)) CPUS.read(value, into);
      else into.token(from, to, "word", wordTopic(it, STEERING[it] ?? ""));
    },
  },
});
