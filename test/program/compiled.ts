import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether a compiler is on this machine. */
export const hasCompiler = (name: string): boolean => spawnSync(name, ["--version"]).status === 0;

/** The bytes of a program of C, or of Rust where the compiler is rustc. */
export function compiled(source: string, options: readonly string[] = [], compiler = "gcc"): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "compiled-"));
  try {
    const input = join(folder, compiler === "rustc" ? "program.rs" : "program.c");
    const output = join(folder, "program");
    writeFileSync(input, source);
    execFileSync(compiler, [input, "-o", output, ...options], { stdio: ["ignore", "ignore", "pipe"] });
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
