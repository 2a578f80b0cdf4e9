import { append } from "../text/append.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { MOST_CONFIGURATION_BYTES, MOST_CONFIGURATION_FILES, type ProgramFiles } from "./files.ts";
import { signOfPath } from "./pathSigns.ts";
import type { FileReading, ProgramSign, UnreadFile } from "./reading.ts";

/** What was read of the files that a program is told of. */
export interface ConfigurationReading {
  readonly files: readonly FileReading[];
  readonly unread: readonly UnreadFile[];
  /** Scripts among them and programs of the same package that they name, which are read as what starts them is. */
  readonly starts: readonly string[];
}

/** What a script begins with. */
const [HASH, BANG] = [0x23, 0x21];

/** Where configuration lies, and how its files end elsewhere; all else is data, or the program's own. */
const CONFIGURATION =
  /^\/(?:usr\/local\/)?etc\/.|^\/(?!proc\/|sys\/|dev\/).*\.(?:conf|config|cfg|cnf|ini|ya?ml|toml|json|properties|env)$/;

/** Databases of the whole machine, which are no configuration of one program. */
const OF_ALL =
  /^\/etc\/(?:passwd|group|shadow|gshadow|services|protocols|hosts|hostname|localtime|resolv\.conf|nsswitch\.conf|host\.conf|ld\.so\.[^/]*|machine-id|os-release|mime\.types|mtab|fstab|ssl|ca-certificates|pki|pam\.d|security|login\.defs|shells|alternatives|terminfo|timezone|networks|ethers|rpc|gai\.conf|nscd\.conf|init\.d|rc\d\.d|systemd|dbus-1|apparmor[^/]*|selinux|skel|profile(?:\.d)?|bash[^/]*|environment|default\/(?:locale|keyboard|useradd))(?:\/|$)/;

/**
 * Reads the configuration that a program is told of by options and variables, and that its own files name, as text in any
 * language: each path in it counts as if the program named it. Comments do not count, its own programs are told from those of
 * others, and configuration that it names is read, too.
 */
export function configurationOfProgram(
  { options, named }: { readonly options: readonly string[]; readonly named: readonly string[] },
  files: ProgramFiles,
  isOwn: (program: string) => boolean,
): ConfigurationReading {
  const read = new Map<string, FileReading>();
  const unread: UnreadFile[] = [];
  const starts: string[] = [];
  // An option may name a file anywhere; of folders only those of configuration are told from data.
  const isFile = (it: string): boolean => !OF_ALL.test(it) && !SECRET.test(it) && files.look(it)?.kind === "file";
  const waiting = [...options.filter((it) => isConfiguration(it) || isFile(it)), ...named.filter(isConfiguration)];
  const seen = new Set<string>();
  let bytes = 0;
  // It grows while it is read.
  for (const path of waiting) {
    if (seen.has(path)) continue;
    seen.add(path);
    const found = files.look(path);
    if (!found || found.kind === "other" || read.has(found.path)) continue;
    if (found.kind === "folder") {
      append(
        waiting,
        files.list(found.path).map((it) => `${found.path}/${it}`),
      );
      continue;
    }
    bytes += found.bytes;
    if (
      read.size >= MOST_CONFIGURATION_FILES ||
      found.bytes > MOST_CONFIGURATION_BYTES ||
      bytes > 8 * MOST_CONFIGURATION_BYTES
    ) {
      unread.push({ path, why: "is more than is read of a configuration" });
      if (unread.length > 3) break;
      continue;
    }
    const content = files.read(found.path);
    if (!content) {
      unread.push({ path, why: "cannot be read" });
      continue;
    }
    if (content.includes(0)) continue;
    if (content[0] === HASH && content[1] === BANG) {
      starts.push(found.path);
      continue;
    }
    const reading = readText(found.path, decodeUtf8(content), isOwn);
    append(
      starts,
      reading.paths.filter((it) => PROGRAM.test(it) && isOwn(it)),
    );
    read.set(found.path, reading);
    append(waiting, reading.paths.filter(isConfiguration));
  }
  return { files: [...read.values()], unread, starts };
}

/** Keys and certificates, which nobody need open to know what a program does. */
const SECRET = /(?:_key|\.(?:key|pem|crt|cer|pub|p12|pfx|der|csr|jks|kdbx|gpg|asc))$|\/moduli$/;

const isConfiguration = (path: string): boolean => CONFIGURATION.test(path) && !OF_ALL.test(path) && !SECRET.test(path);

const COMMENT = /^\s*(?:#|;|\/\/|--|!)/;
const PATH = /(?:^|[\s"'=:,;({[<|`])(\/[\w.+@%$*{}~-][\w.+@%$*{}~/-]*)/g;

/** Programs lie in these folders. */
const PROGRAM = /^\/(?:usr\/(?:local\/)?)?(?:s?bin|libexec)\/./;

function readText(path: string, text: string, isOwn: (program: string) => boolean): FileReading {
  const signs: ProgramSign[] = [];
  const paths = new Set<string>();
  for (const [i, line] of text.split("\n").entries()) {
    if (!line.includes("/") || COMMENT.test(line)) continue;
    for (const [, named = ""] of line.matchAll(PATH)) {
      if (paths.has(named)) continue;
      paths.add(named);
      const sign = PROGRAM.test(named) ? (isOwn(named) ? undefined : "exec") : signOfPath(named);
      if (sign) signs.push({ sign, form: sign === "exec" ? "command" : "text", what: named, line: i + 1 });
    }
  }
  return { path, form: "configuration", own: true, signs, paths: [...paths], hides: [] };
}
