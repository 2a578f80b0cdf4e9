import { messageWithPath } from "./attempts.ts";
import type { Machine } from "./machine.ts";
import { type Ending, ending } from "./outcome.ts";

/**
 * Work of a command on the machine that it runs on. What it changes for a while it says how to take back, before it changes it:
 * that is done however it ends, by itself, by an error or by a signal.
 */
export interface Errand {
  /** The machine that it is for, as ssh names it; without it this one. */
  readonly host?: string;
  readonly act: (machine: Machine, takeBack: TakeBack) => Promise<Ending>;
}

/**
 * Says how to take back what is about to be changed. What this gives does so now, if that was not done yet; what is left is done
 * at the end, the latest first. It works on a machine that no signal stops, must also do where only a part was changed, and says
 * in `what` what a reader has to do by hand where it fails; nothing where nothing of the machine was changed.
 */
export type TakeBack = (what: string, act: (machine: Machine) => Promise<void>) => () => Promise<void>;

/** Whether a command is an errand, which is yet to be done. */
export const isErrand = (it: object): it is Errand => "act" in it;

/** Asks whether a service may be restarted, or what else is asked, where `--yes` did not say so before; throws where it may not. */
export async function askToRestart(
  machine: Machine,
  unit: string,
  yes: boolean,
  question = `Restart ${unit} for this?`,
): Promise<void> {
  if (yes) return;
  const answer = await machine.ask(question);
  if (answer === undefined) throw new Error("there is no terminal to ask on: --yes does it without a question");
  if (!answer) throw new Error("nothing is changed");
}

/** The end of an errand of which only the plan is wanted, a sentence each. */
export const planOnly = (plan: readonly string[]): Ending =>
  ending([...plan, "nothing was changed"].map((it) => `${it}\n`).join(""), [], false);

/** Why an errand that was told to stop goes no further. */
class Stopped extends Error {}

/**
 * Does an errand on a machine until `stop` says no further; never throws. What it changed is taken back on the same machine, or on
 * what `reachAgain` gives, where that one may be out of reach by then.
 */
export async function carryOutErrand(
  errand: Errand,
  machine: Machine,
  stop: AbortSignal,
  reachAgain: () => Promise<Machine> = async () => machine,
): Promise<Ending> {
  const open: { readonly what: string; readonly once: () => Promise<void> }[] = [];
  const failures: string[] = [];
  const takeBack: TakeBack = (what, act) => {
    const once = async (): Promise<void> => {
      const at = open.findIndex((it) => it.once === once);
      if (at < 0) return;
      open.splice(at, 1);
      const taken = (async () => act(what === "" ? machine : await reachAgain()))();
      await taken.catch((error: unknown) => failures.push(`${messageWithPath(error)}: ${what}`));
    };
    open.push({ what, once });
    return once;
  };
  const ended = await errand.act(stoppable(machine, stop), takeBack).catch((error: unknown) => {
    // Why is printed at the end, once.
    if (open.some((it) => it.what !== "")) machine.say("putting everything back as it was");
    return ending("", [messageWithPath(error)], false);
  });
  for (let last = open.at(-1); last; last = open.at(-1)) await last.once();
  return failures.length === 0 ? ended : { ...ended, messages: [...ended.messages, ...failures], status: 2 };
}

/** The same machine, on which nothing more is done once `stop` says so; what was begun is ended first, so that nothing overtakes. */
function stoppable(machine: Machine, stop: AbortSignal): Machine {
  const check = (): void => {
    if (stop.aborted) throw new Stopped(messageWithPath(stop.reason));
  };
  const guarded =
    <A extends readonly unknown[], T>(act: (...of: A) => Promise<T>) =>
    async (...of: A): Promise<T> => {
      check();
      const done = await act(...of);
      check();
      return done;
    };
  return {
    ...machine,
    run: guarded((argv, options) => machine.run(argv, { ...options, stop })),
    read: guarded(machine.read),
    stat: guarded(machine.stat),
    realPath: guarded(machine.realPath),
    look: guarded(machine.look),
    list: guarded(machine.list),
    write: guarded(machine.write),
    writeHere: guarded(machine.writeHere),
    makeFolder: guarded(machine.makeFolder),
    tryWrite: guarded(machine.tryWrite),
    tryWriteHere: guarded(machine.tryWriteHere),
    room: guarded(machine.room),
    free: guarded(machine.free),
    lock: guarded(machine.lock),
    remove: guarded(machine.remove),
    sleep: guarded((seconds) => machine.sleep(seconds, stop)),
    ask: guarded((question) => machine.ask(question, stop)),
    enter: guarded(() => machine.enter(stop)),
  };
}
