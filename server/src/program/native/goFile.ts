import { append } from "../../text/append.ts";
import type { ProgramSign } from "../reading.ts";
import { latin1 } from "./bytes.ts";
import type { CallPlace } from "./codeWalk.ts";
import { hasRule, signsOfCall, signsOfNumber } from "./constants.ts";
import { type ElfFile, offsetOf } from "./elf.ts";
import { type GoFunctions, packageOfFunction } from "./goTable.ts";
import { CALL_SIGNS, GO_FUNCTION_SIGNS, GO_PACKAGE_SIGNS } from "./nativeTable.ts";
import { isOpening } from "./writtenFiles.ts";

/** Functions that take the number of a system call first, and what they return into. */
const BY_NUMBER =
  /^(?:syscall|golang\.org\/x\/sys\/unix|internal\/runtime\/syscall)\.(?:Raw)?[Ss]yscall(?:6|NoError)?(?:\.abi0)?$/;

/** Packages whose functions are system calls by their names. */
const SYSTEM_PACKAGES: ReadonlySet<string> = new Set([
  "syscall",
  "golang.org/x/sys/unix",
  "internal/syscall/unix",
  "github.com/moby/sys/mount",
]);

/** Names of functions without underscores and in small letters, as Go writes them. */
const CALLS_OF_GO: ReadonlyMap<string, string> = new Map(
  [...CALL_SIGNS.keys(), "bpf"].map((it) => [it.replaceAll("_", ""), it]),
);

/**
 * What the functions of a program of Go show. Each program has those that write to files and sockets of any kind, so that their
 * modes and owners say nothing: `os.(*File).Chown`.
 */
export function signsOfGo({ names }: GoFunctions): readonly ProgramSign[] {
  const signs: ProgramSign[] = [];
  const packages = new Set<string>();
  for (const name of names) {
    const from = packageOfFunction(name);
    const sign = GO_FUNCTION_SIGNS.get(name);
    if (sign) signs.push({ sign, form: "call", what: name });
    if (SYSTEM_PACKAGES.has(from) && !isBrought(name, names))
      append(signs, systemCall(name, name.slice(from.length + 1)));
    if (packages.has(from)) continue;
    packages.add(from);
    const brought = signOfPackage(from);
    if (brought) signs.push({ sign: brought, form: "library", what: from });
  }
  return signs;
}

/** Whether a function is there for an option of a library for sockets, which few programs use. */
const isBrought = (name: string, names: ReadonlySet<string>): boolean =>
  name === "golang.org/x/sys/unix.Setns" && names.has("github.com/mdlayher/socket.withNetNS");

/** A package, or one below it that is not its own inside. */
function signOfPackage(name: string): ProgramSign["sign"] | undefined {
  const plain = name.replace(/^(?:[^/]+\/)+vendor\//, "");
  return GO_PACKAGE_SIGNS.get(plain) ?? GO_PACKAGE_SIGNS.get(plain.replace(/\/v\d+(?=\/|$)/, ""));
}

/** Functions of these packages that each program has. */
const ALWAYS =
  /^(?:mmap|munmap|socket|bind|kill|fchmod|fchown|fchmodat|fchownat|setrlimit|prlimit|pidfd|clone|setsockopt|getsockopt|prctl|mkdirat)/i;

function systemCall(name: string, own: string): readonly ProgramSign[] {
  if (!/^[A-Za-z]\w*$/.test(own) || ALWAYS.test(own)) return [];
  if (/^ptrace/i.test(own)) return [{ sign: "trace", form: "call", what: name }];
  const call = CALLS_OF_GO.get(own.toLowerCase());
  return call === undefined ? [] : signsOfCall(call).map((it) => ({ ...it, what: name }));
}

/** What system calls by constant numbers show, made by others than the packages that name them. */
export function numbersOfGo(
  { processor }: ElfFile,
  calls: readonly CallPlace[],
  { starts }: GoFunctions,
): readonly ProgramSign[] {
  const addresses = Float64Array.from(starts.keys()).sort();
  const signs: ProgramSign[] = [];
  for (const { name, at, goValues } of calls) {
    const number = goValues[0];
    if (!BY_NUMBER.test(name) || number === undefined) continue;
    const caller = packageOfFunction(starts.get(addresses[firstAbove(addresses, at) - 1] ?? 0) ?? "");
    if (SYSTEM_PACKAGES.has(caller) || RUNTIME.test(caller)) continue;
    append(
      signs,
      (signsOfNumber([number], processor) ?? []).filter((it) => !hasRule(it.what)),
    );
  }
  return signs;
}

/** The index of the first number above another in a sorted list. */
function firstAbove(list: Float64Array, number: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) > number) high = middle;
    else low = middle + 1;
  }
  return low;
}

const RUNTIME = /^(?:runtime|internal|os|net)(?:\/|$)/;

/** Functions whose calls are looked for, by their addresses: those that take numbers of system calls, start programs, or open files. */
export const soughtFunctions = ({ starts }: GoFunctions): ReadonlyMap<number, string> =>
  new Map([...starts].filter(([, it]) => BY_NUMBER.test(it) || STARTING.test(it) || isModed(it) || isOpening(it)));

/** Where functions take a mode, as Go has its bits. */
const isModed = (name: string): boolean => /^os\.(?:Chmod|\(\*File\)\.Chmod|Mkdir|MkdirAll|OpenFile)$/.test(name);
const SET_ID_BITS = 0xc0_0000;

/** Modes of set-user-ID and set-group-ID files that functions are given. */
export const modesOfGo = (calls: readonly CallPlace[]): readonly ProgramSign[] =>
  calls.flatMap(({ name, goValues }) => {
    if (!isModed(name)) return [];
    // The mode comes after what names the file, and after the flags.
    const bits = goValues[name === "os.OpenFile" ? 3 : name.startsWith("os.(") ? 1 : 2] ?? 0;
    return (bits & SET_ID_BITS) === 0 ? [] : [{ sign: "setuidMode", form: "constant", what: name }];
  });

const STARTING = /^os\/exec\.Command(?:Context)?$/;
const MAX_NAME = 200;

/** The programs that it starts by names that stand next to the call, with the words that stand there, too. */
export function startedByGo(elf: ElfFile, calls: readonly CallPlace[]): readonly (readonly string[])[] {
  return calls.flatMap(({ name, goValues, near }) => {
    if (!STARTING.test(name)) return [];
    // A context takes the first two registers.
    const [address, size] = goValues.slice(name.endsWith("Context") ? 2 : 0);
    const text = countedText(elf, address, size) ?? "";
    const words = near.flatMap((it) => (it.address === address ? [] : (countedText(elf, it.address, it.length) ?? [])));
    return /^[\w./+-]+$/.test(text) ? [[text, ...words]] : [];
  });
}

/** A text by its address and length; undefined where one is not known. */
function countedText(elf: ElfFile, address?: number, length?: number): string | undefined {
  const start = address === undefined ? undefined : offsetOf(elf, address);
  if (start === undefined || length === undefined || length > MAX_NAME) return undefined;
  return latin1(elf.file.bytes.subarray(start, start + length));
}

/** The imports of a program without those that the runtime of Go brings into each that calls C. */
export function withoutRuntime(imports: ReadonlySet<string>, { names }: GoFunctions): ReadonlySet<string> {
  const changesUser = [...names].some((it) => /^syscall\.Set(?:e|re|res)?[ug]id$|^syscall\.Setgroups$/.test(it));
  return new Set([...imports].filter((it) => it !== "mmap" && (changesUser || CALL_SIGNS.get(it) !== "setuid")));
}

/**
 * Texts that the libraries of Go bring into most programs: a folder of temporary files, and what the figures of Prometheus read
 * of the program itself, where nothing lists processes.
 */
export function isTextOfGo(text: string, { names }: GoFunctions): boolean {
  if (text === "/proc/") return names.has("syscall.writeUidGidMappings");
  if (text === "/dev/vsock") return names.has("github.com/mdlayher/vsock.Listen");
  if (text === "/proc") return [...names].some((it) => it.startsWith(PROCFS)) && !names.has(`${PROCFS}FS.AllProcs`);
  return OF_RUNTIME.test(text);
}

const PROCFS = "github.com/prometheus/procfs.";
const OF_RUNTIME =
  /^\/tmp$|^\/proc\/sys\/(?:kernel\/(?:cap_last_cap|hostname)|fs\/pipe-max-size|net\/core\/somaxconn)$|^\/sys\/(?:fs\/cgroup$|kernel\/mm\/)/;
