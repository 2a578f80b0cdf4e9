/**
 * Runs inside of the box: `node load.mjs PORT REQUEST ANSWER KEEPS SECONDS`, each as JSON. Sends a request again and again over some
 * connections, or over a new one each, and prints how many answers came in a second.
 */
import { connect } from "node:net";

const words: readonly string[] = process.argv.slice(2).map((it) => JSON.parse(it));
const [port = "", request = "", answer = "", keeps = "yes", seconds = "4"] = words;
const CONNECTIONS = 8;
const begun = performance.now();
const end = begun + Number(seconds) * 1000;
let answers = 0;

function open(): void {
  const socket = connect({ port: Number(port), host: "127.0.0.1" });
  socket.setNoDelay(true);
  let heard = "";
  socket.on("connect", () => socket.write(request));
  socket.on("data", (bytes) => {
    heard += bytes.toString("latin1");
    if (!heard.includes(answer)) return;
    heard = "";
    answers++;
    if (performance.now() > end) finish();
    if (keeps === "yes") socket.write(request);
    else {
      socket.destroy();
      open();
    }
  });
  // A server ends a connection after some requests.
  socket.on("end", () => {
    socket.destroy();
    open();
  });
  socket.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
}

function finish(): never {
  console.log(Math.round((answers * 1000) / (performance.now() - begun)));
  process.exit(0);
}

for (let i = 0; i < CONNECTIONS; i++) open();
