import { fromReleases } from "./releases.ts";
import { holdsIn, type Lifetime, type SystemdVersion } from "./version.ts";

/** What decides what a specifier gives. */
type Source = "nothing" | "name" | "manager" | "file" | "machine";

/** What is known about one specifier. */
export interface SpecifierFacts extends Lifetime {
  /** What it stands for: a noun phrase in Markdown with backquotes, without a full stop. */
  readonly meaning: string;
  /** `name` is the unit's own, `manager` whether root or a user runs it, `file` where the unit file lies. */
  readonly from: Source;
  /** What it gives to units of the system and to those of users, phrases like `meaning`; where the manager decides it. */
  readonly gives?: { readonly system: string; readonly user: string };
  /** Whether it resolves everywhere; the others only where the full table holds. */
  readonly table: "name" | "full";
}

/** The character after the `%`, and what SpecifierFacts says of it; `gives` to units of the system and to those of users. */
const ROWS: readonly (readonly [
  letter: string,
  from: Source,
  table: SpecifierFacts["table"],
  meaning: string,
  system?: string,
  user?: string,
])[] = [
  ["n", "name", "name", "the whole name of the unit"],
  ["N", "name", "name", "the name of the unit without its suffix"],
  ["p", "name", "name", "the name up to the `@`, without the suffix"],
  ["P", "name", "full", "the same as `%p` with dashes turned to slashes and `\\x` escapes decoded"],
  ["i", "name", "name", "what stands between the `@` and the suffix: the instance, still escaped"],
  ["I", "name", "full", "the instance with dashes turned to slashes and `\\x` escapes decoded"],
  ["j", "name", "name", "the text after the last dash of `%p`"],
  ["J", "name", "full", "the same as `%j` with `\\x` escapes decoded"],
  ["f", "name", "full", "the path that the instance (without one, `%p`) was made from"],
  ["y", "file", "full", "the path of the unit file"],
  ["Y", "file", "full", "the folder of the unit file"],
  [
    "d",
    "manager",
    "full",
    "the folder with the credentials of the service",
    "`/run/credentials/` with the name of the unit",
    "`$XDG_RUNTIME_DIR/credentials/` with the name of the unit",
  ],
  [
    "t",
    "manager",
    "full",
    "the root of runtime directories",
    "`/run`",
    "`$XDG_RUNTIME_DIR`, which is `/run/user/` with the number of the user",
  ],
  [
    "S",
    "manager",
    "full",
    "the root of state directories",
    "`/var/lib`",
    "`$XDG_STATE_HOME`, or `~/.local/state` where that is not set",
  ],
  [
    "C",
    "manager",
    "full",
    "the root of cache directories",
    "`/var/cache`",
    "`$XDG_CACHE_HOME`, or `~/.cache` where that is not set",
  ],
  [
    "L",
    "manager",
    "full",
    "the root of log directories",
    "`/var/log`",
    "`$XDG_STATE_HOME/log`, or `~/.local/state/log` where that variable is not set",
  ],
  [
    "E",
    "manager",
    "full",
    "the root of configuration directories",
    "`/etc`",
    "`$XDG_CONFIG_HOME`, or `~/.config` where that is not set",
  ],
  [
    "D",
    "manager",
    "full",
    "the root of shared data",
    "`/usr/share`",
    "`$XDG_DATA_HOME`, or `~/.local/share` where that is not set",
  ],
  [
    "T",
    "manager",
    "full",
    "the directory for small temporary files",
    "`/tmp`",
    "`/tmp`, or what `$TMPDIR`, `$TEMP` or `$TMP` names",
  ],
  [
    "V",
    "manager",
    "full",
    "the directory for temporary files that are large or outlive a reboot",
    "`/var/tmp`",
    "`/var/tmp`, or what `$TMPDIR`, `$TEMP` or `$TMP` names",
  ],
  [
    "h",
    "manager",
    "full",
    "the home directory of the user who runs the manager, whatever `User=` says",
    "`/root`",
    "the user's home directory",
  ],
  ["s", "manager", "full", "the login shell of the user who runs the manager"],
  ["u", "manager", "name", "the user who runs the manager, whatever `User=` says", "`root`", "the user's name"],
  ["U", "manager", "name", "the number of the user who runs the manager", "`0`", "the user's number"],
  ["g", "manager", "name", "the group of the user who runs the manager", "`root`", "the user's group"],
  [
    "G",
    "manager",
    "name",
    "the number of the group of the user who runs the manager",
    "`0`",
    "the number of the user's group",
  ],
  ["H", "machine", "name", "the host name when the unit is loaded"],
  ["l", "machine", "name", "the host name up to its first dot"],
  ["q", "machine", "name", "the host name made for people, from `/etc/machine-info`"],
  ["a", "machine", "name", "the architecture, such as `x86-64` or `arm64`"],
  ["v", "machine", "name", "the release of the running kernel, as `uname -r` prints it"],
  ["m", "machine", "name", "the machine id, 32 hexadecimal digits"],
  ["b", "machine", "name", "the id of this boot, 32 hexadecimal digits"],
  ["o", "machine", "name", "the distribution: `ID=` of `/etc/os-release`"],
  ["w", "machine", "name", "the version of the distribution: `VERSION_ID=` of `/etc/os-release`"],
  ["W", "machine", "name", "the variant of the distribution: `VARIANT_ID=` of `/etc/os-release`"],
  ["B", "machine", "name", "the build of the distribution: `BUILD_ID=` of `/etc/os-release`"],
  ["M", "machine", "name", "the name of the system's image: `IMAGE_ID=` of `/etc/os-release`"],
  ["A", "machine", "name", "the version of the system's image: `IMAGE_VERSION=` of `/etc/os-release`"],
  ["c", "machine", "full", "the control group of the unit; deprecated"],
  ["r", "machine", "full", "the control group of the slice; deprecated"],
  ["R", "machine", "full", "the control group of the manager; deprecated"],
  ["%", "nothing", "name", "a percent sign"],
];

/** The releases that brought the later ones, by letter. */
const SINCE: Readonly<Record<string, SystemdVersion>> = {
  ...{ G: 240, g: 240, l: 246, B: 247, W: 247, a: 247, o: 247, w: 247, A: 249, M: 249 },
  ...{ Y: 251, d: 251, q: 251, y: 251, D: 256 },
};

/** By the character after the `%`. Follows unit_name_printf() and unit_full_printf(), systemd 239 to 262. */
export const SPECIFIERS: ReadonlyMap<string, SpecifierFacts> = new Map([
  ...ROWS.map(([letter, from, table, meaning, system, user]): [string, SpecifierFacts] => [
    letter,
    {
      from,
      table,
      meaning,
      ...(SINCE[letter] ? { since: SINCE[letter] } : {}),
      ...(system === undefined || user === undefined ? {} : { gives: { system, user } }),
    },
  ]),
  ...fromReleases(
    (it) => it.specifiers,
    (letter, meaning, since): [string, SpecifierFacts] => [letter, { from: "machine", table: "full", meaning, since }],
  ),
]);

/** Whether a letter or `%` after a `%` means something in the table that a directive uses, and in a version. */
export function isKnownSpecifier(letter: string, table: "name" | "full", version: SystemdVersion): boolean {
  const known = SPECIFIERS.get(letter);
  return known !== undefined && (table === "full" || known.table === "name") && holdsIn(known, version);
}
