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
export const parsePodmanArgs = (words: readonly string[]): readonly ParsedOption[] => optionsIn(words, false).options;

/** A command of docker or podman that runs a container. */
export interface ContainerRun {
  readonly options: readonly ParsedOption[];
  readonly image: string;
}

/** How a container is run by the words of docker, podman or nerdctl; undefined for other commands. */
export function containerRun(words: readonly string[]): ContainerRun | undefined {
  const [program = "", ...args] = words;
  if (!/(?:^|\/)(?:docker|podman|nerdctl)$/.test(program)) return undefined;
  const verb = args.indexOf("run");
  if (verb < 0 || args.slice(0, verb).some((it) => !/^(?:-.*|container)$/.test(it))) return undefined;
  const rest = args.slice(verb + 1);
  const { options, end } = optionsIn(rest, true);
  return { options, image: rest[end] ?? "" };
}

/** The words that let docker, podman or their compose end while the containers run on. */
export function detachedBy(words: readonly string[]): string | undefined {
  const run = containerRun(words);
  const detach = run?.options.find((it) => it.option === "detach" && it.value === "true");
  if (detach) return "-d";
  const [program = "", first] = words;
  const isCompose =
    /(?:^|\/)(?:docker|podman)-compose$/.test(program) ||
    (/(?:^|\/)(?:docker|podman|nerdctl)$/.test(program) && first === "compose");
  const up = isCompose ? words.indexOf("up") : -1;
  return up < 0
    ? undefined
    : words.slice(up + 1).find((it) => it === "--detach" || /^-[a-z]{0,3}d[a-z]{0,3}$/.test(it));
}

function optionsIn(
  words: readonly string[],
  untilImage: boolean,
): { readonly options: readonly ParsedOption[]; readonly end: number } {
  const found: ParsedOption[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    const first = at;
    if (untilImage && !word.startsWith("-")) break;
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
  return { options: found, end: at };
}

/** Reads `-it`, `-v/a:/b` and `-v /a:/b`; returns the place of the last word that belongs to it. */
function readShort(words: readonly string[], at: number, found: ParsedOption[]): number {
  const letters = (words[at] ?? "").slice(1);
  for (let i = 0; i < letters.length; i++) {
    const option = SHORT[letters.charAt(i)];
    if (option === undefined) return at;
    if (SWITCHES.has(option)) {
      const given = /^=(.*)/s.exec(letters.slice(i + 1))?.[1];
      found.push({ option, value: given ?? "true", firstWord: at, lastWord: at });
      if (given !== undefined) return at;
      continue;
    }
    const glued = letters.slice(i + 1).replace(/^=/, "");
    const last = glued === "" ? at + 1 : at;
    found.push({ option, value: glued === "" ? (words[last] ?? "") : glued, firstWord: at, lastWord: last });
    return last;
  }
  return at;
}
