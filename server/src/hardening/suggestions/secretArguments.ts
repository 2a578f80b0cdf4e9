import type { CommandWord } from "../../service/shellLine.ts";
import { type FileWay, isSecret, isValue, type Literal, OTHERWISE, openAddress, secretShape } from "./secretWords.ts";

/** Options whose value may stand in the next word; a bare --password may as well be a switch. */
const WITH_VALUE = /^--?(?:[\w.-]*-)?(?:token|passphrase|(?:api|access|secret|auth)-?key)$/i;
const USER = /^--?(?:[\w.-]*-)?(?:user|username|login)(?:=|$)/;
const PASSWORD = /^--(?:[\w.-]*-)?pass(?:word|wd)?$/;

/** How a program takes a password among its arguments. */
interface Habit {
  readonly programs: RegExp;
  /** An option with its value in the same word; the first group is the value. */
  readonly joined?: RegExp;
  /** An option with its value in the next word. */
  readonly apart?: RegExp;
  /** What stands between a user and the password. */
  readonly pair?: string;
  /** Whether only the program's first words are its own. */
  readonly first?: true;
  /** A word that must stand before. */
  readonly verb?: string;
  readonly file?: FileWay;
  /** The same, where it has to be the first option. */
  readonly leading?: FileWay;
}

const HABITS: readonly Habit[] = [
  {
    programs:
      /^(?:mysql(?:dump|admin|import|check|show|slap|binlog|pump|sh)?|mariadb(?:-(?:dump|admin|import|check|show|slap|binlog|backup))?|mycli)$/,
    joined: /^-p(.+)$/s,
    leading: {
      wordsFor: (path) => `--defaults-extra-file=${path}`,
      holds: "[client] and a line password=",
    },
  },
  { programs: /^(?:redis|valkey|keydb)-cli$/, apart: /^(?:-a|--pass)$/ },
  {
    programs: /^sshpass$/,
    joined: /^-p(.+)$/s,
    apart: /^-p$/,
    first: true,
    file: { wordsFor: (path) => `-f ${path}`, holds: "the password" },
  },
  {
    programs: /^curl$/,
    joined: /^(?:-\w*[uU]|--(?:proxy-)?user=)(.+)$/s,
    apart: /^(?:-\w*[uU]|--(?:proxy-)?user)$/,
    pair: ":",
    file: { wordsFor: (path) => `-K ${path}`, holds: 'user = "NAME:PASSWORD"' },
  },
  { programs: /^https?$/, apart: /^(?:-a|--auth)$/, pair: ":" },
  { programs: /^transmission-remote$/, apart: /^(?:-n|--auth)$/, pair: ":" },
  { programs: /^lftp$/, apart: /^-u$/, pair: "," },
  { programs: /^(?:smbclient|rpcclient)$/, joined: /^-U(.+)$/s, apart: /^-U$/, pair: "%" },
  { programs: /^mongo(?:sh|dump|restore|export|import|stat|top)?$/, apart: /^(?:-p|--password)$/ },
  { programs: /^ldap(?:search|add|modify|delete|passwd|whoami|compare|modrdn)$/, apart: /^-w$/ },
  { programs: /^(?:zip|unzip|ipmitool|sqlcmd)$/, apart: /^-P$/ },
  { programs: /^7z[arz]?$/, joined: /^-p(.+)$/s },
  { programs: /^mosquitto_(?:pub|sub|rr)$/, apart: /^(?:-P|--pw)$/ },
  { programs: /^(?:mcrcon|rcon)$/, apart: /^-p$/ },
  { programs: /^x11vnc$/, apart: /^-passwd$/ },
  { programs: /^(?:docker|podman)$/, apart: /^-p$/, verb: "login" },
];

/** Programs whose commands run where the files of a credential are not. */
const ELSEWHERE = /(?:^|\/)(?:docker(?:-compose)?|podman|nerdctl|kubectl|lxc|incus|machinectl|nsenter|ssh|chroot)$/;

const HEADER =
  /^(?:(?:proxy-)?authorization:\s*(?:(?:bearer|basic|token|apikey|key)\s+)?|(?:x-(?:\w+-)*(?:api-?key|token|secret|auth)|private-token|api-?key|apikey):\s*)(\S{4,500})$/i;

/** The secrets among the words of a command. */
export function argumentsOf(words: readonly CommandWord[]): readonly Literal[] {
  const named = words.some((it) => USER.test(it.value));
  const container = words.slice(0, 20).findIndex((it) => ELSEWHERE.test(it.value.slice(-30)));
  let habit: Habit | undefined;
  let at = 0;
  return words.flatMap((word, i): Literal[] => {
    const known = isCommand(words, i) ? habitOf(word.value) : undefined;
    if (known) [habit, at] = [known, i];
    if (known) return [];
    const isOfHabit =
      (habit?.verb === undefined || words[at + 1]?.value === habit.verb) && (!habit?.first || i === at + 1);
    const own = isOfHabit ? habit : undefined;
    const found = (own && byHabit(own, words, i, at)) ?? general(words, i, named);
    return found ? [container >= 0 && i > container ? { ...found, kind: "place" } : found] : [];
  });
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const habitOf = (path: string): Habit | undefined =>
  path.length > 200 ? undefined : HABITS.find((it) => it.programs.test(baseName(path)));

/** Whether a word may be a program: not what an option names. */
const isCommand = (words: readonly CommandWord[], i: number): boolean =>
  i === 0 ||
  !/^-(?!-$)[^=]*$/.test(words[i - 1]?.value ?? "") ||
  /^-(?:[itdT]+|[cnP]\d+)$/.test(words[i - 1]?.value ?? "");

/** From one word to another; words that do not stand there as they are have no fix. */
function literal(from: CommandWord, to: CommandWord, it: Pick<Literal, "what" | "name" | "kind" | "file">): Literal {
  const kind = from.exact && to.exact ? it.kind : "place";
  return { ...it, kind, from: from.from, to: to.to };
}

function byHabit(habit: Habit, words: readonly CommandWord[], i: number, at: number): Literal | undefined {
  const { joined, apart, pair } = habit;
  const word = words[i];
  const next = words[i + 1];
  if (!word) return undefined;
  const value = apart?.test(word.value) ? next?.value : joined?.exec(word.value)?.[1];
  const last = apart?.test(word.value) ? next : word;
  if (value === undefined || !last || value.length > 500) return undefined;
  const [user = "", ...rest] = pair === undefined ? ["", value] : value.split(pair);
  const password = rest.join(pair);
  if (!isValue(password) || password === user) return undefined;
  const name = baseName(words[at]?.value ?? "");
  const file = habit.file ?? leading(habit, words, i, at);
  return literal(word, last, {
    what: `a password for ${name}`,
    name,
    kind: file ? "file" : "place",
    ...(file && { file }),
  });
}

/** After the program, unless another file is named there already. */
function leading({ leading: way }: Habit, words: readonly CommandWord[], i: number, at: number): FileWay | undefined {
  const first = words[at + 1]?.value ?? "";
  if (!way || /^--(?:no-)?(?:defaults|login-path)/.test(first)) return undefined;
  return i === at + 1 ? way : { ...way, at: words[at]?.to ?? 0 };
}

/** What any program takes: options with the name of a secret, variables, headers, addresses. */
function general(words: readonly CommandWord[], i: number, named: boolean): Literal | undefined {
  const word = words[i];
  const next = words[i + 1];
  if (!word || word.value.length > 2000) return undefined;
  const [, option = "", value] = /^(--?[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word.value) ?? [];
  if (value !== undefined && isSecret(option, value))
    return literal(word, word, { what: option, name: option, kind: /^-D/.test(option) ? "place" : "option" });
  const takes = WITH_VALUE.test(word.value) || (named && PASSWORD.test(word.value));
  if (value === undefined && takes && next && isSecret(option, next.value))
    return literal(word, next, { what: option, name: option, kind: "option" });
  const [, variable = "", content = ""] = /^([A-Z_][A-Z0-9_]*)=(.*)$/s.exec(word.value) ?? [];
  if (variable !== "" && (isSecret(variable, content) || secretShape(content))) {
    const foreign = /^(?:-e|--env|--build-arg|-D)$/.test(words[i - 1]?.value ?? "") || variable in OTHERWISE;
    return literal(word, word, { what: variable, name: variable, kind: foreign ? "place" : "variable" });
  }
  const header = headerIn(words, i);
  if (header) return header;
  const what = openAddress(word.value);
  return what === undefined ? undefined : literal(word, word, { what, name: option, kind: "place" });
}

/** A header with a token, as curl and others send it. */
function headerIn(words: readonly CommandWord[], i: number): Literal | undefined {
  const [word, before] = [words[i], words[i - 1]];
  if (!word) return undefined;
  const [, joined] = /^(?:-H|--header=)(.+)$/s.exec(word.value) ?? [];
  const apart = /^(?:-H|--header)$/.test(before?.value ?? "");
  const [, token = ""] = (joined ?? (apart ? word.value : undefined))?.match(HEADER) ?? [];
  if (!isValue(token)) return undefined;
  const curl = words.slice(0, 20).some((it) => /(?:^|\/)curl$/.test(it.value.slice(-10)));
  const file = curl ? { file: { wordsFor: (path: string) => `-H @${path}`, holds: "the whole header" } } : {};
  return literal(apart && before ? before : word, word, {
    what: "a token in a header",
    name: "header",
    kind: curl ? "file" : "place",
    ...file,
  });
}
