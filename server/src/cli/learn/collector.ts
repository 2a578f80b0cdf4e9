import { joinLogs, mergeNeeds } from "../../learn/merge.ts";
import type { Needs } from "../../learn/needs.ts";
import { processUsers } from "../../learn/process/processUsers.ts";
import { type NeedsReader, needsReader } from "../../learn/reader.ts";
import { logContext } from "../../learn/runContext.ts";
import { messageOf } from "../attempts.ts";
import type { TakeBack } from "../errand.ts";
import type { Machine } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { runPutBack } from "../temporaryDropIn.ts";
import { COLLECTOR, lockUnit } from "../unitLock.ts";
import { collectorOf, type DaysState, readCollected, readState, writeState } from "./daysState.ts";
import { hostOf } from "./derive.ts";
import { type Follower, follower } from "./follower.ts";
import { LogTrouble } from "./logFolder.ts";
import { serviceName, unitOf } from "./service.ts";

/** So often the logs are read, in seconds. */
const POLL = 5;

/** So often what was read is written down and freed, in seconds. */
const MINUTE = 60;

/** Logs that cannot be freed end the observation at this size. */
const MOST_BYTES = 2 ** 30;

/** What is left of a block is not freed. */
const BLOCK = 4096;

/** Collects what the logs of a service show, writes it down each minute and frees what it read. */
export interface Collector {
  readonly poll: () => Promise<void>;
  readonly save: () => Promise<void>;
  readonly follower: Follower;
  readonly needs: () => Needs;
}

/** Makes the collector of an observation; one that was killed is continued where it wrote down last. */
export async function collector(machine: Machine, state: DaysState): Promise<Collector> {
  const before = await readCollected(machine, state.unit);
  const unit = unitOf(state.unit, state.text, state.systemd);
  const readers = new Map<string, NeedsReader>();
  const processes = processUsers();
  const logs = follower(machine, state.logs, {
    statuses: before.statuses,
    offsets: state.read,
    take(log, lines) {
      const reader =
        readers.get(log) ?? needsReader({ processes, ...logContext(log, unit, host), status: logs.statuses });
      readers.set(log, reader);
      reader.add(Buffer.from(lines, "latin1"));
    },
  });
  const host = await hostOf(machine, unit, logs);
  let kept = state;
  const needs = (): Needs => {
    const now = joinLogs([...readers.values()].map((it) => it.needs()));
    return before.needs ? mergeNeeds(before.needs, now) : now;
  };
  return {
    follower: logs,
    needs,
    poll: () => logs.poll(),
    async save() {
      const news = logs.news.take();
      const lastNew = news === undefined ? kept.lastNew : machine.now();
      kept = { ...kept, saved: machine.now(), read: logs.readOf(), news, lastNew };
      await writeState(machine, kept, { needs: needs(), statuses: logs.statuses });
      const problem = await free(machine, kept);
      if (problem !== kept.problem) {
        kept = { ...kept, problem };
        await writeState(machine, kept, { needs: undefined, statuses: logs.statuses });
      }
    },
  };
}

/** Gives back the blocks of what is written down; strace goes on at the end of the same file. */
async function free(machine: Machine, { logs, read }: DaysState): Promise<string | undefined> {
  try {
    for (const { name, path, identity } of logs) {
      const length = Math.floor((read[name] ?? 0) / BLOCK) * BLOCK;
      if (length > 0) await machine.free(path, length, identity);
    }
    return undefined;
  } catch (error) {
    return `the logs cannot be made smaller: ${messageOf(error)}`;
  }
}

/** The errand of the transient unit: it ends when it is stopped, and writes down what it read then. */
export async function collect(machine: Machine, takeBack: TakeBack, written: string): Promise<Ending> {
  const unit = serviceName(written);
  const state = await readState(machine, unit);
  if (!state) throw new Error(`${unit} is not under observation`);
  if (state.trouble !== undefined) return ending("", [state.trouble], false);
  const collecting = await collector(machine, state);
  const save = takeBack("", () => collecting.save());
  const giveUp = async (trouble: string): Promise<Ending> => {
    await save();
    // Who ends the observation at this moment puts the unit back itself.
    await lockUnit(machine, takeBack, unit, COLLECTOR);
    await runPutBack(machine, unit);
    await writeState(
      machine,
      { ...((await readState(machine, unit)) ?? state), trouble },
      await readCollected(machine, unit),
    );
    await machine.run(["systemctl", "stop", "--no-block", collectorOf(unit)]);
    return ending("", [trouble], false);
  };
  let saved = machine.now();
  for (;;) {
    try {
      await collecting.poll();
    } catch (error) {
      if (!(error instanceof LogTrouble)) throw error;
      return giveUp(error.message);
    }
    if (machine.now() - saved >= MINUTE) {
      saved = machine.now();
      await collecting.save();
      const after = await readState(machine, unit);
      if (after?.problem !== undefined && collecting.follower.size() > MOST_BYTES) {
        return giveUp(after.problem);
      }
    }
    await machine.sleep(POLL);
  }
}
