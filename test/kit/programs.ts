import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { it } from "mocha";
import { skip } from "./skip.ts";

/** A test that needs a program of the machine: where it is missing the test is left out. */
export function itWith(program: string, title: string, work: () => Promise<void> | void): void {
  it(title, function () {
    return isInstalled(program) ? work() : skip(this, `there is no ${program}`);
  });
}

/** What a program prints; fails where it does not end with 0. */
export function printed(command: string, argv: readonly string[], cwd = ".", input = ""): string {
  const { status, stdout, stderr, error } = spawnSync(command, argv, { cwd, input, encoding: "utf8" });
  if (error) throw error;
  assert.equal(status, 0, `${command} ${argv.join(" ")}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Whether a program is on the PATH. */
export const isInstalled = (program: string): boolean => spawnSync("which", [program]).status === 0;

/** Runs makepkg, which does nothing as root, and without pacman, which is not where Debian's makepkg is. */
export function makepkg(options: readonly string[], folder: string): string {
  const user = process.getuid?.() === 0 ? ["runuser", "-u", "nobody", "--"] : [];
  const [command = "", ...argv] = [...user, "env", "PACMAN=true", "PKGEXT=.pkg.tar", "makepkg", ...options];
  return printed(command, argv, folder);
}
