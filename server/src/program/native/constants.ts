import { ADDRESS_FAMILIES } from "../../facts/addressFamilies.ts";
import { systemCallName } from "../../facts/systemCallNumbers.ts";
import type { ProgramSign } from "../reading.ts";
import type { SignName } from "../sign.ts";
import { signOfFunction, sourceName } from "./nativeTable.ts";

/** The arguments of a call, as far as they stand next to it. */
type Values = readonly (number | undefined)[];

/** What the arguments of one call show; undefined where they show that nothing needs to be said. */
type Rule = (values: Values, name: string) => readonly ProgramSign[];

const constant = (sign: SignName, what: string): readonly ProgramSign[] => [{ sign, form: "constant", what }];
const call = (sign: SignName, what: string): readonly ProgramSign[] => [{ sign, form: "call", what }];
const NOTHING: readonly ProgramSign[] = [];

const SET_ID_BITS = 0o6000;

/** A mode that may have the bits of set-user-ID or set-group-ID; unknown ones count only where `asks` says so. */
const mode =
  (index: number, asks: boolean): Rule =>
  (values, name) => {
    const bits = values[index];
    if (bits === undefined) return asks ? call("mode", name) : NOTHING;
    // Of a number that is larger than a mode only garbage is known, as where no mode is given.
    return bits < 0o10000 && (bits & SET_ID_BITS) !== 0
      ? constant("setuidMode", `${name}(0${bits.toString(8)})`)
      : NOTHING;
  };

const WRITE = 2;
const EXECUTE = 4;

const mapping: Rule = (values, name) => {
  const rights = values[2];
  if (rights === undefined) return call("memoryRights", name);
  return (rights & (WRITE | EXECUTE)) === (WRITE | EXECUTE)
    ? constant("compiles", `${name}(PROT_WRITE|PROT_EXEC)`)
    : NOTHING;
};

const protection: Rule = (values, name) => {
  const rights = values[2];
  if (rights === undefined) return call("memoryRights", name);
  return (rights & EXECUTE) !== 0 ? constant("compiles", `${name}(PROT_EXEC)`) : NOTHING;
};

/** The usual name of a family of sockets. */
const familyName = (number: number): string =>
  [...ADDRESS_FAMILIES].find(([, it]) => it === number)?.[0] ?? `family ${number}`;

const FAMILY_SIGNS: Readonly<Record<string, SignName>> = { AF_NETLINK: "netlink", AF_PACKET: "packets" };
const RAW = 3;

const socket: Rule = ([family, type]) => {
  const known = family === undefined ? undefined : familyName(family);
  const isInternet = known === undefined || known.startsWith("AF_INET");
  return [
    ...(known === undefined ? call("socketKind", "socket") : NOTHING),
    ...(known !== undefined && isInternet && type === undefined ? constant("socketKind", known) : NOTHING),
    ...(known === undefined ? NOTHING : constant(FAMILY_SIGNS[known] ?? "socket", known)),
    ...(isInternet && type !== undefined && (type & 15) === RAW ? constant("packets", "SOCK_RAW") : NOTHING),
  ];
};

/** Options of sockets by their level and number. */
const OPTIONS: Readonly<Record<string, readonly [SignName, string]>> = {
  "1 36": ["networkSettings", "SO_MARK"],
  "1 32": ["networkSettings", "SO_SNDBUFFORCE"],
  "1 33": ["networkSettings", "SO_RCVBUFFORCE"],
  "0 19": ["networkSettings", "IP_TRANSPARENT"],
  "41 75": ["networkSettings", "IPV6_TRANSPARENT"],
  "1 16": ["peers", "SO_PASSCRED"],
  "1 17": ["peers", "SO_PEERCRED"],
};

const option: Rule = ([, level, number]) => {
  const found = level === undefined ? optionOfAny(number) : OPTIONS[`${level} ${number}`];
  return found ? constant(...found) : NOTHING;
};

/** What a number may mean where its level stands elsewhere. */
const optionOfAny = (number: number | undefined): readonly [SignName, string] | undefined =>
  Object.entries(OPTIONS).find(([it]) => it.endsWith(` ${number}`))?.[1];

/** CLONE_NEWTIME to CLONE_NEWNET. */
const NEW_NAMESPACES = 0x7e020080;

const namespaces =
  (index: number): Rule =>
  (values, name) => {
    const flags = values[index];
    if (flags === undefined) return call("namespaces", name);
    // The low bits of clone() are a signal.
    const kinds = flags & (index === 0 ? NEW_NAMESPACES : NEW_NAMESPACES & ~0xff);
    return kinds !== 0 ? constant("namespaces", `${name}(CLONE_NEW…)`) : NOTHING;
  };

const DEVICE_KINDS: readonly number[] = [0x2000, 0x6000];

const node =
  (index: number): Rule =>
  (values, name) => {
    const bits = values[index];
    return bits === undefined || DEVICE_KINDS.includes(bits & 0xf000) ? call("deviceNodes", name) : NOTHING;
  };

const policy =
  (index: number): Rule =>
  (values, name) => {
    const number = values[index];
    return number === undefined || number === 1 || number === 2 ? call("realtime", name) : call("nice", name);
  };

const PROCESS_OPTIONS: Readonly<Record<number, readonly [SignName, string]>> = {
  22: ["administration", "PR_SET_SECCOMP"],
  24: ["capabilities", "PR_CAPBSET_DROP"],
  28: ["capabilities", "PR_SET_SECUREBITS"],
  47: ["capabilities", "PR_CAP_AMBIENT"],
};

const processOption: Rule = ([number]) => {
  const found = number === undefined ? undefined : PROCESS_OPTIONS[number];
  return found ? constant(...found) : NOTHING;
};

/** `personality(0xffffffff)` only asks. */
const personality: Rule = ([number], name) =>
  number === 0xffffffff || number === -1 ? NOTHING : call("personality", name);

/** What constants decide, by the name of the call. */
const RULES: Readonly<Record<string, Rule>> = {
  ...{ socket, setsockopt: option, getsockopt: option, prctl: processOption, personality },
  ...{ mmap: mapping, mmap64: mapping, mprotect: protection, pkey_mprotect: protection },
  ...{
    chmod: mode(1, true),
    fchmod: mode(1, true),
    lchmod: mode(1, true),
    fchmodat: mode(2, true),
    fchmodat2: mode(2, true),
  },
  ...{ mkdir: mode(1, false), mkdirat: mode(2, false), creat: mode(1, false) },
  ...{ open: mode(2, false), open64: mode(2, false), openat: mode(3, false), openat64: mode(3, false) },
  ...{ unshare: namespaces(0), clone: namespaces(2) },
  ...{ mknod: node(1), mknodat: node(2), __xmknod: node(2), __xmknodat: node(3) },
  ...{ sched_setscheduler: policy(1), pthread_setschedparam: policy(1), pthread_attr_setschedpolicy: policy(1) },
};

/** What a call of a named function shows, with the values of its arguments; none are known without its place. */
export function signsOfCall(name: string, values: Values = []): readonly ProgramSign[] {
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule) return rule(values, name);
  const sign = signOfFunction(name);
  return sign ? call(sign, sourceName(name)) : NOTHING;
}

/** Whether what a call shows depends on its arguments. */
export const hasRule = (name: string): boolean => Object.hasOwn(RULES, name);

/** Processors as the kernel's audit names them. */
const AUDITED = { "x86-64": "c000003e", aarch64: "c00000b7" } as const;
type Named = keyof typeof AUDITED;

const NAMES: Readonly<Record<Named, Map<number, string | undefined>>> = { "x86-64": new Map(), aarch64: new Map() };

/** The name of a system call. */
function nameOfNumber(number: number, processor: Named): string | undefined {
  const names = NAMES[processor];
  if (!names.has(number)) names.set(number, systemCallName(AUDITED[processor], number));
  return names.get(number);
}

/** Those that do something else than a function of the same name. */
const BY_NUMBER: Readonly<Record<string, SignName>> = { syslog: "kernelLog" };

/** What a system call shows whose number is the first value; undefined where that stands elsewhere. */
export function signsOfNumber(
  [number, ...values]: Values,
  processor: Named | undefined,
): readonly ProgramSign[] | undefined {
  if (number === undefined || processor === undefined) return undefined;
  const name = nameOfNumber(number, processor);
  if (name === undefined) return NOTHING;
  // The flags of the system call are its first argument, unlike those of the function.
  if (name === "clone") return signsOfCall("unshare", values).map((it) => ({ ...it, what: name }));
  const sign = BY_NUMBER[name];
  return sign ? constant(sign, name) : signsOfCall(name, values).map((it) => ({ ...it, form: "constant" }));
}
