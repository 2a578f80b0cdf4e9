import type { Sandbox, SandboxPath } from "./sandbox.ts";

/** A path with the paths below it. */
export interface PathBranch {
  readonly it: SandboxPath;
  /** The path as seen from the one above. */
  readonly name: string;
  readonly branches: readonly PathBranch[];
}

/** Each path below the nearest one above it; they come in the order of the tree. */
export function pathBranches(paths: readonly SandboxPath[]): readonly PathBranch[] {
  const top: PathBranch[] = [];
  const open: { readonly path: string; readonly branches: PathBranch[] }[] = [];
  for (const it of paths) {
    while (open.length > 0 && !isBelowPath(it.path, open.at(-1)?.path ?? "")) open.pop();
    const parent = open.at(-1);
    const name = parent ? it.path.slice(parent.path === "/" ? 1 : parent.path.length + 1) : it.path;
    const branches: PathBranch[] = [];
    (parent?.branches ?? top).push({ it, name, branches });
    open.push({ path: it.path, branches });
  }
  return top;
}

/** Whether a path lies below another. */
export const isBelowPath = (path: string, parent: string): boolean =>
  path !== parent && path.startsWith(parent === "/" ? "/" : `${parent}/`);

/** Whether a place is writable for root alone, which the service does not run as. */
export const isRoots = ({ state, owner }: SandboxPath): boolean => state === "writable" && owner === "root";

/** The state of a path in words; that the sandbox allows it is no news of a place that the service cannot write. */
export function stateWords(it: SandboxPath): { readonly state: string; readonly more: readonly string[] } {
  const isClosed = it.state === "hidden" || it.state === "absent" || it.state === "unknown";
  const more = [
    it.writable === false && !isClosed && it.state !== "read-only" ? "read-only" : undefined,
    isRoots(it) ? undefined : it.writers,
    it.executable === false && !isClosed ? "noexec" : undefined,
  ].filter((word) => word !== undefined);
  return { state: isRoots(it) ? (it.writers ?? it.state) : it.state, more };
}

/** What the words mean that stand next to some paths: states, then who may write. */
export function shownLegend(
  { legend, writers }: Sandbox,
  paths: readonly SandboxPath[],
): readonly {
  readonly label: string;
  readonly meaning: string;
  readonly state?: SandboxPath["state"];
  readonly owner?: SandboxPath["owner"];
}[] {
  const used = new Set(paths.filter((it) => !isRoots(it)).map((it) => it.state));
  return [
    ...legend.filter(({ state }) => used.has(state)).map((it) => ({ ...it, label: it.state })),
    ...writers.filter(({ owner }) => paths.some((it) => it.owner === owner)),
  ];
}
