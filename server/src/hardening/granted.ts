import type { Facts } from "../service/facts.ts";
import { type NeededBy, neededBy } from "./exclusions.ts";
import { devicesNamed, neededIn } from "./needed.ts";
import type { RowChoice } from "./weaker.ts";

/** A list with what a service needs in it. */
export function grantedList(name: NeededBy, usual: readonly string[], facts: Facts, none = ""): RowChoice {
  const { words, doubt } = neededIn(name, facts);
  const safeValue = [...new Set([...usual, ...words])].join(" ") || none;
  return { safeValue, ...(doubt === undefined ? {} : { doubt }) };
}

/** Lines that make room, with more paths in the one that lists them. */
export function withPaths(room: readonly string[], more: readonly string[]): readonly string[] {
  const at = room.findIndex((it) => it.startsWith("ReadWritePaths="));
  if (room.length === 0 || more.length === 0) return room;
  return at < 0
    ? [...room, `ReadWritePaths=${more.join(" ")}`]
    : room.map((it, i) => (i === at ? [...new Set([...it.split(" "), ...more])].join(" ") : it));
}

/** The devices that stay open where all others are closed. */
export function openDevices(facts: Facts): RowChoice {
  const named = devicesNamed(facts);
  const lines = [...new Set([...neededBy("DeviceAllow", facts.kinds), ...named])].map((it) => `DeviceAllow=${it} rw`);
  return {
    lines,
    ...(named.length > 0 ? { doubt: `if it opens only ${named.join(" and ")}, there when it starts` } : {}),
  };
}
