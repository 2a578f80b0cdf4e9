import { basename } from "node:path";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { bytesOf } from "./bytes.ts";
import type { HostileUnit } from "./mutate.ts";
import { MACHINE_VERSION, verify } from "./systemd.ts";

/** What the machine's own systemd says of a unit with its drop-ins. */
export interface MachineVerdict {
  readonly refused: boolean;
  /** Without the numbers of lines, sorted. */
  readonly messages: readonly string[];
}

/** How many characters of a message are compared. */
const LONGEST_MESSAGE = 1000;

/**
 * Asks `systemd-analyze verify`; undefined where there is none of this version, of drop-ins and user units, and of what it
 * does not judge alone.
 */
export function machineVerdict({ path, text, dropIns }: HostileUnit, version: number): MachineVerdict | undefined {
  const unit = unitPath(path);
  if (version !== MACHINE_VERSION || unit?.role !== "unit" || unit.scope !== "system") return undefined;
  if (ISOLATED.test(text)) return undefined;
  const name = basename(path);
  const files = dropIns.map((it, i) => [`${name}.d/${String(i).padStart(3, "0")}.conf`, bytesOf(it)] as const);
  const said = verify(name, { ...Object.fromEntries(files), [name]: bytesOf(text) }, { LC_ALL: "C.UTF-8" });
  return {
    refused: said.some((it) => REFUSED.test(it)),
    // systemd cuts long messages, and the number of the line counts for their length.
    messages: said.map((it) => it.replace(/:\d+: /, ": ").slice(0, LONGEST_MESSAGE)).sort(),
  };
}

/** Without other units around it `systemd-analyze verify` does not count those of OnFailure=, of which only one can be isolated. */
const ISOLATED = /^[ \t]*OnFailureJobMode[ \t]*=[ \t]*isolate/m;

const REFUSED = /has a bad unit file setting|failed to load properly|^Failed to prepare filename|^Unit \S+ not found/;
