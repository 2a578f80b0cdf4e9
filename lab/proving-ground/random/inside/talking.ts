import { DATAGRAM, STREAM } from "./dialogues.ts";
import { converse, datagram, NOTHING, type Place, placesOf, plain } from "./exchange.ts";
import { shell } from "./shell.ts";
import type { Done, Subject } from "./subject.ts";

/** So many dialogues are held at the same time. */
const AT_ONCE = 12;

/** Says to a daemon what clients of all kinds say, over all that it listens on, from several addresses and as several users. */
export async function talking(subject: Subject): Promise<readonly Done[]> {
  // What clients of a daemon do tells more than what those of others do.
  if (subject.acts) return known(subject.acts);
  const done: Done[] = [];
  for (const place of placesOf(subject))
    done.push(...(await streams("path" in place ? place.path : `port ${place.port}`, place)));
  for (const port of subject.tcp) done.push(...(await addresses(port)));
  for (const path of subject.sockets) done.push(await asOther(path));
  for (const port of subject.udp) {
    for (const { name, says } of DATAGRAM)
      done.push({ what: `${name} to UDP port ${port}`, answer: await datagram(port, says[0] ?? "") });
  }
  if (subject.bus !== undefined) done.push(...(await bus(subject.bus)));
  return done;
}

async function known(acts: NonNullable<Subject["acts"]>): Promise<readonly Done[]> {
  const done: Done[] = [];
  for (const [what, line] of Object.entries(acts)) {
    const { status } = await shell(line, 40);
    done.push({ what, answer: status === 0 ? "succeeds" : "! fails" });
  }
  return done;
}

async function streams(name: string, place: Place): Promise<readonly Done[]> {
  const greeting = await converse(place, NOTHING);
  const isSecure = /^! silent|alert/i.test(greeting) && !(await converse(place, NOTHING, true)).startsWith("! E");
  const queue = [...STREAM];
  const done: Done[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const answer = await converse(place, next);
      // What came without a question is no answer.
      if (answer !== greeting) done.push({ what: `${next.name} to ${name}`, answer });
      if (isSecure && answer.startsWith("! silent") && next.name.startsWith("HTTP"))
        done.push({ what: `${next.name} to ${name} over TLS`, answer: await converse(place, next, true) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  done.push({ what: `60 connections to ${name}`, answer: await crowd(place, 60) });
  return done;
}

async function crowd(place: Place, count: number): Promise<string> {
  const all = await Promise.all(Array.from({ length: count }, () => converse(place, NOTHING)));
  const failed = all.filter((it) => it.startsWith("! ") && it !== "! silent");
  return failed.length === 0 ? "all connect" : `! ${failed[0]}`;
}

async function addresses(port: number): Promise<readonly Done[]> {
  const done: Done[] = [];
  for (const host of ["127.0.0.1", "::1", "192.0.2.2"]) {
    const answer = await converse({ port, host }, NOTHING);
    done.push({ what: `port ${port} at ${host}`, answer: /^! E|^! no/.test(answer) ? answer : "connects" });
  }
  return done;
}

/** Whether a user without rights may connect to a socket by path. */
async function asOther(path: string): Promise<Done> {
  const script = `require("net").connect(process.argv[1]).on("connect",()=>{console.log("connects");process.exit()}).on("error",e=>{console.log(e.code);process.exit()})`;
  const { output } = await shell(
    `setpriv --reuid=nobody --regid=nogroup --clear-groups ${process.execPath} -e '${script}' '${path}'`,
    5,
  );
  return { what: `${path} as nobody`, answer: output.trim() };
}

/** What a client of the bus reads: the objects, and all properties of the first few. */
async function bus(name: string): Promise<readonly Done[]> {
  const done: Done[] = [];
  const ask = async (what: string, words: string): Promise<string> => {
    const { status, output } = await shell(`busctl --timeout=5 ${words}`, 10);
    const names = [...output.matchAll(/^[./\w]+/gm)].map((it) => it[0]);
    done.push({ what: `${what} over the bus`, answer: status === 0 ? plain(names.join(" ")) : `! ${plain(output)}` });
    return output;
  };
  const tree = await ask("its objects", `tree --list ${name}`);
  for (const path of tree
    .split("\n")
    .filter((it) => it.startsWith("/"))
    .slice(0, 6))
    await ask(`the properties of ${path}`, `introspect ${name} ${path}`);
  return done;
}
