import assert from "node:assert/strict";
import { carryOutErrand, isErrand } from "../../server/src/cli/errand.ts";
import { begin } from "../../server/src/cli/main.ts";
import { type Outcome, printed } from "../../server/src/cli/outcome.ts";
import { type FakeSystemdOptions, fakeSystemd } from "./fakeSystemd.ts";
import { memoryHost } from "./memoryHost.ts";
import { type MemoryMachine, type MemoryMachineOptions, memoryMachine } from "./memoryMachine.ts";

/** The unit file. */
export const UNIT = "[Service]\nExecStart=/usr/bin/x\n";
/** The files of the machine. */
export const FILES = {
  "/etc/systemd/system/x.service": UNIT,
  "/run/systemd/system/other.service": "",
  "/proc/4711/stat": `4711 (a b) ${"S ".repeat(50)}`,
};
const DROP_IN = "[Service]\nPrivateTmp=yes\nProtectSystem=strict\nProtectHome=yes\nMemoryDenyWriteExecute=yes\n";
const TERMINAL = { colours: false, progress: () => undefined };

interface TryRun extends Outcome {
  readonly machine: MemoryMachine;
  readonly systemd: ReturnType<typeof fakeSystemd>;
}

/** Tries on a machine in memory, whose service is called x; /d.conf is a drop-in. */
export async function tryOn(
  argv: readonly string[],
  options: FakeSystemdOptions & { readonly machine?: MemoryMachineOptions; readonly stop?: AbortSignal } = {},
): Promise<TryRun> {
  const systemd = fakeSystemd("x.service", options);
  const machine = memoryMachine({
    files: FILES,
    program: (words, it) =>
      words.join(" ") === "systemctl --version" ? { stdout: "systemd 257 (257.9)\n" } : systemd.program(words, it),
    ...options.machine,
  });
  const begun = begin(
    ["try", ...(options.machine && "answer" in options.machine ? [] : ["--yes"]), ...argv],
    memoryHost({ "/d.conf": DROP_IN }),
    TERMINAL,
  );
  if (!isErrand(begun)) assert.fail(JSON.stringify(begun));
  const ended = await carryOutErrand(begun, machine, options.stop ?? new AbortController().signal);
  return { ...printed(ended, TERMINAL), machine, systemd };
}
