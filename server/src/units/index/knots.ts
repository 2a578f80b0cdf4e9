/**
 * The strongly connected components of a graph, as a number for each node: nodes that reach each other have the same one.
 * Tarjan's algorithm without recursion, linear in nodes and edges.
 */
export function knotsOf(edges: readonly (readonly { readonly to: number }[])[]): readonly number[] {
  const count = edges.length;
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = new Int32Array(count);
  const knot = new Array<number>(count).fill(-1);
  const open: number[] = [];
  let visited = 0;
  const visit = (node: number): void => {
    order[node] = low[node] = visited++;
    open.push(node);
  };
  const close = (node: number): void => {
    if (low[node] !== order[node]) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      knot[member] = node;
      if (member === node) return;
    }
  };
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const path = [root];
    visit(root);
    while (path.length > 0) {
      const node = path[path.length - 1] ?? root;
      const to = edges[node]?.[next[node] ?? 0]?.to;
      next[node] = (next[node] ?? 0) + 1;
      if (to === undefined) {
        close(node);
        path.pop();
        const parent = path[path.length - 1];
        if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
      } else if (order[to] === -1) {
        visit(to);
        path.push(to);
      } else if (knot[to] === -1) low[node] = Math.min(low[node] ?? 0, order[to] ?? 0);
    }
  }
  return knot;
}
