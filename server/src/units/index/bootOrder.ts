import { SPECIAL_UNITS } from "../../facts/specialUnits.ts";
import { lazy } from "../../text/tables.ts";
import { memoBy } from "../memo.ts";
import type { FilePlace } from "./filePlace.ts";
import type { Neighbour, Order } from "./order.ts";

interface Written {
  readonly requires?: readonly string[];
  readonly wants?: readonly string[];
  /** What of these it also waits for, and what more. */
  readonly after?: readonly string[];
  readonly early?: true;
}

const SYSTEM: Readonly<Record<string, Written>> = {
  "local-fs.target": { after: ["local-fs-pre.target"], early: true },
  "remote-fs.target": { after: ["remote-fs-pre.target"], early: true },
  "sysinit.target": { wants: ["local-fs.target", "swap.target"], after: ["local-fs.target", "swap.target"] },
  "timers.target": { early: true },
  "basic.target": {
    requires: ["sysinit.target"],
    wants: ["sockets.target", "timers.target", "paths.target", "slices.target"],
    after: ["sysinit.target", "sockets.target", "paths.target", "slices.target"],
  },
  "multi-user.target": { requires: ["basic.target"], after: ["basic.target"] },
  "graphical.target": { requires: ["multi-user.target"], after: ["multi-user.target"] },
  "network.target": { after: ["network-pre.target"] },
  "network-online.target": { after: ["network.target"] },
};

const USER: Readonly<Record<string, Written>> = {
  "basic.target": {
    wants: ["sockets.target", "timers.target", "paths.target"],
    after: ["sockets.target", "timers.target", "paths.target"],
  },
  "default.target": { requires: ["basic.target"], after: ["basic.target"] },
};

/**
 * The order of the targets that systemd brings along, as its own files have it from 257 to 262, for trees without these
 * files; undefined for a unit that is not one of them.
 */
export function bootOrder(name: string, scope: FilePlace["scope"]): Order | undefined {
  return ordersIn(scope).get(name);
}

function ordersOf(scope: FilePlace["scope"], written: Readonly<Record<string, Written>>): ReadonlyMap<string, Order> {
  const names = SPECIAL_UNITS[scope].map((it) => it.name).filter((it) => it.endsWith(".target") && !it.includes("@"));
  return new Map(
    names.map((name) => {
      const { requires = [], wants = [], after = [], early = false } = written[name] ?? {};
      const waits = after.map((it): Neighbour => ({ name: it, reason: "After" }));
      return [name, { after: waits, before: [], pulls: [...requires, ...wants], installs: [], defaults: !early }];
    }),
  );
}

/** All targets that one of them waits for or pulls in, through others too. */
export const bootReach = (name: string, scope: FilePlace["scope"]): readonly string[] => reachIn(ordersIn(scope), name);

const reachIn = memoBy((orders: ReadonlyMap<string, Order>, name: string): readonly string[] => {
  const met = new Set([name]);
  for (const it of met) {
    const { after = [], pulls = [] } = orders.get(it) ?? {};
    for (const other of [...after.map((neighbour) => neighbour.name), ...pulls]) met.add(other);
  }
  met.delete(name);
  return [...met];
});

const ORDERS = { system: lazy(() => ordersOf("system", SYSTEM)), user: lazy(() => ordersOf("user", USER)) };

const ordersIn = (scope: FilePlace["scope"]): ReadonlyMap<string, Order> =>
  ORDERS[scope === "user" ? "user" : "system"]();
