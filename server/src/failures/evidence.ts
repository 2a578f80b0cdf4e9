import { errnos } from "../facts/errnos.ts";
import { EXIT_STATUSES } from "../facts/exitStatuses.ts";
import { SIGNALS } from "../facts/signals.ts";
import { auditArchitecture, systemCallName } from "../facts/systemCallNumbers.ts";
import { journalLine } from "./logLines.ts";
import { isResult, type Result } from "./meanings.ts";
import { readServiceLog, type ServiceLog } from "./serviceLog.ts";
import { withFailedCalls } from "./traces.ts";

/** A line that says what went wrong. */
export interface Message {
  /** Without what the journal puts before it. */
  readonly text: string;
  /** The error number that it names, such as `ENOENT`. */
  readonly error: string | undefined;
  readonly paths: readonly string[];
}

/** A system call that a filter stopped, as the kernel's audit log shows. */
export interface StoppedCall {
  /** Undefined where the number has no name that is known here. */
  readonly name: string | undefined;
  readonly number: number | undefined;
  /** As SystemCallArchitectures= names it. */
  readonly architecture: string | undefined;
}

/** What is known about a failure, each list in the order of the text and without doubles. */
export interface Evidence {
  /** Exit statuses other than 0. */
  readonly statuses: readonly number[];
  /** Signals that ended a process, such as `SIGSYS`. */
  readonly signals: readonly string[];
  /** What Result= says, other than `success`. */
  readonly results: readonly Result[];
  readonly messages: readonly Message[];
  readonly calls: readonly StoppedCall[];
  /** The lines that were looked at, without properties, for words that no error line has. */
  readonly text: string;
  /** Those of them that say what is listed here, as they were given; the last ones. */
  readonly telling: readonly string[];
}

/** As many messages and telling lines are kept, the last ones. */
const MESSAGES = 200;
/** As many lines of one start are read, the last ones: what failed stands at the end. */
const LINES = 5000;

/**
 * Reads everything that describes a failure: lines of the journal, `systemctl status`, properties of `systemctl show`, lines of the
 * kernel's audit log, an exit status such as `226/NAMESPACE`, or free text. Of several attempts to start only the last that failed
 * counts, with what comes after it.
 */
export function readEvidence(given: string): Evidence {
  const log = readServiceLog(given);
  return evidenceIn([...log.now, ...lastAttempt(log)]);
}

function lastAttempt({ words, starts }: ServiceLog): readonly string[] {
  const at = starts.findLastIndex((it) => it.outcome === "failed");
  return at < 0 ? words : starts.slice(at).flatMap((it) => it.lines);
}

/** The same of the lines of a single start. */
export function evidenceIn(given: readonly string[]): Evidence {
  const lines = withFailedCalls(given.slice(-LINES));
  const telling: string[] = [];
  const statuses = new Set<number>();
  const signals = new Set<string>();
  const results = new Set<Result>();
  const messages = new Map<string, Message>();
  const calls = new Map<string, StoppedCall>();
  const end = (status: string, killed: boolean): void => {
    const signal = killed ? signalOf(status) : undefined;
    const number = killed ? undefined : statusOf(status);
    if (signal) signals.add(signal);
    if (number) statuses.add(number);
  };
  let codeOfMain: string | undefined;
  const found = (): number => [statuses, signals, results, messages, calls].reduce((sum, it) => sum + it.size, 0);
  for (const line of lines) {
    const before = found();
    const text = journalLine(line).text.trim();
    const property = PROPERTY.exec(text);
    const [, key, value = ""] = property ?? [];
    if (key === "ExecMainCode") codeOfMain = value;
    else if (key === "Result") addResult(results, value);
    else if (key === "StatusErrno" && value !== "0")
      addMessage(messages, `StatusErrno=${value}`, errnoOf(Number(value)));
    for (const [, code, status = ""] of text.matchAll(/\bcode=(exited|killed|dumped)[ ,;]+status=([\w/]+)/g))
      end(status, code !== "exited");
    const [, result] = /\(Result: ([\w-]+)\)|Failed with result '([\w-]+)'/.exec(text)?.filter(Boolean) ?? [];
    if (result) addResult(results, result);
    const step = /Failed at step (\w+) spawning/.exec(text)?.[1];
    if (step) end(step, false);
    const call = /\btype=(?:1326|SECCOMP)\b/.test(text) ? stoppedCall(text) : undefined;
    if (call) calls.set(`${call.name ?? call.number}`, call);
    if (call && /\bsig=31\b/.test(text)) signals.add("SIGSYS");
    else if (/\bBad system call\b/.test(text)) signals.add("SIGSYS");
    if (/Start request repeated too quickly/.test(text)) results.add("start-limit-hit");
    if (/\boperation timed out\b/.test(text)) results.add("timeout");
    if (/\bWatchdog timeout \(limit /.test(text)) results.add("watchdog");
    if (!call && !property) addMessage(messages, text, errorIn(text));
    if (found() > before) telling.push(line);
  }
  const status = /^ExecMainStatus=(\d+)$/m.exec(lines.join("\n"))?.[1];
  if (status && codeOfMain !== "0") end(status, codeOfMain === "2" || codeOfMain === "3");
  const none = [statuses, signals, results, calls].every((it) => it.size === 0);
  const short = none && lines.length <= 3 ? lines.join("\n").trim() : "";
  if (short !== "" && (lines.length === 1 || short.split(/\s+/).length <= 3)) bare(short, end, results);
  return {
    statuses: [...statuses],
    signals: [...signals],
    results: [...results],
    messages: [...messages.values()].slice(-MESSAGES),
    calls: [...calls.values()],
    text: lines.filter((it) => !PROPERTY.test(it)).join("\n"),
    telling: telling.slice(-MESSAGES),
  };
}

const PROPERTY = /^([A-Z]\w*)=(.*)$/;

/** A status, a signal or a result that stands alone. */
function bare(given: string, end: (status: string, killed: boolean) => void, results: Set<Result>): void {
  for (const word of given.trim().split(/[\s,;]+/)) {
    const name = word.replace(/^(?:status|result|code)=/i, "");
    if (isResult(name)) results.add(name);
    else if (/^SIG[A-Z]/.test(name)) end(name, true);
    else if (/^\d{1,3}\/[A-Z]/.test(name)) end(name, statusOf(name) === undefined);
    else if (/^\d{1,3}$/.test(name)) end(name, false);
    else if (statusOf(name)) end(name, false);
    else if (/^[A-Z]/.test(name) && signalOf(name)) end(name, true);
  }
}

function addResult(results: Set<Result>, name: string): void {
  if (isResult(name)) results.add(name);
}

function addMessage(messages: Map<string, Message>, text: string, error: string | undefined): void {
  if (error === undefined && !SPEAKS.test(text)) return;
  // What comes again counts where it stands last.
  messages.delete(text);
  messages.set(text, { text, error, paths: pathsIn(text) });
}

/** Lines without an error number that say something all the same. */
const SPEAKS =
  /no.new.privileges|setuid root|shared librar|map segment|executable stack|out of memory|oom|timed? ?out|READY=|notification message|PID file|watchdog|name resolution|not known|EAI_[A-Z]+|ENOTFOUND|unmet condition|Refusing\.|ordering cycle|conflicting jobs|Condition check|unknown (?:user|group|interface)|does not exist|\broot\b|certificate|connect|temporary|mprotect|mmap|code cache|Failed (?:to|at)|cannot|could ?n.t|could not|unable to|denied|not (?:permitted|allowed|supported|found)/i;

/** The absolute paths in a line. */
export function pathsIn(text: string): readonly string[] {
  const found = text.matchAll(/(?:^|[\s=:,"'`\u2018\u201c([])(\/[^\s"'`\u2019\u201d:,;)\]]+)/g);
  return [...new Set([...found].map((it) => (it[1] ?? "").replace(/(?<=.)\.$/, "")))];
}

/** What strerror() says, in small letters. */
const TEXTS: Readonly<Record<string, string>> = {
  "no such file or directory": "ENOENT",
  "directory nonexistent": "ENOENT",
  "permission denied": "EACCES",
  "operation not permitted": "EPERM",
  "read-only file system": "EROFS",
  "address family not supported by protocol": "EAFNOSUPPORT",
  "address family not supported": "EAFNOSUPPORT",
  "function not implemented": "ENOSYS",
  "cannot allocate memory": "ENOMEM",
  "too many open files": "EMFILE",
  "resource temporarily unavailable": "EAGAIN",
  "file too large": "EFBIG",
  "no space left on device": "ENOSPC",
  "exec format error": "ENOEXEC",
  "no such process": "ESRCH",
  "not a directory": "ENOTDIR",
  "file exists": "EEXIST",
  "network is unreachable": "ENETUNREACH",
  "network is down": "ENETDOWN",
  "no route to host": "EHOSTUNREACH",
  "connection refused": "ECONNREFUSED",
  "connection timed out": "ETIMEDOUT",
  "no such device": "ENODEV",
  "no such device or address": "ENXIO",
  "invalid argument": "EINVAL",
  "address already in use": "EADDRINUSE",
  "protocol error": "EPROTO",
  "protocol not supported": "EPROTONOSUPPORT",
  "cannot assign requested address": "EADDRNOTAVAIL",
  "temporary failure in name resolution": "EAI_AGAIN",
  "name or service not known": "EAI_NONAME",
};
const PHRASE = new RegExp(
  Object.keys(TEXTS)
    .toSorted((a, b) => b.length - a.length)
    .join("|"),
  "i",
);

function errorIn(text: string): string | undefined {
  const phrase = PHRASE.exec(text)?.[0].toLowerCase();
  if (phrase !== undefined) return TEXTS[phrase];
  const symbol = /\bE[A-Z]{3,}\b/.exec(text)?.[0];
  return symbol !== undefined && errnos().has(symbol) ? symbol : undefined;
}

function errnoOf(number: number): string | undefined {
  return [...errnos()].find(([, it]) => it.number === number)?.[0];
}

/** The number of `226`, `226/NAMESPACE`, `NAMESPACE` or `125/n/a`, as systemd calls one without a name; undefined for what is no exit status. */
export function statusOf(text: string): number | undefined {
  const [, digits, , name] = /^(\d{1,3})?(\/)?([A-Z_]+)?$/.exec(text.replace(/\/n\/a$/, "")) ?? [];
  const known = name === undefined ? undefined : EXIT_STATUSES.find((it) => it.name === name)?.number;
  if (digits === undefined) return known;
  const number = Number(digits);
  return number > 255 || (name !== undefined && known !== number) ? undefined : number;
}

/** The name of `31`, `31/SYS`, `SYS` or `SIGSYS`; undefined for what is no signal. */
export function signalOf(text: string): string | undefined {
  const [, digits, , name] = /^(\d{1,2})?(\/)?(?:SIG)?([A-Z]\w*)?$/.exec(text) ?? [];
  const found = SIGNALS.find((it) => (name === undefined ? it.number === Number(digits) : it.name === `SIG${name}`));
  return found?.name;
}

function stoppedCall(text: string): StoppedCall | undefined {
  const arch = /\barch=([0-9a-f]{8})\b/i.exec(text)?.[1];
  const number = /\bsyscall=(\d{1,6})\b/.exec(text)?.[1];
  const named = /\bSYSCALL=(\w+)/.exec(text)?.[1];
  if (number === undefined && named === undefined) return undefined;
  const name = named ?? (arch === undefined ? undefined : systemCallName(arch, Number(number)));
  return {
    name,
    number: number === undefined ? undefined : Number(number),
    architecture: arch === undefined ? undefined : auditArchitecture(arch),
  };
}
