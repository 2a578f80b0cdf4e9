import { splitWords, type Word } from "../../syntax/words.ts";
import { commandLineOf } from "../../units/commands.ts";
import { latest, remembered } from "../../units/once.ts";
import type { Unit } from "../../units/unit.ts";
import { type InValue, inValues } from "../hardening/places.ts";

/** A secret that is written out in a value; offsets count in its text. */
interface Literal {
  /** What it is called: a variable, an option with its dashes, or a credential. */
  readonly name: string;
  /** `url` where it stands among other things in an address. */
  readonly kind: "variable" | "option" | "url" | "credential";
  /** The words that say it, the option before it included. */
  readonly from: number;
  readonly to: number;
}

/** The same with its place. */
export interface Secret extends Literal, InValue {}

/** The secrets that a file writes out in its environment, in the arguments of its commands and in SetCredential=. */
export const secretsOf = (unit: Unit): readonly Secret[] => all(...readers.map((read) => read(unit)));

const all = latest((...lists: readonly (readonly Secret[])[]): readonly Secret[] => lists.flat());

const SECRET =
  /(?:^|[_.-])(?:\w*password|\w*passwd|\w*passphrase|\w*secret|\w*token|pass|pwd|(?:\w*[_.-])?(?:api|access|secret|private|encryption|auth)[_.-]?key|secret_key_base)$/i;
/**
 * Values that are no secrets: paths, variables, specifiers, switches, numbers of a few digits, marks of a template, and where
 * in a store a secret lies.
 */
const NO_SECRET =
  /^(?:[-/~$%@<{[(].*|.*(?:\$\{?\w|\{\{).*|(?:unix|file|env|fd|https?|op|arn|vault|ssm|ref\+\w+):.*|[a-z][a-z\d-]*(?:\/[a-z\d._-]+)+|yes|no|on|off|true|false|none|null|auto|prompt|ask|\d{0,3})$/is;
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^/:@\s"']{1,64}):([^/@\s"']{1,128})@/i;

const isSecret = (name: string, value: string): boolean =>
  name.length < 100 && !NAMES_NONE.test(name) && SECRET.test(name) && !NO_SECRET.test(value.slice(0, 400));

/** Names that end alike and say something about secrets, or of those of nobody. */
const NAMES_NONE =
  /(?:^|[_.-])(?:no|allow|require|use|with|enable|disable|public|old|reset|show|change|next|csrf|max|min|num|eos|bos|pad|stop|start|first|second|two|multi|render|high|low|band|hash|generate|random|image[_.-]?pull|mount)[_.-]|^(?:OLD)?PWD$/i;

/** A password in an address of a server; that of nobody in particular, such as guest:guest, is none. */
function inAddress(value: string): boolean {
  const [, user = "", password = ""] = ADDRESS.exec(value) ?? [];
  return password !== "" && password !== user && !/^[$%<{*]|\$\{/.test(password);
}

const inEnvironment = remembered((text): readonly Literal[] => {
  if (!/[=]/.test(text)) return NONE;
  return splitWords(text, "escapes").words.flatMap(({ value, from, to }): Literal[] => {
    const at = value.indexOf("=");
    const name = value.slice(0, at);
    if (at < 1 || !/^\w+$/.test(name)) return [];
    if (isSecret(name, value.slice(at + 1))) return [{ name, kind: "variable", from, to }];
    return inAddress(value.slice(at + 1)) ? [{ name, kind: "url", from, to }] : [];
  });
});

/** Options whose value may stand in the next word; a bare --password may as well be a switch. */
const WITH_VALUE = /^--?(?:[\w.-]*-)?(?:token|passphrase|(?:api|access|secret|auth)-?key)$/i;
const USER = /^--?(?:[\w.-]*-)?(?:user|username|login)(?:=|$)/;

const inCommands = remembered((text): readonly Literal[] => {
  if (!/pass|secret|token|key|:\/\//i.test(text)) return NONE;
  return commandLineOf(text).commands.flatMap(({ args }) => {
    const named = args.some((it) => USER.test(it.value));
    return args.flatMap((word, i): Literal[] => {
      const [, option = "", value] = /^(--?[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word.value) ?? [];
      if (value !== undefined && isSecret(option, value)) {
        return [{ name: option, kind: "option", from: word.from, to: word.to }];
      }
      const next = args[i + 1];
      const takes = WITH_VALUE.test(word.value) || (named && /^--(?:[\w.-]*-)?password$/.test(word.value));
      if (value === undefined && takes && next && isSecret(option, next.value)) {
        return [{ name: option, kind: "option", from: word.from, to: next.to }];
      }
      return !/\s/.test(word.value) && inAddress(word.value)
        ? [{ name: option, kind: "url", from: word.from, to: word.to }]
        : [];
    });
  });
});

const inCredential = remembered((text): readonly Literal[] => {
  const at = text.indexOf(":");
  const name = text.slice(0, Math.max(0, at)).trim();
  return at > 0 && isSecret(name, text.slice(at + 1)) ? [{ name, kind: "credential", from: 0, to: text.length }] : NONE;
});

const readers = [
  inValues("Environment", inEnvironment),
  ...(["ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop"] as const).map((it) =>
    inValues(it, inCommands),
  ),
  inValues("SetCredential", inCredential),
];

const NONE: readonly never[] = [];

/** A path of a secret in a value; offsets count in its text. */
interface FoundFile {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** The same with its place. */
export interface SecretFile extends FoundFile, InValue {}

/** The keys and password files that the commands and the environment of a unit name by their path. */
export const secretFilesOf = (unit: Unit): readonly SecretFile[] =>
  both(filesInCommands(unit), filesInEnvironment(unit));

const both = latest((a: readonly SecretFile[], b: readonly SecretFile[]): readonly SecretFile[] => [...a, ...b]);

/** Where secrets lie that a service does not make itself. */
const PLACE = /^\/(?:etc|root|home|usr\/local\/etc|opt|srv)\/[^\s:,;"'\\$%]*[^\s:,;"'\\$%/]$/;
const KEY = /\.key$|\/private\/[^/]+$|\/[^/]*privkey[^/]*$/i;
const NAMED =
  /(?:^|[_.-])(?:\w*key|\w*password|\w*passwd|\w*passphrase|\w*secret|\w*token|credentials?)(?:[_.-]?(?:file|path))?$/i;
const PUBLIC =
  /^\/etc\/(?:passwd|group)$|\.(?:pub|crt|cert|cer|conf|cfg|ya?ml|toml|ini|json)$|(?:^|[_.-])(?:public|pub|authorized|known|trusted|host)[_.-]?\w*key/i;

/** Whether a path with what stands before it names a secret. */
const isSecretFile = (name: string, path: string): boolean =>
  path.length < 300 &&
  name.length < 100 &&
  PLACE.test(path) &&
  !PUBLIC.test(path) &&
  !PUBLIC.test(name) &&
  (KEY.test(path) || NAMED.test(name));

const filesInEnvironment = inValues(
  "Environment",
  remembered((text) => files(text, splitWords(text, "escapes").words)),
);
const filesInCommands = inValues(
  "ExecStart",
  remembered((text) =>
    commandLineOf(text).commands.flatMap(({ prefixes, args }) => (prefixes.includes("+") ? [] : files(text, args))),
  ),
);

function files(text: string, words: readonly Word[]): readonly FoundFile[] {
  return words.flatMap((word, i): FoundFile[] => {
    const [, ownName, behind] = /^-{0,2}([A-Za-z][\w.-]*)=(\/.*)$/s.exec(word.value) ?? [];
    const before = words[i - 1]?.value ?? "";
    const name = ownName ?? (/^--?[A-Za-z][\w.-]*$/.test(before) ? before.replace(/^-+/, "") : "");
    const path = behind ?? word.value;
    if (!isSecretFile(name, path)) return [];
    const from = text.indexOf(path, word.from);
    return from >= 0 && from + path.length <= word.to ? [{ path, from, to: from + path.length }] : [];
  });
}
