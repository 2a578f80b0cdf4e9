import { createSocket } from "node:dgram";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Dialogue } from "./dialogues.ts";
import type { Subject } from "./subject.ts";

/** A port of an address, or a socket by path. */
export type Place = { readonly port: number; readonly host: string } | { readonly path: string };

/** A dialogue in which nothing is said. */
export const NOTHING: Dialogue = { name: "nothing", says: [] };

/** All places that a daemon takes connections at. */
export function placesOf({ tcp, sockets }: Pick<Subject, "tcp" | "sockets">): readonly Place[] {
  return [...tcp.map((port) => ({ port, host: "localhost" })), ...sockets.map((path) => ({ path }))];
}

/** How long the first byte of an answer is waited for, and how long silence means its end, in milliseconds. */
const FIRST = 1500;
const SILENCE = 350;

/** Holds a dialogue; what was answered to each line, as far as it is the same each time. */
export async function converse(place: Place, { says }: Dialogue, secure = false): Promise<string> {
  const socket = await open(place, secure);
  if (typeof socket === "string") return socket;
  const answers: string[] = [];
  try {
    const greeting = await heard(socket, SILENCE);
    if (greeting !== "") answers.push(greeting);
    for (const line of says) {
      if (socket.destroyed || socket.readableEnded) break;
      socket.write(line);
      const answer = await heard(socket, FIRST);
      if (answer === "") break;
      answers.push(answer);
    }
  } finally {
    socket.destroy();
  }
  return answers.map(fingerprint).join(" / ") || "! silent";
}

function open(place: Place, secure: boolean): Promise<Socket | string> {
  return new Promise((resolve) => {
    const socket = secure ? connectTls({ ...place, rejectUnauthorized: false }) : connect(place);
    const timer = setTimeout(() => {
      socket.destroy();
      resolve("! no connection");
    }, FIRST);
    socket.once(secure ? "secureConnect" : "connect", () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.on("error", (error) => {
      clearTimeout(timer);
      resolve(`! ${"code" in error ? error.code : error.message}`);
    });
  });
}

/** What comes until silence or the end. */
function heard(socket: Socket, first: number): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const end = (): void => {
      clearTimeout(timer);
      socket.off("data", hear).off("close", end).off("end", end).off("error", end);
      resolve(text);
    };
    let timer = setTimeout(end, first);
    const hear = (bytes: Buffer): void => {
      if (text.length < 200_000) text += bytes.toString("latin1");
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE);
    };
    socket.on("data", hear).on("close", end).on("end", end).on("error", end);
  });
}

/** Sends a datagram; what came back. */
export function datagram(port: number, message: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    const end = (text: string): void => {
      clearTimeout(timer);
      socket.close();
      resolve(text);
    };
    const timer = setTimeout(end, 1000, "! silent");
    socket.once("message", (it) => end(`${it.length} bytes, ${fingerprint(it.toString("latin1"))}`));
    socket.once("error", () => end("! refused"));
    socket.send(message, port, "127.0.0.1");
  });
}

/** What stays the same of an answer: its first line without numbers and random words; of measurements also their names. */
function fingerprint(text: string): string {
  const first = text.split("\n", 1)[0] ?? "";
  const names = [...withoutChunks(text).matchAll(/^# TYPE (\S+)/gm)].map((it) => it[1]);
  const type = /^content-type: *([^;\r\n]*)/im.exec(text)?.[1] ?? "";
  return [plain(first).slice(0, 60), type, ...(names.length === 0 ? [] : [names.join(" ")])]
    .filter((it) => it !== "")
    .join(", ");
}

/** An answer of HTTP in one piece: where its chunks end differs from run to run. */
const withoutChunks = (text: string): string =>
  /^transfer-encoding: *chunked/im.test(text) ? text.replace(/\r\n[\da-f]{1,8}\r\n/gi, "") : text;

/** A text without what differs from run to run. */
export function plain(text: string): string {
  return text
    .replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\b/g, "day")
    .replace(/\b[0-9a-f]{6,}\b|\b(?=\w*\d)\w{12,}\b/gi, "word")
    .replace(/\d+/g, "0")
    .replace(/[^\x20-\x7e]+/g, "·")
    .trim();
}
