/**
 * The built server in real Neovim, Emacs and Helix, set up as docs/editors.md and packaging/editors/ say, without a screen: what
 * their own LSP clients get and apply.
 * Usage: node --import=tsx lab/otherEditors/main.ts
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { built } from "../../test/kit/built.ts";
import { isInstalled } from "../../test/kit/programs.ts";
import { runMain } from "../../test/kit/runMain.ts";

const HERE = "lab/otherEditors";
const COMMAND_LINE = resolve("dist/cli.js");

const EDITORS = [
  { needs: ["nvim"], argv: ["nvim", "--clean", "--headless", "-l", `${HERE}/neovim.lua`] },
  { needs: ["emacs"], argv: ["emacs", "-Q", "--batch", "-l", `${HERE}/eglot.el`] },
  { needs: ["emacs"], argv: ["emacs", "-Q", "--batch", "-l", `${HERE}/lspMode.el`] },
  { needs: ["hx", "tmux"], argv: [process.execPath, "--import=tsx", `${HERE}/helix.ts`] },
  ...(["helix", "neovim", "company"] as const).map((kind) => ({
    needs: [{ helix: "hx", neovim: "nvim", company: "emacs" }[kind], "tmux"],
    argv: [process.execPath, "--import=tsx", `${HERE}/enterKey.ts`, kind] as const,
  })),
] as const;

const FILES = {
  "shop.service":
    "[Unit]\nDescription = Web shop \n\n[Service]\nType=exec\nExecStrat=/usr/bin/shop\nRestart = on-failure\n",
  "shop.service.d/override.conf": "[Service]\nPrivateTmp=maybe\n",
};

/** More than all steps of an editor need, each of which gives up by itself. */
const PATIENCE = 360_000;

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const NONE: Counts = { passed: 0, failed: 0 };

/** Runs the steps of one editor over files of its own; one that is not installed is passed over. */
function run({ needs, argv: [program, ...args] }: (typeof EDITORS)[number]): Counts {
  const missing = needs.find((it) => !isInstalled(it));
  if (missing !== undefined) {
    console.log(`skipped: there is no ${missing}`);
    return NONE;
  }
  const folder = mkdtempSync(join(tmpdir(), "uw-editor-"));
  try {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const bin = join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(COMMAND_LINE, join(bin, "unit-warden"));
    chmodSync(COMMAND_LINE, 0o755);
    const { stdout, stderr } = spawnSync(program, [...args, folder], {
      encoding: "utf8",
      env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, PATH: `${bin}:${process.env.PATH ?? ""}` },
      timeout: PATIENCE,
    });
    // Neovim prints to standard error.
    const lines = `${stdout}\n${stderr}`.split("\n");
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(lines.join("\n")) ?? [];
    if (passed === undefined || failed === undefined) {
      console.log(`not ok ${program} did not come to its end\n${lines.join("\n")}`);
      return { passed: 0, failed: 1 };
    }
    console.log(lines.filter((it) => /^(?:ok |not ok | {5}|skipped: )/.test(it)).join("\n"));
    return { passed: Number(passed), failed: Number(failed) };
  } finally {
    // The server of an editor that was ended may still write.
    rmSync(folder, { recursive: true, maxRetries: 10 });
  }
}

async function main(): Promise<number> {
  await built();
  const { passed, failed } = EDITORS.map(run).reduce((sum, it) => ({
    passed: sum.passed + it.passed,
    failed: sum.failed + it.failed,
  }));
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

runMain(main);
