import { bigService } from "./bigService.ts";
import { compared, inTurns, openPair } from "./pair.ts";

const LINES = 5000;
const WARM_UP = 50;
const REQUESTS = 300;
const TARGET = 3;
const SIZE = 100;

/** How long the directives of [Service] take to come, against a server that offers nothing, and how large the reply is. */
export async function completion(dist: string, empty: string): Promise<string> {
  const text = `${bigService(LINES)}Prot`;
  const pair = await openPair(dist, empty, text);
  const line = text.split("\n").length - 1;
  let size = 0;
  const taken = await inTurns(pair, REQUESTS, WARM_UP, async (server) => {
    const reply = await server.complete(line, "Prot".length);
    size = Math.max(size, reply.size);
    return reply.taken;
  });
  await pair.stop();
  return [
    `completion of a directive in ${LINES} lines, ours - empty server, ${REQUESTS} requests`,
    `  reply ${(size / 1000).toFixed(0)} KB, target under ${SIZE} KB`,
    `  p95 ${compared(taken, 0.95)}, target under ${TARGET} ms`,
  ].join("\n");
}
