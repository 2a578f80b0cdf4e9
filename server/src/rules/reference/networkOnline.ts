import { insertAfter } from "../../findings/edits.ts";
import { namedIn, ownerOf } from "../../findings/named.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { programsOf } from "../../service/program.ts";
import { fragmentOf, type Reference, referencesFrom, referencesTo } from "../../units/index/lookup.ts";
import { mergedAssignments, ownFile, type Unit } from "../../units/unit.ts";
import { parseUnitName } from "../../values/unitName.ts";

const TARGET = "network-online.target";

/**
 * Seen with 257: the target is still inactive once such a service runs. Only services that are enabled by themselves are
 * judged: those of a timer start later, when the network is up or will not be.
 */
export const networkOnline: Rule = {
  code: "reference/network-online",
  needs: ["After"],
  *check(unit, context) {
    const { kind, role, name, scope } = unit.path;
    if (kind !== "service" || role !== "unit" || name === undefined || scope !== "system") return;
    if (!mergedAssignments(unit, "Unit", "After").some(({ text }) => text.includes(TARGET))) return;
    const owner = (context && ownerOf(context)) ?? name;
    const [place] = namedIn(unit, owner, "Unit", "After").filter((it) => it.name === TARGET);
    if (!place || !isEnabled(unit) || startsNothing(unit) || isPulledIn(unit, owner, context)) return;
    const added = `Wants=${TARGET}`;
    yield {
      start: place.start,
      end: place.end,
      severity: "info",
      message: `After=${TARGET} does not start that target: unless another unit wants it, this service starts without waiting for the network`,
      directive: "After",
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), place.node, [added])] }],
    };
  },
};

/** Seen with 257: the service starts together with the target. */
export const networkOnlineOrder: Rule = {
  code: "reference/network-online-order",
  needs: ["Wants", "Requires"],
  *check(unit, context) {
    const { kind, role, name, scope } = unit.path;
    if (kind !== "service" || role !== "unit" || name === undefined || scope !== "system") return;
    const owner = (context && ownerOf(context)) ?? name;
    const place = (["Wants", "Requires"] as const)
      .flatMap((it) => namedIn(unit, owner, "Unit", it))
      .find((it) => it.name === TARGET);
    if (!place || !isEnabled(unit) || startsNothing(unit)) return;
    const orders = namedIn(unit, owner, "Unit", "After", { linesOf: mergedAssignments }).map((it) => it.name);
    // What else it waits for may wait for the network itself.
    if (orders.some((it) => it === TARGET || !BEFORE_NETWORK.test(it))) return;
    const { start, end, node } = place;
    const added = `After=${TARGET}`;
    yield {
      start,
      end,
      severity: "info",
      message: `${node.key}=${TARGET} starts that target without ${added}: both start at the same time, and this service does not wait for the network`,
      directive: node.key,
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), node, [added])] }],
    };
  },
};

/** What is up before the network is, so that to wait for it is not to wait for the network. */
const BEFORE_NETWORK =
  /^(?:network(?:-pre)?|basic|sysinit|local-fs|syslog|sockets|paths|timers|nss-lookup)\.target$|^(?:syslog|systemd-\S+)\.\w+$/;

const ENABLING = ["WantedBy", "RequiredBy", "UpheldBy"] as const;
const PULLING = ["Wants", "Requires", "Requisite", "BindsTo", "Upholds"] as const;
const pulls = ({ directive }: Reference): boolean => PULLING.some((it) => it === directive);

/** Whether a target starts it, as at boot; what a device or another service starts has its own reasons for an order. */
const isEnabled = (unit: Unit): boolean =>
  ENABLING.some((name) => mergedAssignments(unit, "Install", name).some(({ text }) => text.includes(".target")));

/** A service that starts nothing only orders its end, before that of the network. */
const startsNothing = (unit: Unit): boolean =>
  programsOf(unit).every(({ setting, path }) => setting !== "ExecStart" || /(?:^|\/)(?:true|echo|:)$/.test(path));

/** Whether the target comes along whenever the service is started, or the service is started by an event. */
function isPulledIn(unit: Unit, owner: string, context: UnitContext | undefined): boolean {
  const named = (section: "Unit" | "Install", names: typeof PULLING | typeof ENABLING): readonly string[] =>
    names.flatMap((it) => namedIn(unit, owner, section, it, { linesOf: mergedAssignments }).map(({ name }) => name));
  const [pulled, wanting] = [named("Unit", PULLING), named("Install", ENABLING)];
  if ([...pulled, ...wanting].includes(TARGET)) return true;
  if (!context) return false;
  const { index, path } = context;
  const stem = parseUnitName(owner)?.stem ?? owner;
  if (["timer", "path", "socket"].some((it) => fragmentOf(index, `${stem}.${it}`, path))) return true;
  const others = referencesTo(index, owner, path).filter(({ from }) => from !== owner);
  if (others.some(({ directive }) => directive === "Unit")) return true;
  return reachesTarget(context, [...pulled, ...wanting, ...others.filter(pulls).map((it) => it.from)]);
}

/** Whether any of some units pulls the target in, by itself or by others. */
function reachesTarget({ index, path }: UnitContext, first: readonly string[]): boolean {
  const seen = new Set(first);
  for (const name of seen) {
    if (name === TARGET) return true;
    if (seen.size > MOST_UNITS) return true;
    for (const it of referencesFrom(index, name, path)) if (pulls(it)) seen.add(it.target);
  }
  return false;
}

/** More units are not followed, and then nothing is said. */
const MOST_UNITS = 200;
