import { readFileSync, writeFileSync } from "node:fs";
import { NO_BOX } from "../../test/kit/box.ts";
import { built } from "../../test/kit/built.ts";
import { type Box, endBoxesOnSignals, withBox } from "../proving-ground/box.ts";
import { DAEMONS } from "../proving-ground/daemons.ts";
import { withLayer } from "../proving-ground/layer.ts";
import { listingsOf, PAGE, readPage, withListings } from "./listings.ts";
import { drawTerminal } from "./picture.ts";
import { outputOf, STEPS, type Step, shownOf, TERMINAL_WIDTH, UNIT } from "./steps.ts";

/** Where the command line lies in the box. */
const PLACE = "/usr/lib/unit-warden";
const COMMAND = "/usr/local/bin/unit-warden";

/** Lines of the report that the picture shows. */
const PICTURE_LINES = 33;

if (NO_BOX === undefined) tell();
else console.log(`skipped: ${NO_BOX}`);

/** Runs the story of the page in a box, and writes what the commands print into it. */
async function tell(): Promise<void> {
  const daemon = DAEMONS.find((it) => it.unit === UNIT);
  if (!daemon) throw new Error(`${UNIT} is not among the daemons of the proving ground`);
  endBoxesOnSignals();
  await built();
  const texts = new Map<string, string>();
  await withLayer(daemon, (root) =>
    withBox(root, async (box) => {
      await box.run(["systemctl", "start", "sysinit.target"]);
      await install(box);
      await box.run(["systemctl", "daemon-reload"]);
      for (const step of STEPS) {
        const output = await outputOf(box, step);
        const text = shownOf(step, output);
        console.log(text);
        if (step.name !== undefined) texts.set(step.name, text);
        if (step.isPicture) await draw(step, output);
      }
    }),
  );
  const missing = listingsOf(readPage()).filter((it) => !texts.has(it));
  if (missing.length > 0) throw new Error(`no step makes ${missing.join(", ")}`);
  writeFileSync(PAGE, withListings(readPage(), texts));
}

async function install(box: Box): Promise<void> {
  for (const name of ["cli.js", "unit-warden.js"])
    await box.put(`${PLACE}/${name}`, readFileSync(`dist/${name}`, "utf8"));
  await box.put(COMMAND, `#!/bin/sh\nexec ${process.execPath} ${PLACE}/cli.js "$@"\n`);
  await box.run(["chmod", "755", COMMAND]);
}

/** The report at the end of an output, as a terminal shows it. */
async function draw({ command, as: typed = command }: Step, output: string): Promise<void> {
  const report = output
    .slice(output.indexOf(`# ${UNIT}: `))
    .split("\n")
    .slice(0, PICTURE_LINES - 1);
  const lines = [`$ ${typed}`, ...report].map((it) => cut(it, TERMINAL_WIDTH));
  await drawTerminal(lines.join("\n"), "docs/learning.png");
}

/** A line of a terminal without what is past its edge; escape sequences take no room. */
function cut(line: string, width: number): string {
  let [room, text] = [width, ""];
  for (const piece of line.split(/(\u001b\[\d*m)/)) {
    const isColour = piece.startsWith("\u001b");
    text += isColour ? piece : piece.slice(0, room);
    if (!isColour) room = Math.max(0, room - piece.length);
  }
  return text;
}
