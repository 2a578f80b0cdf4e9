import { decodeUtf8 } from "../../text/utf8.ts";
import type { ProgramFiles } from "../files.ts";
import { apparmorStatements, busStatements, cronStatements, deviceStatements } from "./policyStatements.ts";
import { scriptStatements } from "./scriptStatements.ts";
import { logrotateStatements, tmpfilesStatements, usersStatements } from "./setupStatements.ts";
import type { FoundStatement, PackageStatement } from "./statement.ts";

/** The readers of files in which packages speak of their programs, by where these lie. */
const READERS: readonly (readonly [RegExp, (text: string) => Iterable<FoundStatement>])[] = [
  [/\/tmpfiles\.d\/[^/]+\.conf$/, tmpfilesStatements],
  [/\/sysusers\.d\/[^/]+\.conf$/, usersStatements],
  [/^\/etc\/logrotate\.d\/[^/]+$/, logrotateStatements],
  [/^\/etc\/cron\.d\/[^/]+$/, cronStatements],
  [/\/dbus-1\/system\.d\/[^/]+\.conf$/, busStatements],
  [/\/udev\/rules\.d\/[^/]+\.rules$/, deviceStatements],
  [/^\/etc\/apparmor\.d\/[^/]+$/, apparmorStatements],
  [/^\/var\/lib\/(?:dpkg\/info\/[^/]+\.postinst|pacman\/local\/[^/]+\/install)$/, scriptStatements],
];

/** Whether a file may say something of the programs of its package. */
export const isStatement = (path: string): boolean =>
  SPEAKING.test(path) && READERS.some(([pattern]) => pattern.test(path));

/** What their folders or names have in common, as all files of a machine are asked. */
const SPEAKING = /(?:files|users|rotate|cron|system|rules|armor)\.d\/|\.postinst$|\/install$/;

/** More files, or bytes of one, than packages use for that, and more than one of them says. */
const MOST_FILES = 40;
const MOST_BYTES = 200_000;
const MOST_STATEMENTS = 200;

/** What the package of a program says of it, in the order of its files; nothing where no package brought it. */
export function packageStatements(program: string, files: ProgramFiles): readonly PackageStatement[] {
  const paths = (files.statementsOf?.(program) ?? []).slice(0, MOST_FILES);
  return paths.flatMap((path) => {
    const reader = READERS.find(([pattern]) => pattern.test(path))?.[1];
    const bytes = reader && files.read(path, 0, MOST_BYTES);
    if (!reader || !bytes) return [];
    return [...reader(decodeUtf8(bytes))].slice(0, MOST_STATEMENTS).map((it) => ({ ...it, path }));
  });
}
