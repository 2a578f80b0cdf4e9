import { place } from "./setupStatements.ts";
import type { FoundStatement } from "./statement.ts";

/** What a script that runs after unpacking makes: users with their homes, folders, and files that it gives to others. */
export function* scriptStatements(text: string): Iterable<FoundStatement> {
  const values = new Map<string, string>();
  for (const [command, line] of commandsOf(text)) {
    const [, name, value] =
      /^(?:export\s{1,9}|local\s{1,9})?(\w{1,50})=["']?([\w/.+-]{1,200})["']?$/.exec(command) ?? [];
    if (name !== undefined && value !== undefined) values.set(name, value);
    const words = commandWords(command, values);
    const at = words.findIndex((it) => Object.hasOwn(COMMANDS, it));
    const read = COMMANDS[words[at] ?? ""];
    if (read) yield* read(words.slice(at + 1), line);
  }
}

type Reader = (words: readonly string[], line: number) => Iterable<FoundStatement>;

const COMMANDS: Readonly<Record<string, Reader>> = {
  adduser: madeUser,
  useradd: madeUser,
  usermod: addedUser,
  chown: (words, line) =>
    placesOf(
      words,
      words.find((it) => !it.startsWith("-")),
      line,
    ),
  install: (words, line) => (words.includes("-d") ? placesOf(words, optionOf(words, "-o", "--owner"), line) : []),
  mkdir: (words, line) => placesOf(words, undefined, line),
  "dpkg-statoverride": (words, line) => {
    const at = words.indexOf("--add");
    return at < 0 ? [] : placesOf(words.slice(at + 4), words[at + 1], line);
  },
};

function* madeUser(words: readonly string[], line: number): Iterable<FoundStatement> {
  const home = optionOf(words, "--home", "--home-dir", "-d");
  const [name, group] = namesIn(words);
  if (name === undefined) return;
  // With two names `adduser` adds a user to a group.
  if (group !== undefined) return yield { kind: "member", value: group, owner: name, line };
  yield { kind: "user", value: name, line };
  if (home !== undefined) yield* placesOf([home], name, line);
}

function* addedUser(words: readonly string[], line: number): Iterable<FoundStatement> {
  const groups = optionOf(words, "-G", "-aG", "--groups") ?? "";
  const name = words.findLast((it) => USER.test(it));
  for (const value of groups.split(","))
    if (name !== undefined && USER.test(value)) yield { kind: "member", value, owner: name, line };
}

/** The words that are no options and no values of some. */
const namesIn = (words: readonly string[]): readonly string[] =>
  words.filter((it, i) => USER.test(it) && !/^--?(?!-|system|quiet|group|force|disabled|no-)/.test(words[i - 1] ?? ""));

const USER = /^_?[A-Za-z][\w.-]*$/;

function* placesOf(words: readonly string[], owner: string | undefined, line: number): Iterable<FoundStatement> {
  const user = owner?.split(/[:.]/, 1)[0];
  for (const it of words) if (PLACE.test(it)) yield place(it, user, line);
}

/** A path with a name of its own that is written out. */
const PLACE = /^\/(?!dev\/|proc\/|sys\/|nonexistent)[\w.+@-]+\/[\w./+@-]+$/;

const optionOf = (words: readonly string[], ...names: readonly string[]): string | undefined =>
  words.flatMap((it, i) => {
    const [name = "", value] = it.split("=", 2);
    return names.includes(name) ? [value ?? words[i + 1] ?? ""] : [];
  })[0];

/** Each command of a script with its line, continued lines joined. */
function* commandsOf(text: string): Iterable<readonly [command: string, line: number]> {
  let joined = "";
  let start = 0;
  for (const [i, line] of text.split("\n").entries()) {
    if (joined === "") start = i + 1;
    joined += line.endsWith("\\") ? `${line.slice(0, -1)} ` : line;
    if (line.endsWith("\\") && joined.length < 2000) continue;
    for (const it of joined.split(/&&|\|\||[;|]/)) if (!/^\s*#/.test(it)) yield [it.trim(), start];
    joined = "";
  }
}

/** The words of a command without quotes, and with the variables that the script sets plainly. */
const commandWords = (command: string, values: ReadonlyMap<string, string>): readonly string[] =>
  (command.match(/(?:"[^"]{0,500}"|'[^']{0,500}'|[^\s"'])+/g) ?? []).map((it) =>
    it.replace(/["']/g, "").replace(/\$\{?(\w{1,50})\}?/g, (whole, name: string) => values.get(name) ?? whole),
  );
