import { UNIT_KINDS } from "../facts/unitKinds.ts";
import type { JournalLine } from "./logLines.ts";

/** What the service manager says of a unit in a line of a log. */
export interface UnitEvent {
  readonly kind:
    | "starting"
    | "started"
    | "finished"
    | "scheduled"
    | "refused"
    | "failing"
    | "failed"
    | "skipped"
    | "succeeded"
    | "stopped"
    | "other";
  /** The name of the unit; undefined where the line has only its description, as systemd before 250 writes it. */
  readonly unit: string | undefined;
  readonly description: string | undefined;
}

const KINDS = UNIT_KINDS.join("|");
const VERB =
  /^(Starting|Started|Finished|Stopping|Stopped|Failed to start|Dependency failed for|Assertion failed for) (.+?)\.{0,3}$/;
const NAME_FIRST = new RegExp(`^([^\\s:]+\\.(?:${KINDS}))(?: - .*)?$`);
const NAMED = new RegExp(`^([^\\s:]+\\.(?:${KINDS})): (.*)$`);
const SKIPPED = new RegExp(`^([^\\s:]+\\.(?:${KINDS}))(?: - .*)? (?:was )?skipped(?:,| because)`);

/** Where a unit is left out to break a cycle (transaction_verify_order_one(), systemd 257). */
const LEFT_OUT = new RegExp(`^Job ([^\\s:]+\\.(?:${KINDS}))/start deleted to break ordering cycle`);

const BY_VERB: Readonly<Record<string, UnitEvent["kind"]>> = {
  Starting: "starting",
  Started: "started",
  Finished: "finished",
  Stopping: "other",
  Stopped: "stopped",
};

/** What the manager says of a unit; undefined for all other lines. */
export function unitEvent({ text, speaker, pid }: JournalLine): UnitEvent | undefined {
  const [, name, message = ""] = NAMED.exec(text) ?? [];
  const leftOut = LEFT_OUT.exec(message)?.[1];
  if (leftOut !== undefined) return { kind: "skipped", unit: leftOut, description: undefined };
  if (name !== undefined) return { kind: kindOf(message), unit: name, description: undefined };
  const skipped = SKIPPED.exec(text)?.[1];
  if (skipped !== undefined) return { kind: "skipped", unit: skipped, description: undefined };
  const isManager = speaker === "systemd" || pid === "1";
  if (speaker !== undefined && !isManager) return undefined;
  const [, verb = "", what = ""] = VERB.exec(text) ?? [];
  if (verb === "") return undefined;
  const unit = NAME_FIRST.exec(what)?.[1];
  // Without a speaker it may be a word of the program.
  if (unit === undefined && !isManager) return undefined;
  return { kind: BY_VERB[verb] ?? "failed", unit, description: unit === undefined ? what : undefined };
}

const FAILING =
  /code=(?:exited, status=(?!0\/)|killed|dumped)|Failed at step|timed out|Watchdog timeout|failed with result/;

/** What a line says that begins with the name of the unit. */
function kindOf(message: string): UnitEvent["kind"] {
  if (message.startsWith("Scheduled restart job")) return "scheduled";
  if (message.startsWith("Start request repeated too quickly")) return "refused";
  if (message.startsWith("Failed with result")) return "failed";
  if (/^(?:Deactivated successfully|Succeeded)\.$/.test(message)) return "succeeded";
  return FAILING.test(message) ? "failing" : "other";
}

/** Whether a line says that the machine was started again. */
export const isBoot = (line: string): boolean => /^-- (?:Boot [0-9a-f]{32}|Reboot) --$/.test(line);
