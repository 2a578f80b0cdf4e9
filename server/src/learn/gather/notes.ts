import type { AddressNeed, PathUse } from "../needs.ts";
import { type FoldingTree, foldingTree } from "../paths/foldingTree.ts";
import { type SeenAddresses, seenAddresses } from "./seenAddresses.ts";
import { SEEN_PATHS, type SeenPath } from "./seenPaths.ts";
import { type Moment, newTally, type Tally, tallyAgain } from "./tally.ts";

/** Everything that was noted of a log, before it is given out as `Needs`. */
export interface Noted {
  readonly paths: FoldingTree<SeenPath>;
  readonly calls: Map<string, { readonly failed: Map<string, Tally>; succeeded: Tally | undefined }>;
  readonly capabilities: Map<string, { readonly tally: Tally; readonly reason: string }>;
  readonly families: Map<string, Tally>;
  readonly addresses: SeenAddresses;
  readonly programs: Map<string, { readonly tally: Tally; privileged: boolean }>;
  readonly users: Map<string, Tally>;
  readonly groups: Map<string, Tally>;
  readonly marks: Map<string, Tally>;
}

/** Writes down what the call of the moment shows. */
export interface Notebook {
  readonly noted: Noted;
  readonly moment: Moment;
  readonly use: (path: string, use: PathUse, name?: string) => void;
  readonly fail: (path: string, error: string) => void;
  readonly make: (path: string, mode: number) => void;
  readonly call: (name: string, error: string | undefined) => void;
  readonly capability: (name: string, reason: string) => void;
  readonly count: (kind: "families" | "users" | "groups" | "marks", name: string) => void;
  readonly address: (address: Omit<AddressNeed, "sight">) => void;
  readonly program: (path: string, privileged: boolean) => void;
  /** Takes the tallies out that were counted since the last time. */
  readonly touched: () => readonly Tally[];
}

/** How many different things of a kind are told apart; more are left out, as only a broken log has them. */
const MOST_CALLS = 1024;
const MOST_ERRORS = 64;
const MOST_OTHERS = 4096;
const MOST_NAMES = 8;

export function notebook(onFold: () => void): Notebook {
  const moment: Moment = { time: 0, line: 0, text: "" };
  const noted: Noted = {
    paths: foldingTree(SEEN_PATHS, onFold),
    calls: new Map(),
    capabilities: new Map(),
    families: new Map(),
    addresses: seenAddresses(),
    programs: new Map(),
    users: new Map(),
    groups: new Map(),
    marks: new Map(),
  };
  let touched: Tally[] = [];

  const counted = (tally: Tally | undefined): Tally => {
    if (tally !== undefined) tallyAgain(tally, moment.time);
    const now = tally ?? newTally(moment);
    touched.push(now);
    return now;
  };
  const inMap = <K>(map: Map<K, Tally>, key: K, most: number): void => {
    const known = map.get(key);
    if (known !== undefined) counted(known);
    else if (map.size < most) map.set(key, counted(undefined));
  };
  return {
    noted,
    moment,
    use: (path, use, name) => {
      const seen = noted.paths.at(path);
      inMap(seen.used, use, MOST_OTHERS);
      if (name !== undefined && name !== path && seen.names.size < MOST_NAMES) seen.names.add(` ${name}`.slice(1));
    },
    fail: (path, error) => inMap(noted.paths.at(path).failed, error, MOST_ERRORS),
    make: (path, mode) => inMap(noted.paths.at(path).made, mode, MOST_ERRORS),
    call: (name, error) => {
      let call = noted.calls.get(name);
      if (call === undefined) {
        if (noted.calls.size >= MOST_CALLS) return;
        call = { failed: new Map(), succeeded: undefined };
        noted.calls.set(` ${name}`.slice(1), call);
      }
      if (error === undefined) call.succeeded = counted(call.succeeded);
      else inMap(call.failed, error, MOST_ERRORS);
    },
    capability: (name, reason) => {
      const known = noted.capabilities.get(name);
      if (known === undefined) noted.capabilities.set(name, { tally: counted(undefined), reason });
      else counted(known.tally);
    },
    count: (kind, name) => inMap(noted[kind], name, MOST_OTHERS),
    address: (address) => noted.addresses.count(address, counted),
    program: (path, privileged) => {
      const known = noted.programs.get(path);
      if (known !== undefined) {
        counted(known.tally);
        known.privileged ||= privileged;
      } else if (noted.programs.size < MOST_OTHERS) noted.programs.set(path, { tally: counted(undefined), privileged });
    },
    touched: () => {
      const before = touched;
      touched = [];
      return before;
    },
  };
}
