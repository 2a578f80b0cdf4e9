import { converse, NOTHING, placesOf } from "./exchange.ts";
import { pause, quoted, shell } from "./shell.ts";
import type { Subject } from "./subject.ts";

/** How long a daemon that runs may be silent until that is what is wrong, in seconds. */
const SILENT = 30;

/** Nothing where the daemon is active and answers, else what is wrong. */
export async function trouble(subject: Subject): Promise<string> {
  for (let i = 0; i < 60; i++) {
    const state = await property(subject.unit, "ActiveState");
    if (state === "active" || state === "failed" || state === "inactive") break;
    await pause(0.5);
  }
  await pause(0.7);
  const state = await property(subject.unit, "ActiveState");
  if (state !== "active") return `it is ${state}`;
  for (const begun = Date.now(); ; await pause(1)) {
    const answer = await ask(subject);
    if (answer === "" || Date.now() - begun > SILENT * 1000) return answer;
  }
}

async function ask({ ask: line, tcp, sockets }: Subject): Promise<string> {
  if (line !== undefined) return (await shell(line, 50)).status === 0 ? "" : "it does not answer";
  for (const place of placesOf({ tcp, sockets })) {
    const answer = await converse(place, NOTHING);
    if (/^! E|^! no/.test(answer)) return `no connection: ${answer.slice(2)}`;
  }
  return "";
}

/** A property of a unit. */
export async function property(unit: string, name: string): Promise<string> {
  return (await shell(`systemctl show --value -p ${name} ${quoted(unit)}`)).output.trim();
}
