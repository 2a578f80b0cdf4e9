import { decodeUtf8 } from "../../text/utf8.ts";
import type { ProgramCommand } from "../command.ts";
import type { ProgramFiles } from "../files.ts";
import type { Daemon } from "./daemon.ts";
import { filesNamed } from "./glob.ts";

/** The first files of a daemon's configuration, and whether a file was named that is not there. */
export function firstFiles(daemon: Daemon, command: ProgramCommand, files: ProgramFiles): readonly string[] {
  const named = filesTold(daemon, command);
  const usual = daemon.files.split(" ").flatMap((it) => withVariables(it, command) ?? []);
  const first = named.length > 0 ? named : usual.filter((it) => files.look(it)?.kind === "file").slice(0, 1);
  const also = daemon.also?.split(" ").flatMap((it) => filesNamed(it, files)) ?? [];
  return [...first, ...also].flatMap((it) => inFolder(it, files));
}

/** A folder stands for all files in it, as `-f` of HAProxy reads them. */
const inFolder = (path: string, files: ProgramFiles): readonly string[] => {
  const found = files.look(path);
  if (found?.kind === "folder") return filesNamed(`${path}/*.cfg`, files);
  return found?.kind === "file" ? [path] : [];
};

/** The files that the words of a command name. */
function filesTold(
  { options = "", isFirstWord, isLastWord }: Daemon,
  { args, folder }: ProgramCommand,
): readonly string[] {
  const names = options.split(" ").filter(Boolean);
  const found = names.flatMap((option) => {
    const [name = "", ...below] = option.split("/");
    const rest = below.length > 0 ? `/${below.join("/")}` : "";
    return args.flatMap((word, i) => {
      const value = word === name ? args[i + 1] : valueBehind(word, name);
      return value === undefined ? [] : `${value}${rest}`;
    });
  });
  const word = isFirstWord ? args.find((it) => /^[^-]/.test(it)) : isLastWord && args.at(-1);
  const isFile = word && (isFirstWord || word.startsWith("/"));
  const all = found.length > 0 || !isFile ? found : [word];
  return all.flatMap((it) => (it.startsWith("/") ? it : folder === undefined ? [] : `${folder}/${it}`));
}

/** What stands in the same word as an option: `--config=FILE`, `-cFILE`. */
function valueBehind(word: string, option: string): string | undefined {
  if (!word.startsWith(option) || word === option) return undefined;
  const rest = word.slice(option.length);
  if (rest.startsWith("=")) return rest.slice(1);
  return option.length === 2 && /^[/.]/.test(rest) ? rest : undefined;
}

/** A path with the variables of a command; undefined where one is not set. */
function withVariables(path: string, { path: program, args, environment, folder }: ProgramCommand): string | undefined {
  const [, version, name] =
    /^(\d[\d.]*)[- ]([\w.]+)(?: |$)/.exec(args.filter((it) => !it.startsWith("-")).join(" ")) ?? [];
  const known = new Map<string, string | undefined>([
    ...Object.entries(environment),
    ["VERSION", /(?<![\d.])(\d[\d.]*)$/.exec(program)?.[1]],
    ["PWD", folder],
    ["CLUSTER", name === undefined ? undefined : `${version}/${name}`],
  ]);
  let isKnown = path !== "";
  const found = path.replace(/\$(\w+)/g, (_, it: string) => {
    const value = known.get(it);
    isKnown &&= value !== undefined;
    return value ?? "";
  });
  return isKnown ? found : undefined;
}

/** The variables that a file of a shell sets by lines of their own; those of one that is known already may stand in them. */
export function shellVariables(path: string, files: ProgramFiles): Readonly<Record<string, string>> {
  const bytes = files.read(path, 0, 100_000);
  const known = new Map<string, string>();
  for (const line of bytes ? decodeUtf8(bytes).split("\n") : []) {
    const [, name, value = ""] =
      /^[ \t]{0,9}(?:export[ \t])?([A-Za-z_]\w{0,99})=([^\s`(]{0,999})$/.exec(line.trimEnd()) ?? [];
    if (name === undefined) continue;
    known.set(
      name,
      value.replace(/["']/g, "").replace(/\$\{?(\w+)\}?/g, (_, it: string) => known.get(it) ?? ""),
    );
  }
  return Object.fromEntries(known);
}
