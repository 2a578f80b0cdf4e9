import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether a compiler is on this machine. */
export const hasCompiler = (name: string): boolean =>
  spawnSync(name, [name === "go" ? "version" : "--version"]).status === 0;

/** A library of C to link a program with. */
interface LinkedLibrary {
  readonly name: string;
  readonly code: string;
}

/** The bytes of a program of C, or of Rust where the compiler is rustc, linked with libraries that are there for that alone. */
export function compiled(
  source: string,
  options: readonly string[] = [],
  compiler = "gcc",
  libraries: readonly LinkedLibrary[] = [],
): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "compiled-"));
  try {
    const files = libraries.map(({ name, code }) => {
      const path = join(folder, name);
      writeFileSync(path, compiled(code, ["-shared", "-fPIC", `-Wl,-soname,${name}`]));
      return path;
    });
    const input = join(folder, compiler === "rustc" ? "program.rs" : "program.c");
    const output = join(folder, "program");
    writeFileSync(input, source);
    execFileSync(compiler, [input, "-o", output, ...files, ...options], { stdio: ["ignore", "ignore", "pipe"] });
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
