import type { NumberRows } from "./rows.ts";

/**
 * The strongly connected components of a graph of waits, as a number for each node: nodes that reach each other have the same one.
 * Tarjan's algorithm without recursion, linear in nodes and edges.
 */
export function componentsOf({ starts, items }: NumberRows): Int32Array {
  const count = starts.length - 1;
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = starts.slice();
  const component = new Int32Array(count).fill(-1);
  const open: number[] = [];
  let visited = 0;
  const visit = (node: number): void => {
    order[node] = low[node] = visited++;
    open.push(node);
  };
  const close = (node: number): void => {
    if (low[node] !== order[node]) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      component[member] = node;
      if (member === node) return;
    }
  };
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const path = [root];
    visit(root);
    while (path.length > 0) {
      const node = path[path.length - 1] ?? root;
      const at = next[node] ?? 0;
      const to = items[at] ?? 0;
      next[node] = at + 1;
      if (at === starts[node + 1]) {
        close(node);
        path.pop();
        const parent = path[path.length - 1];
        if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
      } else if (order[to] === -1) {
        visit(to);
        path.push(to);
      } else if (component[to] === -1) low[node] = Math.min(low[node] ?? 0, order[to] ?? 0);
    }
  }
  return component;
}
