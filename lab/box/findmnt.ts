import assert from "node:assert/strict";
import { mountsOf, QUESTIONS } from "../../client/tools/commandLines.ts";
import type { Box } from "../../test/kit/box.ts";
import type { Mounted } from "./worldProbe.ts";

interface Printed {
  readonly filesystems: readonly { readonly target: string; readonly "vfs-options": string }[];
}

/** As a list, the later mount of a path behind the earlier one, with the flags of the mount alone. */
const FORMAT = ["--json", "--list", "--output", "TARGET,VFS-OPTIONS"];

/** What `findmnt --task` prints of the main processes of services, by their names without suffix; only of those that run. */
export function mountsOfRunning(
  box: Box,
  services: readonly string[],
): ReadonlyMap<string, readonly Pick<Mounted, "path" | "flags">[]> {
  const running = new Map<string, readonly Pick<Mounted, "path" | "flags">[]>();
  for (const name of services) {
    const { program, args } = QUESTIONS.mainProcess("system", `${name}.service`);
    const line = mountsOf(box.run(program, ...args).output);
    if (!line) continue;
    const { status, output } = box.run(line.program, ...line.args, ...FORMAT);
    assert.equal(status, 0, `findmnt of ${name}`);
    const { filesystems } = JSON.parse(output) as Printed;
    running.set(
      name,
      filesystems.map((it) => ({ path: it.target, flags: it["vfs-options"].split(",") })),
    );
  }
  return running;
}
