import type { Figure } from "./figure.ts";
import { quantile } from "./numbers.ts";
import { RECORDED } from "./peers.ts";
import { StdioServer } from "./stdio.ts";

const LINES = 5000;
/** A server that has been in use for a while: so many answers before those that count. */
const WARM_UP = 1500;
const ROUNDS = 1000;
/** Edits take longer, and are warm sooner. */
const EDITS = 300;
const URI = "file:///etc/containers/systemd/big.container";

/** Lines that a container may repeat, each with a number of its own. */
const OWN: readonly ((i: number) => string)[] = [
  (i) => `Environment=VAR_${i}=value-${i}`,
  (i) => `Volume=/srv/app-${i}:/data/${i}:ro`,
  (i) => `# the port of part ${i}`,
  (i) => `PublishPort=127.0.0.1:${10_000 + (i % 50_000)}:${1 + (i % 60_000)}`,
  (i) => `Label=part-${i}=yes`,
  (i) => `Tmpfs=/tmp/part-${i}`,
];

/**
 * How long the three answers that quadlet-lsp is known for take in a container of 5,000 lines, as multiples of what it took; and a
 * hover of the empty server, below which no server on Node.js comes.
 */
export async function quadlets(dist: string, empty: string): Promise<readonly Figure[]> {
  const head = ["[Container]", "Image=docker.io/library/app:1", "ReadOnly=true"];
  const own = Array.from({ length: LINES - head.length - 1 }, (_, i) => OWN[i % OWN.length]?.(i) ?? "");
  const text = [...head, ...own, "Publ"].join("\n");
  const [last, middle] = [LINES - 1, head.length + Math.floor(LINES / 12) * 6];
  const server = new StdioServer([`${dist}/server.js`, "--stdio"], URI);
  await server.open(text);
  const asked = async (
    ask: (round: number) => Promise<number>,
    [warmUp, rounds] = [WARM_UP, ROUNDS],
  ): Promise<number> => {
    const taken: number[] = [];
    for (let i = 0; i < warmUp + rounds; i++) taken.push(await ask(i));
    return quantile(taken.slice(warmUp), 0.5);
  };
  const completion = await asked(async () => (await server.complete(last, "Publ".length)).taken);
  const hover = await asked(async (i) => (await server.hover(middle + (i % OWN.length), 3)).taken);
  const column = own[middle - head.length]?.length ?? 0;
  const diagnostics = await asked((i) => server.edit(middle, column, i % 2 === 0), [EDITS, EDITS]);
  await server.stop();
  const silent = new StdioServer([empty, "--stdio"], URI);
  await silent.open(text);
  const silence = await asked(async (i) => (await silent.hover(middle + (i % OWN.length), 3)).taken);
  await silent.stop();
  const peer = RECORDED["quadlet-lsp"];
  const figure = (what: string, its: number, theirs: number): Figure => ({
    what: `${what} in a quadlet of ${LINES} lines, median / what quadlet-lsp took`,
    value: its / theirs,
    target: 1,
  });
  return [
    figure("completion of a key", completion, peer.completion),
    figure("hover", hover, peer.hover),
    { what: "the same of the empty server, which answers nothing", value: silence / peer.hover },
    figure("change → diagnostics", diagnostics, peer.diagnostics),
  ];
}
