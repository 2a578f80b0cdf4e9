/** How entries are made, and how one of a path below is added to that of its directory. */
export interface PathEntries<T> {
  readonly empty: () => T;
  readonly fold: (directory: T, below: T) => void;
}

/** Paths by their directories, in bounded memory: a directory with too many paths below becomes one path. */
export interface FoldingTree<T> {
  /** The entry for a path, or that of the directory into which it was folded. */
  readonly at: (path: string) => T;
  /** Folds what is below a path now and later. */
  readonly close: (path: string) => void;
  /** Every path that was asked for with its entry, in no order. */
  readonly all: () => Iterable<readonly [string, T]>;
}

/** How many names of one directory are told apart, and how many of all. */
export interface TreeLimits {
  readonly ofDirectory: number;
  readonly ofAll: number;
}

interface Node<T> {
  readonly depth: number;
  children: Map<string, Node<T>> | undefined;
  entry: T | undefined;
  /** Whether paths below are no longer told apart. */
  closed: boolean;
  /** Whether paths below that are not known yet are no longer told apart. */
  overflows: boolean;
}

const LIMITS: TreeLimits = { ofDirectory: 256, ofAll: 16384 };
const DEEPEST = 40;
/** Depth from which a directory is folded as a whole: `/var/lib` has it. */
const SHALLOW = 2;

/** `onFold` says that entries given out earlier are no longer in the tree. */
export function foldingTree<T>(
  entries: PathEntries<T>,
  onFold: () => void,
  limits: TreeLimits = LIMITS,
): FoldingTree<T> {
  const root: Node<T> = { depth: 0, children: undefined, entry: undefined, closed: false, overflows: false };
  const index = new Map<string, T>();
  let nodes = 0;
  let most = limits.ofDirectory;

  const entryOf = (node: Node<T>): T => {
    node.entry ??= entries.empty();
    return node.entry;
  };
  /** Adds everything below a node to an entry and returns how many nodes that were. */
  const foldBelow = (node: Node<T>, into: T): number => {
    let count = 0;
    for (const child of node.children?.values() ?? []) {
      if (child.entry !== undefined) entries.fold(into, child.entry);
      count += 1 + foldBelow(child, into);
    }
    return count;
  };
  const close = (node: Node<T>): void => {
    nodes -= foldBelow(node, entryOf(node));
    node.children = undefined;
    node.closed = true;
    index.clear();
    onFold();
  };
  const closeWide = (node: Node<T>, depth: number): void => {
    if (node.depth >= depth && (node.children?.size ?? 0) > most) close(node);
    else for (const child of node.children?.values() ?? []) closeWide(child, depth);
  };
  const isFull = ({ depth, children }: Node<T>): boolean =>
    children !== undefined && children.size >= (depth < SHALLOW ? limits.ofDirectory : most);
  /** What else is below a directory near the root counts as its own; what is known below stays. */
  const overflow = (node: Node<T>): void => {
    if (node.overflows) return;
    node.overflows = true;
    entries.fold(entryOf(node), entries.empty());
  };
  const fold = (node: Node<T>): void => (node.depth < SHALLOW ? overflow(node) : close(node));
  /** The node of a path; where a directory is closed, its own. */
  const reach = (path: string): Node<T> => {
    let node = root;
    for (const name of path.split("/")) {
      if (name === "") continue;
      if (node.closed || node.depth >= DEEPEST) break;
      let child = node.children?.get(name);
      if (child === undefined) {
        if (isFull(node)) {
          fold(node);
          break;
        }
        node.children ??= new Map();
        child = { depth: node.depth + 1, children: undefined, entry: undefined, closed: false, overflows: false };
        node.children.set(` ${name}`.slice(1), child);
        nodes++;
      }
      node = child;
    }
    return node;
  };
  const shrink = (): void => {
    while (nodes > limits.ofAll) {
      most >>= 1;
      for (const depth of most > 0 ? [3, 2] : [3, 2, 1, 0]) if (nodes > limits.ofAll) closeWide(root, depth);
    }
  };
  return {
    at: (path) => {
      const known = index.get(path);
      if (known !== undefined) return known;
      let node = reach(path);
      if (nodes > limits.ofAll) {
        shrink();
        node = reach(path);
      }
      const entry = entryOf(node);
      if (!node.closed && !node.overflows && node.depth < DEEPEST) index.set(path, entry);
      return entry;
    },
    close: (path) => fold(reach(path)),
    all: () => everything(root, ""),
  };
}

function* everything<T>(node: Node<T>, path: string): Generator<readonly [string, T]> {
  if (node.entry !== undefined) yield [path === "" ? "/" : path, node.entry];
  for (const [name, child] of node.children ?? []) yield* everything(child, `${path}/${name}`);
}
