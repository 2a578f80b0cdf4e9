import type { NixBinding, NixNode } from "./nixTree.ts";

/** The names that are known where an expression stands, the innermost first; undefined for arguments, whose values nobody knows. */
export interface NixNames {
  readonly own: ReadonlyMap<string, NixNode | undefined>;
  readonly outer: NixNames | undefined;
}

/** An expression where it stands. */
export interface NixPlace {
  readonly node: NixNode;
  readonly names: NixNames | undefined;
  /** Whether it only counts under a condition. */
  readonly conditional: boolean;
}

/** The wrappers of modules and lists that hold a value, by the place of the argument that holds it. */
const WRAPPERS: Readonly<Record<string, number>> = {
  mkForce: 0,
  mkDefault: 0,
  mkOptionDefault: 0,
  mkVMOverride: 0,
  mkImageMediaOverride: 0,
  mkBefore: 0,
  mkAfter: 0,
  mkOverride: 1,
  mkOrder: 1,
};

/** The same where the value counts under a condition. */
const CONDITIONS: Readonly<Record<string, number>> = {
  mkIf: 1,
  optional: 1,
  optionals: 1,
  optionalAttrs: 1,
  optionalString: 1,
};

/** Names stand for names no oftener than this. */
const MAX_NAMES = 4;

/** How much is looked at in a file: names that stand for each other would make it endless. */
export interface Patience {
  remaining: number;
}

/** The name of what is called, such as `mkIf` of `lib.mkIf`. */
export const calledName = (node: NixNode): string | undefined =>
  node.kind === "call" && node.callee.kind === "name" ? node.callee.path.at(-1) : undefined;

/** The names inside a `let`. */
export const letNames = (bindings: readonly NixBinding[], outer: NixNames | undefined): NixNames => ({
  own: new Map(
    bindings.flatMap(({ path, value }) => {
      const name = path[0]?.name;
      return name === undefined ? [] : [[name, path.length === 1 ? value : undefined] as const];
    }),
  ),
  outer,
});

/** The names inside a function. */
export const paramNames = (params: readonly string[], outer: NixNames | undefined): NixNames => ({
  own: new Map(params.map((it) => [it, undefined])),
  outer,
});

/**
 * The values that an expression is made of once conditions, priorities, merges and names that the file explains are taken
 * away. What stays is a set, a list, a text or something that nobody knows.
 */
export function valuesIn(place: NixPlace, patience: Patience, named = 0): NixPlace[] {
  if (patience.remaining-- <= 0) return [{ ...place, node: { ...place.node, kind: "other" } }];
  const { node, names } = place;
  const within = (inner: NixNode | undefined, more: Partial<NixPlace> = {}): NixPlace[] =>
    inner ? valuesIn({ ...place, node: inner, ...more }, patience, named) : [];
  switch (node.kind) {
    case "scope":
      return within(node.body);
    case "let":
      return within(node.body, { names: letNames(node.bindings, names) });
    case "if":
      return node.branches.flatMap((it) => within(it, { conditional: true }));
    case "operation":
      return node.operator === "//" ? node.operands.flatMap((it) => within(it)) : [place];
    case "name": {
      const known = node.path.length === 1 && named < MAX_NAMES ? lookUp(node.path[0] ?? "", names) : undefined;
      if (!known || known.node.kind === "function") return [place];
      return valuesIn({ ...known, conditional: place.conditional }, patience, named + 1);
    }
    case "call": {
      const name = calledName(node) ?? "";
      const held = WRAPPERS[name];
      if (held !== undefined && node.args[held]) return within(node.args[held]);
      const under = CONDITIONS[name];
      if (under !== undefined && node.args[under]) return within(node.args[under], { conditional: true });
      if (name === "recursiveUpdate") return node.args.flatMap((it) => within(it));
      const [all] = node.args;
      if (name === "mkMerge" && all?.kind === "list") return all.items.flatMap((it) => within(it));
      return [place];
    }
    default:
      return [place];
  }
}

/** What a name stands for, and where that stands. */
export function lookUp(name: string, names: NixNames | undefined): Pick<NixPlace, "node" | "names"> | undefined {
  for (let it = names; it; it = it.outer) {
    if (!it.own.has(name)) continue;
    const node = it.own.get(name);
    return node && { node, names: it };
  }
  return undefined;
}
