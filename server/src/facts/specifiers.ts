/** What decides what a specifier gives. */
type Source = "nothing" | "name" | "manager" | "file" | "machine";

/** What is known about one specifier. */
export interface SpecifierFacts {
  /** What it stands for: a noun phrase in Markdown with backquotes, without a full stop. */
  readonly meaning: string;
  /** `name` is the unit's own, `manager` whether root or a user runs it, `file` where the unit file lies. */
  readonly from: Source;
  /** What it gives to units of the system and to those of users, phrases like `meaning`; where the manager decides it. */
  readonly gives?: { readonly system: string; readonly user: string };
  /** Whether it resolves everywhere; the others only where the full table holds. */
  readonly table: "name" | "full";
}

/** By the character behind the `%`. Follows unit_name_printf() and unit_full_printf(), systemd 257 to 262. */
export const SPECIFIERS: ReadonlyMap<string, SpecifierFacts> = new Map<string, SpecifierFacts>([
  ["n", { meaning: "the whole name of the unit", from: "name", table: "name" }],
  ["N", { meaning: "the name of the unit without its suffix", from: "name", table: "name" }],
  ["p", { meaning: "the name up to the `@`, without the suffix", from: "name", table: "name" }],
  [
    "P",
    {
      meaning: "the same as `%p` with dashes turned to slashes and `\\x` escapes decoded",
      from: "name",
      table: "full",
    },
  ],
  [
    "i",
    { meaning: "what stands between the `@` and the suffix: the instance, still escaped", from: "name", table: "name" },
  ],
  [
    "I",
    { meaning: "the instance with dashes turned to slashes and `\\x` escapes decoded", from: "name", table: "full" },
  ],
  ["j", { meaning: "what stands behind the last dash of `%p`", from: "name", table: "name" }],
  ["J", { meaning: "the same as `%j` with `\\x` escapes decoded", from: "name", table: "full" }],
  ["f", { meaning: "the path that the instance (without one, `%p`) was made from", from: "name", table: "full" }],
  ["y", { meaning: "the path of the unit file", from: "file", table: "full" }],
  ["Y", { meaning: "the folder of the unit file", from: "file", table: "full" }],
  [
    "d",
    {
      meaning: "the folder with the credentials of the service",
      from: "manager",
      gives: {
        system: "`/run/credentials/` with the name of the unit",
        user: "`$XDG_RUNTIME_DIR/credentials/` with the name of the unit",
      },
      table: "full",
    },
  ],
  [
    "t",
    {
      meaning: "the root of runtime directories",
      from: "manager",
      gives: { system: "`/run`", user: "`$XDG_RUNTIME_DIR`, which is `/run/user/` with the number of the user" },
      table: "full",
    },
  ],
  [
    "S",
    {
      meaning: "the root of state directories",
      from: "manager",
      gives: { system: "`/var/lib`", user: "`$XDG_STATE_HOME`, or `~/.local/state` where that is not set" },
      table: "full",
    },
  ],
  [
    "C",
    {
      meaning: "the root of cache directories",
      from: "manager",
      gives: { system: "`/var/cache`", user: "`$XDG_CACHE_HOME`, or `~/.cache` where that is not set" },
      table: "full",
    },
  ],
  [
    "L",
    {
      meaning: "the root of log directories",
      from: "manager",
      gives: {
        system: "`/var/log`",
        user: "`$XDG_STATE_HOME/log`, or `~/.local/state/log` where that variable is not set",
      },
      table: "full",
    },
  ],
  [
    "E",
    {
      meaning: "the root of configuration directories",
      from: "manager",
      gives: { system: "`/etc`", user: "`$XDG_CONFIG_HOME`, or `~/.config` where that is not set" },
      table: "full",
    },
  ],
  [
    "D",
    {
      meaning: "the root of shared data",
      from: "manager",
      gives: { system: "`/usr/share`", user: "`$XDG_DATA_HOME`, or `~/.local/share` where that is not set" },
      table: "full",
    },
  ],
  [
    "T",
    {
      meaning: "the directory for small temporary files",
      from: "manager",
      gives: { system: "`/tmp`", user: "`/tmp`, or what `$TMPDIR`, `$TEMP` or `$TMP` names" },
      table: "full",
    },
  ],
  [
    "V",
    {
      meaning: "the directory for temporary files that are large or outlive a reboot",
      from: "manager",
      gives: { system: "`/var/tmp`", user: "`/var/tmp`, or what `$TMPDIR`, `$TEMP` or `$TMP` names" },
      table: "full",
    },
  ],
  [
    "h",
    {
      meaning: "the home directory of the user who runs the manager, whatever `User=` says",
      from: "manager",
      gives: { system: "`/root`", user: "the user's home directory" },
      table: "full",
    },
  ],
  ["s", { meaning: "the login shell of the user who runs the manager", from: "manager", table: "full" }],
  [
    "u",
    {
      meaning: "the user who runs the manager, whatever `User=` says",
      from: "manager",
      gives: { system: "`root`", user: "the user's name" },
      table: "name",
    },
  ],
  [
    "U",
    {
      meaning: "the number of the user who runs the manager",
      from: "manager",
      gives: { system: "`0`", user: "the user's number" },
      table: "name",
    },
  ],
  [
    "g",
    {
      meaning: "the group of the user who runs the manager",
      from: "manager",
      gives: { system: "`root`", user: "the user's group" },
      table: "name",
    },
  ],
  [
    "G",
    {
      meaning: "the number of the group of the user who runs the manager",
      from: "manager",
      gives: { system: "`0`", user: "the number of the user's group" },
      table: "name",
    },
  ],
  ["H", { meaning: "the host name when the unit is loaded", from: "machine", table: "name" }],
  ["l", { meaning: "the host name up to its first dot", from: "machine", table: "name" }],
  ["q", { meaning: "the host name made for people, from `/etc/machine-info`", from: "machine", table: "name" }],
  ["a", { meaning: "the architecture, such as `x86-64` or `arm64`", from: "machine", table: "name" }],
  ["v", { meaning: "the release of the running kernel, as `uname -r` prints it", from: "machine", table: "name" }],
  ["m", { meaning: "the machine id, 32 hexadecimal digits", from: "machine", table: "name" }],
  ["b", { meaning: "the id of this boot, 32 hexadecimal digits", from: "machine", table: "name" }],
  ["o", { meaning: "the distribution: `ID=` of `/etc/os-release`", from: "machine", table: "name" }],
  [
    "w",
    { meaning: "the version of the distribution: `VERSION_ID=` of `/etc/os-release`", from: "machine", table: "name" },
  ],
  [
    "W",
    { meaning: "the variant of the distribution: `VARIANT_ID=` of `/etc/os-release`", from: "machine", table: "name" },
  ],
  ["B", { meaning: "the build of the distribution: `BUILD_ID=` of `/etc/os-release`", from: "machine", table: "name" }],
  [
    "M",
    { meaning: "the name of the system's image: `IMAGE_ID=` of `/etc/os-release`", from: "machine", table: "name" },
  ],
  [
    "A",
    {
      meaning: "the version of the system's image: `IMAGE_VERSION=` of `/etc/os-release`",
      from: "machine",
      table: "name",
    },
  ],
  ["c", { meaning: "the control group of the unit; deprecated", from: "machine", table: "full" }],
  ["r", { meaning: "the control group of the slice; deprecated", from: "machine", table: "full" }],
  ["R", { meaning: "the control group of the manager; deprecated", from: "machine", table: "full" }],
  ["%", { meaning: "a percent sign", from: "nothing", table: "name" }],
]);

/** Whether a letter or `%` after a `%` means something in the table that a directive uses. */
export function isKnownSpecifier(letter: string, table: "name" | "full"): boolean {
  const known = SPECIFIERS.get(letter);
  return known !== undefined && (table === "full" || known.table === "name");
}
