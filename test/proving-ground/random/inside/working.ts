import { converse, NOTHING, placesOf } from "./exchange.ts";
import { pause, quoted, shell } from "./shell.ts";
import type { Subject } from "./subject.ts";

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
  for (let i = 0; ; i++) {
    const answer = await ask(subject);
    if (answer === "" || i === 10) return answer;
    await pause(1);
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
