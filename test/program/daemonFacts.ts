import type { ConfigurationFact } from "../../server/src/program/daemons/fact.ts";
import { readDaemons } from "../../server/src/program/daemons/readDaemons.ts";
import { memoryFiles } from "./kit.ts";

/** What the configuration of a command says on a machine with some files, a line each. */
export function daemonFacts(
  command: string,
  files: Parameters<typeof memoryFiles>[0],
  environment: Readonly<Record<string, string>> = {},
  links: Readonly<Record<string, string>> = {},
): readonly string[] {
  const [path = "", ...args] = command.split(" ");
  return readDaemons([{ path, args, environment, folder: "/srv/app" }], memoryFiles(files, links)).facts.map(factText);
}

/** `port 80/tcp @default:1`: what it is, its value, and where it stands. */
function factText({ kind, value, port, isWritten, isFolder, key, path, line }: ConfigurationFact): string {
  const range = port && `${port.from}${port.to > port.from ? `-${port.to}` : ""}/${port.protocol}`;
  const written = kind === "share" && isWritten ? " written" : "";
  const folder = isFolder && (kind === "log" || kind === "data" || kind === "socket") ? "/" : "";
  const at = line === undefined && key !== "" ? key : path.slice(path.lastIndexOf("/") + 1);
  return `${kind} ${range ?? value}${folder}${written} @${at}${line === undefined ? "" : `:${line}`}`;
}
