import { filePlaceOf } from "../units/index/filePlace.ts";
import type { ReferenceContext } from "./referenceContext.ts";
import { isRefusal, planRename, type RenamePlan, renameSubject } from "./renamePlan.ts";

/** A file or folder that gets another name. */
export interface RenamedFile {
  readonly from: string;
  readonly to: string;
}

/**
 * Plans what has to follow when the file of a unit, or the folder of its drop-ins, is given another name by hand: all that
 * a rename of the unit changes, but for what is renamed already. Undefined where nothing has to, or nothing can: where the
 * file only moves, where another file of the tree keeps the name, and where a rename would be refused.
 */
export function plannedFollowing(
  renamed: RenamedFile,
  context: ReferenceContext,
  isOurs: (path: string) => boolean,
): RenamePlan | undefined {
  const names = unitNames(renamed);
  const here = { ...context, path: renamed.from };
  const subject = names && renameSubject(names.from, here, isOurs);
  if (!subject || isRefusal(subject) || subject.name !== names.from) return undefined;
  const files = subject.tree.units.get(subject.name) ?? [];
  if (files.length !== 1) return undefined;
  const plan = planRename(subject, names.to, here, isOurs);
  if (isRefusal(plan)) return undefined;
  const isDone = (path: string): boolean => path === renamed.from || path.startsWith(`${renamed.from}/`);
  return { ...plan, moves: plan.moves.filter((it) => !isDone(it.from)) };
}

/** The name of the unit before and after, where it is one and its folder stays. */
function unitNames({ from, to }: RenamedFile): RenamedFile | undefined {
  const [before, after] = [from, to].map((it) => it.slice(0, it.lastIndexOf("/")));
  if (before !== after || from === to) return undefined;
  const [old, now] = [unitAt(from), unitAt(to)];
  return old === undefined || now === undefined || old === now ? undefined : { from: old, to: now };
}

/** The unit whose file or drop-in folder a path is. */
function unitAt(path: string): string | undefined {
  const file = filePlaceOf(path)?.role;
  if (file?.kind === "unit") return file.name;
  const inside = path.endsWith(".d") ? filePlaceOf(`${path}/x.conf`)?.role : undefined;
  return inside?.kind === "drop-in" ? inside.of : undefined;
}
