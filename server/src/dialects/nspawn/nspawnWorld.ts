import { isConfigPath } from "../../families/checkedPath.ts";
import type { PayloadMount } from "../../service/containers/hostMounts.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { splitWords } from "../../syntax/words.ts";
import { memo } from "../../units/memo.ts";
import { settingsIn } from "../../units/settingsReader.ts";
import type { Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { parseCapability } from "../../values/capability.ts";

/** A switch with the line that sets it; undefined where the command line of systemd-nspawn decides. */
export interface NspawnSwitch {
  readonly on: boolean;
  readonly line: Assignment;
}

/** What is mounted from the host. */
export interface NspawnMount extends Pick<PayloadMount, "hostPath" | "inside" | "readOnly"> {
  /** Whether users of the container own there what users of the host own, although their numbers differ. */
  readonly mapped: boolean;
  readonly line: Assignment;
}

/** What systemd-nspawn makes for the programs of a container, as far as its file says it. */
export interface NspawnWorld {
  readonly start: { readonly kind: "boot" | "program" | "stub"; readonly line: Assignment } | undefined;
  /** Whose numbers its users have on the host: the same, others, or the same in a namespace of their own. */
  readonly users: { readonly kind: "host" | "mapped" | "identity"; readonly line: Assignment } | undefined;
  readonly user: Assignment | undefined;
  /** Numbers of capabilities. */
  readonly added: NspawnCapabilities;
  readonly dropped: NspawnCapabilities;
  readonly ambient: NspawnCapabilities;
  readonly noNewPrivileges: NspawnSwitch | undefined;
  readonly readOnly: NspawnSwitch | undefined;
  readonly volatile: Assignment | undefined;
  readonly ephemeral: NspawnSwitch | undefined;
  readonly mounts: readonly NspawnMount[];
  readonly hidden: readonly Assignment[];
  /** Whether the network is its own, as far as any line of [Network] says it. */
  readonly network: { readonly kind: "own" | "host"; readonly line: Assignment } | undefined;
  readonly ports: readonly Assignment[];
  /** Words of SystemCallFilter= that allow more, and those that allow less. */
  readonly calls: { readonly allowed: readonly CallWord[]; readonly denied: readonly CallWord[] };
}

/** Capabilities of all lines of a setting. */
export interface NspawnCapabilities {
  readonly all: boolean;
  readonly numbers: ReadonlySet<number>;
  readonly lines: readonly Assignment[];
}

/** A word of a filter with its line. */
export interface CallWord {
  readonly word: string;
  readonly line: Assignment;
}

/** What systemd-nspawn leaves out of a file that it does not trust, by section. Follows merge_settings(), systemd 257 and 262. */
const PRIVILEGED: Readonly<Record<string, RegExp>> = {
  Exec: /^(?:Ephemeral|(?:Ambient)?Capability|MachineID|PrivateUsers(?:Delegate)?|CPUAffinity|OOMScoreAdjust|LinkJournal|Limit[A-Z]+)$/,
  Files:
    /^(?:Bind(?:ReadOnly|User|UserShell)?|TemporaryFileSystem|Inaccessible|Overlay(?:ReadOnly)?|PrivateUsers(?:Chown|Ownership))$/,
  Network: /./,
};

/** Whether systemd-nspawn takes a setting only from a file that it trusts; of SystemCallFilter= what allows more. */
export const isPrivilegedSetting = (section: string, { key, text }: Assignment): boolean =>
  PRIVILEGED[section]?.test(key) === true || (key === "SystemCallFilter" && !text.startsWith("~"));

/** The lines of a setting that count for systemd-nspawn. */
export const nspawnLines = (unit: Unit, section: string, name: string): readonly Assignment[] => {
  const lines = settingsIn(unit, section).list(name);
  return isBesideImage(unit) ? lines.filter((it) => !isPrivilegedSetting(section, it)) : lines;
};

/** The last of them. */
export const nspawnLine = (unit: Unit, section: string, name: string): Assignment | undefined =>
  nspawnLines(unit, section, name).at(-1);

/** Whether a file lies next to its image, where systemd-nspawn does not trust it by default. */
export const isBesideImage = ({ path }: Unit): boolean => isConfigPath(path) && path.besideImage === true;

/** What a container is given and kept from; undefined of what is no .nspawn file. */
export const nspawnWorld: (unit: Unit) => NspawnWorld | undefined = memo((unit: Unit): NspawnWorld | undefined => {
  if (!isConfigPath(unit.path) || unit.path.kind !== "nspawn") return undefined;
  const exec = (name: string) => nspawnLine(unit, "Exec", name);
  const files = (name: string) => nspawnLine(unit, "Files", name);
  return {
    start: startOf(unit),
    users: usersOf(exec("PrivateUsers")),
    user: exec("User"),
    added: capabilitiesOf(unit, "Capability"),
    dropped: capabilitiesOf(unit, "DropCapability"),
    ambient: capabilitiesOf(unit, "AmbientCapability"),
    noNewPrivileges: switchOf(exec("NoNewPrivileges")),
    readOnly: switchOf(files("ReadOnly")),
    volatile: files("Volatile"),
    ephemeral: switchOf(exec("Ephemeral")),
    mounts: [...mountsOf(unit, "Bind", false), ...mountsOf(unit, "BindReadOnly", true)],
    hidden: nspawnLines(unit, "Files", "Inaccessible"),
    network: networkOf(unit),
    ports: nspawnLines(unit, "Network", "Port"),
    calls: callsOf(nspawnLines(unit, "Exec", "SystemCallFilter")),
  };
});

function switchOf(line: Assignment | undefined): NspawnSwitch | undefined {
  const on = line && parseBoolean(line.text);
  return line && on !== undefined ? { on, line } : undefined;
}

/** The first line that says how it starts counts against a later one that says otherwise. */
function startOf(unit: Unit): NspawnWorld["start"] {
  const on = (line: Assignment): boolean => parseBoolean(line.text) === true;
  const boots = nspawnLines(unit, "Exec", "Boot");
  const stubs = nspawnLines(unit, "Exec", "ProcessTwo");
  const first = [...boots, ...stubs].filter(on).sort((a, b) => a.start - b.start)[0];
  if (first) return { kind: boots.includes(first) ? "boot" : "stub", line: first };
  const off = [...boots, ...stubs][0];
  return off && { kind: "program", line: off };
}

function usersOf(line: Assignment | undefined): NspawnWorld["users"] {
  if (!line) return undefined;
  const kind = parseBoolean(line.text) === false ? "host" : line.text === "identity" ? "identity" : "mapped";
  // A range that begins at 0 maps root to root.
  return { kind: /^0+:/.test(line.text) ? "identity" : kind, line };
}

function capabilitiesOf(unit: Unit, name: string): NspawnCapabilities {
  const lines = nspawnLines(unit, "Exec", name);
  const words = lines.flatMap(({ text }) => splitWords(text, "plain").words.map(({ value }) => value));
  const numbers = words.map((it) => parseCapability(it, unit.version)).filter((it) => it !== undefined);
  return { all: words.includes("all"), numbers: new Set(numbers), lines };
}

/** Settings that give a network of its own. */
const OWN_NETWORK = ["Bridge", "Zone", "Interface", "MACVLAN", "IPVLAN", "VirtualEthernetExtra"] as const;

/** Follows settings_private_network() and settings_network_configured(), systemd 257 and 262. */
function networkOf(unit: Unit): NspawnWorld["network"] {
  const line = (name: string) => nspawnLine(unit, "Network", name);
  const switches = ["Private", "VirtualEthernet"].map((it) => switchOf(line(it)));
  const own = switches.find((it) => it?.on)?.line ?? OWN_NETWORK.map(line).find((it) => it !== undefined);
  if (own) return { kind: "own", line: own };
  const off = switches.find((it) => it !== undefined)?.line;
  return off && { kind: "host", line: off };
}

function mountsOf(unit: Unit, name: string, readOnly: boolean): readonly NspawnMount[] {
  return nspawnLines(unit, "Files", name).map((line) => {
    const { words, rest } = splitWords(line.text, { separators: ":", escapes: "next" }, 2);
    const [source = "", inside = source.replace(/^\+/, "")] = words.map(({ value }) => value);
    // A plus sign looks it up in the image, and nothing before the colon is an empty folder.
    const hostPath = source === "" || source.startsWith("+") ? undefined : plainPath(source);
    const mapped = /(?:^|,)(?:root|owner)?idmap(?:,|$)/.test(rest === undefined ? "" : line.text.slice(rest));
    return { hostPath, inside, readOnly, mapped, line };
  });
}

const plainPath = (path: string): string => path.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");

function callsOf(lines: readonly Assignment[]): NspawnWorld["calls"] {
  const words = (negative: boolean): readonly CallWord[] =>
    lines
      .filter(({ text }) => text.startsWith("~") === negative)
      .flatMap((line) =>
        splitWords(line.text.replace(/^~/, ""), "plain").words.map(({ value }) => ({ word: value, line })),
      );
  return { allowed: words(false), denied: words(true) };
}

/** The capabilities that every container has. Follows CAP_MASK_… in nspawn.c and systemd-nspawn(1), systemd 257. */
const USUAL = (
  "AUDIT_CONTROL AUDIT_WRITE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_OWNER KILL LEASE LINUX_IMMUTABLE MKNOD " +
  "NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_NICE SYS_PTRACE " +
  "SYS_RESOURCE SYS_TTY_CONFIG"
)
  .split(" ")
  .map((it) => `CAP_${it}`);

/** Whether a container keeps a capability; undefined where the command line decides about its network. */
export function keepsCapability({ added, dropped, network }: NspawnWorld, name: string): boolean | undefined {
  const number = parseCapability(name) ?? -1;
  if (dropped.all || dropped.numbers.has(number)) return false;
  if (added.all || added.numbers.has(number) || USUAL.includes(name)) return true;
  return name === "CAP_NET_ADMIN" ? (network ? network.kind === "own" : undefined) : false;
}
