import { type Facts, undeclaredWrites } from "../service/facts.ts";
import { firstMatchOf, isOn, paths, textOf, words } from "../service/settings.ts";
import { baseNameOf } from "../service/userCommands.ts";
import { memo } from "../units/memo.ts";
import { concerns } from "./rights.ts";

/**
 * A path below /usr, /boot or /etc that the service writes, as far as that shows; a directory that the unit itself lists stays
 * writable.
 */
export function systemWrite(facts: Facts): string | undefined {
  const { programs, unit, paths: all } = facts;
  const listed = [paths(unit, "ReadWritePaths"), paths(unit, "ReadWriteDirectories")];
  const writable = firstMatchOf(listed, /^\/(?:(?:usr|boot|efi)(?:\/|$)|etc\/?$)/);
  if (writable !== undefined) return writable;
  const directory = textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "";
  // What its user cannot write it does not, and what it may stays writable.
  const isOwned = unit.ownedPaths !== undefined && !concerns("ProtectSystem", facts);
  if (isOwned && [directory, ...all].every((it) => !SYSTEM.test(it) || /^\/(?:etc|usr)\//.test(it))) return undefined;
  if (SYSTEM.test(directory)) return directory;
  return writtenBy(programs) ?? writtenAmong(all);
}

/**
 * The directory of its own below /etc or /usr that a service writes, which may stay writable where the rest is not; undefined
 * where it writes elsewhere, such as files that others replace.
 */
export function ownWrittenPlace(facts: Facts): string | undefined {
  const path = systemWrite(facts) ?? "";
  return /^(?:\/etc|\/usr\/local|\/usr\/share)\/(?!(?:s?bin|lib|systemd|init\.d|ssl|default|pam\.d|cron\.\w+)\/)[\w.+-]+(?=\/.)/.exec(
    path,
  )?.[0];
}

/** Whether it declares its directories for data, so that the rest of the system may be read-only. */
export function declaresItsWrites(facts: Facts): boolean {
  if (undeclaredWrites(facts).length > 0 || facts.personal) return false;
  const writable = [paths(facts.unit, "ReadWritePaths"), paths(facts.unit, "ReadWriteDirectories")];
  const listed = firstMatchOf(writable, /^\/(?:var\/lib|srv|opt|mnt)(?:\/|$)|^\/var$/) !== undefined;
  const state = listed || words(facts.unit, "StateDirectory").length > 0;
  return state && (listed || !facts.privileged || isOn(facts.unit, "DynamicUser"));
}

const WRITERS =
  /^(?:htpasswd|htdigest|htdbm|crudini|postmap|postalias|patch|cp|mv|install|tee|touch|mkdir|rm|ln|chown|chmod|sed|rsync|dd|ssh-keygen|openssl|mktemp|truncate|rmdir|chgrp|unlink)$/;
/** Options with a file that is only read. */
const READS = /^--(?:config|conf|exclude-from|include-from|files-from|password-file|reference|cafile|ca-file)=/;
const SYSTEM = /^(?:\/usr(?!\/(?:s?bin|lib\w*|share|libexec|local\/s?bin)(?:\/|$))|\/boot|\/efi|\/etc)(?:\/|$)/;

const writtenBy = memo((programs: Facts["programs"]): string | undefined => {
  for (const { names, path, args } of programs) {
    if (names.includes("ssh-keygen") && args.includes("-A")) return "/etc/ssh";
    const target = targetIn([path, ...args.filter((it) => !READS.test(it))], names);
    if (target !== undefined) return target;
  }
  return undefined;
});

/** The first path of the system that stands behind a program that writes, or behind a `>`, in the same command of a line. */
function targetIn(words: readonly string[], names: readonly string[], depth = 0): string | undefined {
  let writes = false;
  let copies = false;
  for (const [i, word] of words.entries()) {
    const redirected = />\s*(\/(?:usr|boot|efi|etc)\/[^\s"';]*)/.exec(
      `${words[i - 1]?.endsWith(">") ? ">" : ""}${word}`,
    )?.[1];
    if (redirected !== undefined) return redirected;
    if (ENDS.test(word)) writes = false;
    else if (names.includes(baseNameOf(word)) && WRITERS.test(baseNameOf(word))) {
      writes = true;
      copies = COPIERS.test(baseNameOf(word));
    } else if (/\s/.test(word) && depth < MAX_DEPTH) {
      const target = targetIn(pathWords(writes ? `tee ${word}` : word), writes ? [...names, "tee"] : names, depth + 1);
      if (target !== undefined) return target;
    } else if (writes && !(copies && isSource(words, i))) {
      const target = /(?:^|[\s"'=])(\/(?:usr|boot|efi|etc)\/[^\s"';]*)/.exec(word)?.[1];
      if (target !== undefined) return target;
    }
  }
  return undefined;
}

/** Programs that only read what they name before the last path. */
const COPIERS = /^(?:cp|ln|rsync)$/;

/** Whether another path comes after one in the same command; not where an option names the target. */
function isSource(words: readonly string[], at: number): boolean {
  const end = words.findIndex((it, i) => i > at && ENDS.test(it));
  const rest = words.slice(at + 1, end < 0 ? undefined : end);
  return rest.some((it) => !/^[-\d>&]/.test(it)) && !words.some((it) => /^(?:-\w*t|--target-directory\b.*)$/.test(it));
}

/** What ends a command of a line. */
const ENDS = /^[;&|()\n]$/;

/** Lines of a shell in each other that are looked into. */
const MAX_DEPTH = 3;

/** The words of a line, with what ends a command as words of their own, and without quotes around them. */
const pathWords = (line: string): readonly string[] =>
  [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"';&|()]+)+|[;&|()\n]|["']/g)].map((it) =>
    it[0].replace(/^(["'])(.*)\1$/s, "$2"),
  );

const writtenAmong = memo((all: readonly string[]): string | undefined =>
  all.find(
    (it) =>
      SYSTEM.test(it) &&
      /\.(?:pid|sock|socket|log|db|sqlite3?|lock)$|\/(?:data|logs?|run|var|state|cache|spool)(?:\/|$)/.test(it),
  ),
);
