import { hiddenBy, noexecBy, readOnlyBy } from "../../security/world/access.ts";
import type { Cause } from "../../security/world/cause.ts";
import { append } from "../../text/append.ts";
import type { Unit } from "../../units/unit.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { pathForEveryInstance } from "../instanceNames.ts";
import type { Learnt } from "../learnt.ts";
import type { PathUse, Sight } from "../needs.ts";
import { usedAs, WRITING } from "../settings/learnContext.ts";
import { type Contradiction, contradiction } from "./contradiction.ts";

/** Paths about which other settings have the say, or that systemd brings into every sandbox. */
const ELSEWHERE = /^\/(?:dev|proc|sys|tmp|var\/tmp|run\/systemd)(?:\/|$)/;
const SEEING: readonly PathUse[] = ["read", "execute", "map", "connect", ...WRITING];

interface Closed {
  readonly cause: Cause;
  readonly reason: string;
  readonly sights: Sight[];
}

/** Paths that the run used and the unit now hides, or closes for what was done there: the first of each setting. */
export function closedPaths({ needs, unit: observed }: Learnt, unit: Unit): readonly Contradiction[] {
  const found = new Map<string, Closed>();
  const isTemplate = unit.path.name !== undefined && parseUnitName(unit.path.name)?.instance === "";
  const add = (kind: string, cause: Cause, reason: string, sights: readonly Sight[]): void => {
    const key = `${kind} ${cause.directive} ${cause.node?.start ?? ""} ${cause.value}`;
    const known = found.get(key) ?? { cause, reason, sights: [] };
    found.set(key, known);
    append(known.sights, sights.slice(0, 1));
  };
  for (const [path, need] of Object.entries(needs.paths)) {
    if (ELSEWHERE.test(path) || !path.startsWith("/")) continue;
    const used = usedAs(need, SEEING);
    if (used.length === 0) continue;
    const written = pathIn(path);
    const cover = hiddenBy(unit, written);
    if (cover) {
      add("hidden", cover.by, `hides ${path}, which a run used`, used);
      continue;
    }
    const [change] = usedAs(need, WRITING);
    const readOnly = change && readOnlyBy(unit, written);
    if (change && readOnly) add("closed", readOnly, `makes ${path} read-only, which a run wrote`, [change]);
    const [start] = usedAs(need, ["execute", "map"]);
    // ExecPaths= may name a link, of which the text alone does not show where it leads.
    const open = need.names.some((it) => !noexecBy(unit, pathIn(it)));
    const noexec = start && !open && noexecBy(unit, written);
    if (start && noexec) add("noexec", noexec, `keeps ${path} from being run, which a run did`, [start]);
  }
  return [...found.values()].flatMap(({ cause, reason, sights }) =>
    contradiction(cause, reason, sights, !/^Protect|^Private/.test(cause.directive)),
  );

  /** A path of the run as the unit would write it: in a template, with what the name of an instance is there. */
  function pathIn(path: string): string {
    const literal = path.replaceAll("%", "%%");
    return isTemplate ? pathForEveryInstance(literal, observed) : literal;
  }
}
