import { hasOtherRoot } from "../service/effective.ts";
import { noExecValue } from "../service/executable.ts";
import type { Unit } from "../units/unit.ts";

/** What is added for a setting. */
interface Added {
  readonly row: { readonly directive: string };
  readonly lines: readonly string[];
  readonly safe: readonly string[];
}

/** Settings that are added together, as each has to be with the others. */
export function besideEachOther<T extends Added>(all: readonly T[], unit: Unit): readonly T[] {
  const sealed = all.some((it) => it.safe.includes("PrivateDevices=yes")) ? all.map(withoutNodes) : all;
  return sealed.map((it) => withOthers(it, sealed, unit));
}

/** A private /dev has none of the devices that would stay open. */
const withoutNodes = <T extends Added>(gap: T): T =>
  gap.safe.some(isOpenNode) ? { ...gap, safe: gap.safe.filter((it) => !isOpenNode(it)) } : gap;
const isOpenNode = (line: string): boolean => line.startsWith("DeviceAllow=");

/** What must not be run depends on all that the other rows mount; the fix of the row alone leaves that to a rule. */
function withOthers<T extends Added>(gap: T, gaps: readonly T[], unit: Unit): T {
  if (gap.row.directive !== "NoExecPaths" || gap.safe.length === 0) return gap;
  const value = noExecValue(
    unit,
    gaps.flatMap((it) => (it === gap ? it.lines : it.safe)),
  );
  const plus = value.startsWith("+") ? gap.lines.map((it) => it.replace(/^ExecPaths=/, "$&+")) : gap.lines;
  const lines = gaps.some((it) => it.safe.includes("ProtectSystem=strict")) ? keptReadOnly(plus, unit) : plus;
  return { ...gap, safe: [`NoExecPaths=${value}`, ...lines] };
}

/** What an entry of its own would make writable below a file system that is read-only, is bound read-only. */
function keptReadOnly(lines: readonly string[], unit: Unit): readonly string[] {
  const listed = lines.flatMap((it) => /^ExecPaths=(.+)/.exec(it)?.[1] ?? []);
  if (hasOtherRoot(unit) || lines.some((it) => it.startsWith("BindReadOnlyPaths="))) return lines;
  return [...lines, ...listed.map((it) => `BindReadOnlyPaths=${it}`)];
}
