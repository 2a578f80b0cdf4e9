import { directivesIn } from "../server/src/catalog/catalog.ts";
import { NEWEST_VERSION } from "../server/src/facts/version.ts";
import { MANUAL_PAGE_REQUEST } from "../server/src/server/protocol.ts";
import { compared, inTurns, openPair } from "./pair.ts";

/** With so many hovers each directive was asked for once at least, and its entry read. */
const WARM_UP = 600;
const TARGET = 1;

/** How long hovers take, one on each directive of [Service], against a server that says nothing. */
export async function hover(dist: string, empty: string): Promise<string> {
  const names = directivesIn("Service", NEWEST_VERSION).map((it) => it.name);
  const pair = await openPair(dist, empty, `[Service]\n${names.map((it) => `${it}=\n`).join("")}`);
  // Answered once the manual is read, which is not what is measured here.
  await pair.ours.connection.sendRequest(MANUAL_PAGE_REQUEST, { page: "systemd.exec" });
  const found = new Set<number>();
  const taken = await inTurns(pair, names.length, WARM_UP, async (server, round) => {
    const reply = await server.hover(1 + (round % names.length), 1);
    if (reply.text.includes("in the manual")) found.add(round % names.length);
    return reply.taken;
  });
  await pair.stop();
  return [
    `hover on each of ${names.length} directives, ours - empty server, ${found.size} with the manual's words`,
    `  p50 ${compared(taken, 0.5)}`,
    `  p95 ${compared(taken, 0.95)}, target under ${TARGET} ms`,
  ].join("\n");
}
