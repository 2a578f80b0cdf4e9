import { ARCHITECTURES, OTHER_ARCHITECTURE_NAMES } from "../../../facts/architectures.ts";
import { CAPABILITY_FACTS } from "../../../facts/capabilities.ts";
import { CPU_FEATURES, controllersIn, OLD_CONTROLLERS, SECURITY_TECHNOLOGIES } from "../../../facts/conditions.ts";
import { thoseIn } from "../../../facts/version.ts";
import { VIRTUALIZATIONS } from "../../../facts/virtualizations.ts";
import type { DescribedWord } from "../../../facts/word.ts";
import { splitWords } from "../../../syntax/words.ts";
import { parseBoolean } from "../../boolean.ts";
import { parseCapability } from "../../capability.ts";
import { wordPiece } from "../../combine.ts";
import { isCredentialName } from "../../credential.ts";
import type { Grammar, Lookup, Piece, Reader } from "../../grammar.ts";
import { part } from "../../piece.ts";
import { about, invalid, noValue, unknown } from "../../wording.ts";
import { CPUS_CHECK, MEMORY_CHECK } from "./comparison.ts";
import { type ConditionCheck, condition, gapAtCursor, renamed, type Verdict, verdict, word } from "./conditionCheck.ts";
import { FIRMWARE } from "./firmware.ts";
import { FRACTION, PRESSURE } from "./pressure.ts";
import { KERNEL_VERSION, OS_RELEASE, VERSION } from "./versions.ts";

const AC_POWER = [
  { text: "yes", summary: "The machine is connected to power." },
  { text: "no", summary: "The machine runs on battery only." },
];

const FIRST_BOOT = [
  { text: "yes", summary: "The system boots for the first time." },
  { text: "no", summary: "The system was booted before." },
];

/** Follows condition_test_ac_power() and condition_test_first_boot(), systemd 257 to 262. */
function boolean(words: typeof AC_POWER): ConditionCheck {
  return {
    form: "a boolean",
    read: (piece, into) =>
      word(piece, into, words) || isBoolean(piece, into)
        ? undefined
        : verdict(piece, noValue(piece, "yes or no"), "fails"),
  };
}

function isBoolean({ from, to, text }: Piece, into: Reader): boolean {
  if (parseBoolean(text) === undefined) return false;
  into.token(from, to, "word");
  return true;
}

const NATIVE = { text: "native", summary: "What systemd itself was built for." };

/** Follows condition_test_architecture(), systemd 257 to 262. */
const ARCHITECTURE: ConditionCheck = {
  form: "an architecture such as `x86-64`, or `native`",
  read(piece, into) {
    const words = [...thoseIn(ARCHITECTURES, into.where.version), NATIVE];
    if (word(piece, into, words)) return undefined;
    return verdict(piece, unknown(piece, "architecture"), "never", renamed(piece, words, OTHER_ARCHITECTURE_NAMES));
  },
};

const VIRTUAL: readonly DescribedWord[] = [
  { text: "yes", summary: "Any virtual machine or container." },
  { text: "no", summary: "A physical machine." },
  ...VIRTUALIZATIONS,
];

/** Follows condition_test_virtualization(), systemd 257 to 262, which compares no name while nothing is detected. */
const VIRTUALIZATION: ConditionCheck = {
  form: "a boolean, `vm`, `container`, `private-users`, or a technology such as `kvm`",
  read(piece, into) {
    if (word(piece, into, thoseIn(VIRTUAL, into.where.version)) || isBoolean(piece, into)) return undefined;
    if (piece.text === "none") return verdict(piece, unknown(piece, "technology"), "never", renamed(piece, [], NONE));
    const fixes = renamed(piece, VIRTUAL, { nspawn: "systemd-nspawn", "hyper-v": "microsoft", hyperv: "microsoft" });
    return verdict(piece, unknown(piece, "technology"), "never", fixes);
  },
};

const NONE = { none: "no" };

/** Follows condition_test_security(), systemd 257 to 262. */
const SECURITY: ConditionCheck = {
  form: "a technology such as `selinux`, `apparmor`, `uefi-secureboot` or `tpm2`",
  read(piece, into) {
    const words = thoseIn(SECURITY_TECHNOLOGIES, into.where.version);
    if (word(piece, into, words)) return undefined;
    const fixes = renamed(piece, words, { secureboot: "uefi-secureboot", tpm: "tpm2" });
    return verdict(piece, unknown(piece, "technology"), "never", fixes);
  },
};

const CAPABILITIES = CAPABILITY_FACTS.map(({ name, summary }) => ({ text: name, summary }));

/** Follows condition_test_capability(), systemd 257 to 262. */
const CAPABILITY: ConditionCheck = {
  form: "a capability such as `CAP_SYS_ADMIN`",
  read(piece, into) {
    const { from, to, text } = piece;
    if (word(piece, into, CAPABILITIES)) return undefined;
    if (parseCapability(text) !== undefined) {
      into.token(from, to, /^[0-9+]/.test(text) ? "number" : "word");
      return undefined;
    }
    const full = `CAP_${text.toUpperCase()}`;
    const known = CAPABILITIES.some((it) => it.text === full);
    const fixes = renamed(piece, CAPABILITIES, known ? { [text.toLowerCase()]: full } : {});
    return verdict(piece, unknown(piece, "capability"), "fails", fixes);
  },
};

const VERSIONS = [
  { text: "v2", summary: "The unified cgroup hierarchy is used." },
  { text: "v1", summary: "The legacy cgroup hierarchies are used; never since 258." },
];

/** Follows condition_test_control_group_controller(), systemd 257 to 262, which ignores what it does not know. */
const CONTROLLER: ConditionCheck = {
  form: "a list of controllers, `v1` or `v2`",
  read(piece, into) {
    if (word(piece, into, VERSIONS)) return undefined;
    const controllers = controllersIn(into.where.version);
    const { words } = splitWords(piece.text, "plain");
    const gap = gapAtCursor(piece, words, into);
    if (gap) word(gap, into, controllers);
    for (const it of words) {
      const one = wordPiece(piece, it);
      if (word(one, into, controllers)) continue;
      if (!OLD_CONTROLLERS.includes(one.text)) return unknownController(one, controllers);
      into.token(one.from, one.to, "word");
    }
    return undefined;
  },
};

function unknownController(piece: Piece, controllers: ReturnType<typeof controllersIn>): Verdict {
  const { from, to, text } = piece;
  const parts = text.split(",").filter((it) => it !== "");
  const listed = parts.length > 1 && parts.every((it) => controllers.some((known) => known.text === it));
  const fixes = listed
    ? [{ title: "Separate the names with spaces", from, to, text: parts.join(" ") }]
    : renamed(piece, controllers);
  return verdict(
    piece,
    { ...unknown(piece, "controller"), consequence: "systemd ignores this word" },
    undefined,
    fixes,
  );
}

/** Any text will do; `offers` and `lookup` are for the reader. */
function free(form: string, offers: readonly DescribedWord[] = [], lookup?: Lookup): ConditionCheck {
  return {
    form,
    read(piece, into) {
      const { from, to } = piece;
      if (offers.length > 0) word(piece, into, offers);
      if (lookup) into.slot(from, to, () => [], lookup);
      if (!offers.some(({ text }) => text === piece.text)) into.token(from, to, "text");
      return undefined;
    },
  };
}

/** A name of a certain form, without which nothing is found. */
function named(form: string, valid: (text: string) => boolean, what: string, check = free(form)): ConditionCheck {
  return {
    form,
    read: (piece, into) =>
      valid(piece.text) ? check.read(piece, into) : verdict(piece, invalid(piece, what), "never"),
  };
}

const USERS = [
  { text: "root", summary: "The manager runs as root, as the system manager does." },
  { text: "@system", summary: "The manager runs as a system user." },
];
const GROUPS = [{ text: "root", summary: "The manager runs in the group of root." }];

/** Follows condition_test_kernel_module_loaded(), systemd 262. */
const MODULE: ConditionCheck = {
  form: "a kernel module",
  read(piece, into) {
    const { from, to, text } = piece;
    if (text.includes("/")) return verdict(piece, about(piece, "is a path, and only a name is allowed"), "never");
    const [suffix] = /\.ko(?:\.[a-z]+)?$/.exec(text) ?? [];
    if (suffix === undefined) {
      into.token(from, to, "name");
      return undefined;
    }
    const end = part(piece, text.length - suffix.length);
    const fixes = piece.exact ? [{ title: `Remove ${suffix}`, from: end.from, to: end.to, text: "" }] : [];
    return verdict(end, about(end, "is the end of a file name, and modules are named without it"), "never", fixes);
  },
};

/** What conditions but those about paths compare with, by what they look at. */
export const CONDITION_CHECKS = {
  conditionAcPower: boolean(AC_POWER),
  conditionArchitecture: ARCHITECTURE,
  conditionCapability: CAPABILITY,
  conditionControlGroupController: CONTROLLER,
  conditionCpuFeature: free("a CPU feature such as `avx2`", CPU_FEATURES),
  conditionCpus: CPUS_CHECK,
  conditionCredential: named("the name of a credential", isCredentialName, "credential name"),
  conditionEnvironment: named(
    "a variable, or a variable with `=` and a value",
    (text) => /^[A-Za-z_][A-Za-z0-9_]*(?:=|$)/.test(text),
    "variable",
  ),
  conditionFirmware: FIRMWARE,
  conditionFirstBoot: boolean(FIRST_BOOT),
  conditionFraction: FRACTION,
  conditionHost: free("a host name, optionally with `*` and `?`, or a machine ID"),
  conditionKernelCommandLine: free("a word of the kernel's command line, or a word with `=` and a value"),
  conditionKernelModuleLoaded: MODULE,
  conditionKernelVersion: KERNEL_VERSION,
  conditionMachineTag: free("a tag of the machine, optionally with `*` and `?`"),
  conditionMemory: MEMORY_CHECK,
  conditionOsRelease: OS_RELEASE,
  conditionPressure: PRESSURE,
  conditionSecurity: SECURITY,
  conditionUser: named(
    "the name or number of a user, or `@system`",
    (text) => !text.startsWith("@") || text === "@system",
    "user",
    free("", USERS, { kind: "users" }),
  ),
  conditionGroup: named(
    "the name or number of a group",
    (text) => !text.startsWith("@"),
    "group",
    free("", GROUPS, { kind: "groups" }),
  ),
  conditionVersion: VERSION,
  conditionVirtualization: VIRTUALIZATION,
} as const satisfies Record<string, ConditionCheck>;

/** Conditions and assertions but those about paths. */
export const CONDITION_GRAMMARS = Object.fromEntries(
  Object.entries(CONDITION_CHECKS).map(([name, check]) => [name, condition(check)]),
) as { readonly [name in keyof typeof CONDITION_CHECKS]: Grammar };
