/**
 * Runs inside of the box, on standard input of Node.js: `node - DEADLINE PROBES`, the probes as JSON.
 * Asks again and again until all are answered, and says in one line what came or why nothing did.
 */
import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { connect } from "node:net";
import type { Probe } from "./daemon.ts";

/** How long one connection, answer or command may take. */
const STEP = 5000;

/** How long a server may take to greet, in milliseconds. */
const PAUSE = 400;

const asks: { readonly [K in Probe["kind"]]: (probe: Extract<Probe, { kind: K }>) => Promise<string> } = {
  talk: ({ port, script }) =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: "localhost" });
      let heard = "";
      let at = 0;
      const step = (): void => {
        for (let word = script[at]; word !== undefined; word = script[++at]) {
          if (word.startsWith(">")) {
            socket.write(word.slice(1), "latin1");
            continue;
          }
          const found = heard.indexOf(word.slice(1));
          if (found < 0) return;
          heard = heard.slice(found + word.length - 1);
        }
        socket.destroy();
        resolve("talks");
      };
      socket.setTimeout(STEP, () => socket.destroy(new Error(`silent, before ${script[at] ?? "the end"}`)));
      socket.on("connect", step);
      socket.on("data", (bytes) => {
        heard += bytes.toString("latin1");
        step();
      });
      socket.on("error", reject);
      socket.on("close", () => reject(new Error(`closed after ${JSON.stringify(heard.slice(-80))}`)));
    }),
  http: ({ port, path, holds, status }) =>
    new Promise((resolve, reject) => {
      const request = get(
        { port, path, host: "localhost", headers: { Host: `127.0.0.1:${port}` }, timeout: STEP },
        (answer) => {
          let body = "";
          answer.setEncoding("latin1");
          answer.on("data", (text) => {
            body += text;
          });
          answer.on("end", () => {
            if (answer.statusCode === status && body.includes(holds)) resolve(`${status}, ${body.length} bytes`);
            else reject(new Error(`HTTP ${answer.statusCode}, ${body.length} bytes without ${JSON.stringify(holds)}`));
          });
        },
      );
      request.on("timeout", () => request.destroy(new Error("no answer")));
      request.on("error", reject);
    }),
  dns: async ({ port, name }) => {
    const labels = name.split(".").filter((it) => it !== "");
    const coded = labels.flatMap((it) => [it.length, ...Buffer.from(it)]);
    const question = Buffer.from([0x10, 0x92, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...coded, 0, 0, 1, 0, 1]);
    const answer = await exchange(port, question);
    const code = answer.readUInt8(3) & 15;
    const count = answer.readUInt16BE(6);
    if (code !== 0 || count === 0) throw new Error(`answer code ${code}, ${count} addresses`);
    return `${count} answers`;
  },
  datagram: async ({ port, send, holds }) => {
    const answer = (await exchange(port, Buffer.from(send, "hex"))).toString("hex");
    if (!answer.includes(holds)) throw new Error(`answer ${answer.slice(0, 60)}`);
    return `${answer.length / 2} bytes`;
  },
  command: ({ line }) =>
    new Promise((resolve, reject) => {
      // With all that the line started, as a client that hangs holds its connection.
      const words = ["-s", "KILL", `${(4 * STEP) / 1000}`, "sh", "-c", line];
      const child = execFile("timeout", words, { timeout: 5 * STEP, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
        const last = `${stdout}${stderr}`.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
        if (error) reject(new Error(`exit ${error.code ?? error.signal}: ${last}`));
        else resolve(last === "" ? "done" : last);
      });
      child.stdin?.end();
    }),
  file: async ({ path, holds }) => {
    if (!readFileSync(path, "latin1").includes(holds)) throw new Error(`${path} holds no ${JSON.stringify(holds)}`);
    return "there";
  },
  greet: ({ place }) =>
    new Promise((resolve, reject) => {
      const socket = connect(typeof place === "number" ? { port: place, host: "localhost" } : { path: place });
      const timers: NodeJS.Timeout[] = [];
      const end = (answer: string): void => {
        for (const it of timers) clearTimeout(it);
        socket.destroy();
        resolve(answer);
      };
      socket.on("connect", () => {
        timers.push(setTimeout(() => socket.write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n"), PAUSE));
        timers.push(setTimeout(end, 4 * PAUSE, "connects"));
      });
      socket.on("data", () => end("answers"));
      socket.on("close", () => end("closes"));
      socket.on("error", (error) => (timers.length > 0 ? end("closes") : reject(error)));
    }),
  knock: ({ port }) =>
    new Promise((resolve, reject) => {
      const socket = createSocket("udp4");
      socket.send("\n", port, "127.0.0.1", (error) => {
        socket.close();
        if (error) reject(error);
        else resolve("sent");
      });
    }),
};

function exchange(port: number, message: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    const timer = setTimeout(() => socket.emit("error", new Error("no answer")), STEP);
    const end = (): void => {
      clearTimeout(timer);
      socket.close();
    };
    socket.once("message", (answer) => {
      end();
      resolve(answer);
    });
    socket.once("error", (error) => {
      end();
      reject(error);
    });
    // Not connected: some answer from another port.
    socket.send(message, port, "127.0.0.1");
  });
}

async function ask(probe: Probe): Promise<string> {
  const one = asks[probe.kind] as (probe: Probe) => Promise<string>;
  return one(probe);
}

const [deadline = "0", probes = "[]"] = process.argv.slice(2);
const end = Date.now() + Number(deadline) * 1000;
for (;;) {
  try {
    const answers: string[] = [];
    for (const probe of JSON.parse(probes) as Probe[]) answers.push(await ask(probe));
    console.log(answers.join(", "));
    break;
  } catch (error) {
    if (Date.now() > end) {
      console.log(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
      break;
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
}
