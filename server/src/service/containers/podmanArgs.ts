/** An option of `podman run` as its words say it; offsets count words. */
export interface ParsedOption {
  /** The long name without dashes, such as `cap-add`. */
  readonly option: string;
  /** `true` of a switch that is given alone. */
  readonly value: string;
  readonly firstWord: number;
  readonly lastWord: number;
}

/** The options of `podman run` that need no value; all others take the next word where no `=` follows. */
const SWITCHES: ReadonlySet<string> = new Set([
  "detach",
  "disable-content-trust",
  "env-host",
  "help",
  "http-proxy",
  "init",
  "interactive",
  "no-healthcheck",
  "no-hostname",
  "no-hosts",
  "oom-kill-disable",
  "passwd",
  "privileged",
  "publish-all",
  "quiet",
  "read-only",
  "read-only-tmpfs",
  "replace",
  "rm",
  "rmi",
  "rootfs",
  "sig-proxy",
  "tls-verify",
  "tty",
]);

/** The long names of the short options. */
const SHORT: Readonly<Record<string, string>> = {
  a: "attach",
  c: "cpu-shares",
  d: "detach",
  e: "env",
  h: "hostname",
  i: "interactive",
  l: "label",
  m: "memory",
  p: "publish",
  P: "publish-all",
  q: "quiet",
  t: "tty",
  u: "user",
  v: "volume",
  w: "workdir",
};

/** Other names of the same option. */
const ALIASES: Readonly<Record<string, string>> = { net: "network" };

/** The options in the words of PodmanArgs=; words that belong to none are left out, as podman takes them for the image. */
export function parsePodmanArgs(words: readonly string[]): readonly ParsedOption[] {
  const found: ParsedOption[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const first = at;
    const long = /^--([a-z][\w-]*)(?:=(.*))?$/s.exec(word);
    if (long) {
      const [, name = "", given] = long;
      const option = ALIASES[name] ?? name;
      const needsNext = given === undefined && !SWITCHES.has(option);
      if (needsNext) at++;
      found.push({ option, value: given ?? (needsNext ? (words[at] ?? "") : "true"), firstWord: first, lastWord: at });
    } else if (/^-[A-Za-z]/.test(word)) {
      at = readShort(words, at, found);
    }
  }
  return found;
}

/** Reads `-it`, `-v/a:/b` and `-v /a:/b`; returns the place of the last word that belongs to it. */
function readShort(words: readonly string[], at: number, found: ParsedOption[]): number {
  const letters = (words[at] ?? "").slice(1);
  for (let i = 0; i < letters.length; i++) {
    const option = SHORT[letters.charAt(i)];
    if (option === undefined) return at;
    if (SWITCHES.has(option)) {
      found.push({ option, value: "true", firstWord: at, lastWord: at });
      continue;
    }
    const glued = letters.slice(i + 1).replace(/^=/, "");
    const last = glued === "" ? at + 1 : at;
    found.push({ option, value: glued === "" ? (words[last] ?? "") : glued, firstWord: at, lastWord: last });
    return last;
  }
  return at;
}
