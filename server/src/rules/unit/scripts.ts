import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import type { ProgramFiles } from "../../program/files.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { COMMAND_SETTINGS } from "../../service/program.ts";
import { hasForeignPrograms, isWrittenOut } from "../../service/programCommands.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { commandLineOf } from "../../units/unitCommands.ts";

/** Seen with 257: 203/EXEC, "Permission denied" and "No such file or directory". */
const unusableProgram: Rule = {
  code: "unit/unusable-program",
  needs: COMMAND_SETTINGS,
  *check(unit) {
    const files = unit.defaults?.files;
    if (!files || unit.path.kind !== "service" || unit.path.role !== "unit" || hasForeignPrograms(unit)) return;
    for (const name of COMMAND_SETTINGS) {
      for (const node of ownLines(unit, name).slice(0, MAX_LINES)) {
        for (const { path, prefixes } of commandLineOf(node.line).commands) {
          const why = isWrittenOut(path.value) ? unusable(files, path.value) : undefined;
          if (why === undefined) continue;
          yield {
            ...node.valueSpan,
            severity: prefixes.includes("-") ? "warning" : "error",
            message: `${name}= cannot execute ${path.value}: ${why}, and the start fails with 203/EXEC`,
            directive: name,
          };
        }
      }
    }
  },
};

/** Of services with more of them nobody reads all findings. */
const MAX_LINES = 20;
/** As long as the kernel reads the first line of a script. */
const FIRST_LINE = 256;

function unusable(files: ProgramFiles, path: string): string | undefined {
  const file = files.look(path);
  if (file?.kind !== "file") return undefined;
  if ((file.mode & 0o111) === 0) return `it is not executable (chmod +x)`;
  const start = decodeUtf8(files.read(path, 0, FIRST_LINE) ?? new Uint8Array());
  return /^#![^\n]{0,250}\r\n/.test(start) ? "its first line ends in CRLF, a carriage return (dos2unix)" : undefined;
}

/** What the files of the machine show about the programs of a service. */
export const SCRIPT_RULES: readonly Rule[] = alsoInDropIns([unusableProgram]);
