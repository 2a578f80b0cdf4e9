import { COMMAND_SETTINGS } from "../service/program.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import { linesInForce, type Unit } from "../units/unit.ts";
import { commandLineOf } from "../units/unitCommands.ts";
import type { Host } from "./host.ts";

/**
 * The unit with what runs the scripts among its programs, as far as its file lies in the load path of a system: that of this
 * machine, or of a tree with the files of one. What leads out of the tree is not looked at.
 */
export function withInterpreters(host: Host, path: string, unit: Unit): Unit {
  const place = filePlaceOf(host.absolute(path));
  if (unit.path.kind !== "service" || !place || place.root === place.folder) return unit;
  const programs = COMMAND_SETTINGS.flatMap((it) =>
    linesInForce(unit, "Service", it).flatMap((line) =>
      commandLineOf(line).commands.map((command) => command.path.value),
    ),
  );
  const found = [...new Set(programs)].slice(0, MOST).flatMap((program): [string, string][] => {
    const interpreter = program.startsWith("/") ? interpreterOf(host, place.root, program) : undefined;
    return interpreter === undefined ? [] : [[program, interpreter]];
  });
  return found.length > 0 ? { ...unit, interpreters: new Map(found) } : unit;
}

/** More programs of a unit are not looked at. */
const MOST = 20;
/** As long as the kernel reads the line of a script. */
const LONGEST = 256;

/** What the first line of a script names, without env(1); undefined for what is none or cannot be read. */
function interpreterOf(host: Host, root: string, program: string): string | undefined {
  try {
    const file = host.realPath(root + program);
    if (host.kind(file) !== "file" || !file.startsWith(`${root}/`)) return undefined;
    const text = decodeUtf8(host.start(file, LONGEST));
    return /^#![ \t]*(\S[^\r\n]*)/.exec(text)?.[1]?.trimEnd();
  } catch {
    return undefined;
  }
}
