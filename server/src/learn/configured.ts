import type { ConfiguredNeed } from "./needs.ts";

/** What a line of configuration may name: an account or a directory, which only the machine knows to be one. */
export interface ConfiguredName extends Omit<ConfiguredNeed, "file"> {
  /** Whether it has to be the name of an account or of a group; other lines say by themselves what they mean. */
  readonly isAccount: boolean;
}

/** What separates the words of all common forms: `user x`, `user = x`, `"user": "x",`, `<user>x</user>`, `listen.owner = x`. */
const BETWEEN = /[\s=:"',;<>{}()[\]]+/;
const COMMENT = /^\s*(?:[#;!]|\/\/|--|<!--)/;

const USER = /(?:^|[._-])(?:user|run[_-]?as|setuid|uid)$/i;
const GROUP = /(?:^|[._-])(?:group|setgid|gid)$/i;
const OWNER = /(?:^|[._-])(?:owner|chown)$/i;
/** Accounts of these are owners of files, and nobody becomes them. */
const FILES = /listen|sock|file|log|pid|dir/i;
/** Accounts by their numbers. */
const NUMBER = /(?:^|[._-])(?:set)?[ug]id$|chroot/i;
const ROOT = /(?:^|[._-])chroot|^use-chroot$/i;
const MODE = /(?:^|[._-])mode$/i;
const OCTAL = /^0?[0-7]{3}$/;
const YES = /^(?:yes|true|on|1)$/i;

/** Longer lines are data. */
const MOST_LENGTH = 500;
const MOST_NAMES = 200;

/**
 * The accounts, groups and root directories that the lines of a configuration file name, whatever its form: the first word of a line says
 * whom a program becomes, one later in a line who gets a file, as in `bind /run/x.sock user x mode 660`.
 */
export function configuredNames(text: string): readonly ConfiguredName[] {
  const found = new Map<string, ConfiguredName>();
  for (const line of text.split("\n")) {
    if (line.length > MOST_LENGTH || COMMENT.test(line)) continue;
    const words = line.split(BETWEEN).filter(Boolean);
    for (const it of words.flatMap((word, at) => nameAfter(word, words[at + 1], at === 0)))
      if (found.size < MOST_NAMES) found.set(`${it.use} ${it.name}`, it);
  }
  return [...found.values()];
}

function nameAfter(key: string, name: string | undefined, isFirst: boolean): readonly ConfiguredName[] {
  if (name === undefined) return [];
  if (MODE.test(key)) return OCTAL.test(name) ? [{ use: "mode", name, isAccount: false }] : [];
  // `max_per_user 10` names nobody.
  if (/^\d+$/.test(name) && !NUMBER.test(key)) return [];
  if (ROOT.test(key)) return name.startsWith("/") || YES.test(name) ? [{ use: "chroot", name, isAccount: false }] : [];
  if (OWNER.test(key)) return [{ use: "owner", name, isAccount: true }];
  const use = USER.test(key) ? "user" : GROUP.test(key) ? "group" : undefined;
  if (use === undefined || name === "root" || name === "0") return [];
  return [{ use: isFirst && !FILES.test(key) ? use : "owner", name, isAccount: true }];
}
