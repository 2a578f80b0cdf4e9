import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { hasCompiler } from "../../../test/program/compiled.ts";
import type { LanguageName } from "./stubLanguages.ts";

/** Where compiled stubs are kept from run to run, by what they were compiled of. */
const KEPT = join(tmpdir(), "unit-warden-stubs");

/** How a language is compiled: the compiler, the name of the source, and the words of the command. */
const COMPILERS: Readonly<
  Partial<Record<LanguageName, { readonly name: string; readonly source: string; readonly words: readonly string[] }>>
> = {
  C: { name: "gcc", source: "small.c", words: ["gcc", "-O1", "-w", "-o", "small", "small.c"] },
  "C++": { name: "g++", source: "small.cc", words: ["g++", "-O1", "-w", "-fpermissive", "-o", "small", "small.cc"] },
  Rust: { name: "rustc", source: "small.rs", words: ["rustc", "-O", "-Awarnings", "-o", "small", "small.rs"] },
  Go: { name: "go", source: "main.go", words: ["go", "build", "-trimpath", "-o", "small", "main.go"] },
  ".NET": { name: "mcs", source: "small.cs", words: ["mcs", "-nologo", "-out:small", "small.cs"] },
  Java: { name: "javac", source: "Small.java", words: ["javac", "-nowarn", "Small.java"] },
};

const has = new Map<string, boolean>();

/** Whether stubs of a language can be made here. */
export function isAtHand(language: LanguageName): boolean {
  const { name } = COMPILERS[language] ?? {};
  if (name === undefined) return true;
  const known = has.get(name) ?? (name === "go" ? existsInPath("go") : hasCompiler(name));
  has.set(name, known);
  return known;
}

const existsInPath = (name: string): boolean =>
  (process.env.PATH ?? "").split(":").some((it) => existsSync(join(it, name)));

/** The bytes of a program, compiled where its language asks for it. */
export function built(language: LanguageName, text: string): Uint8Array {
  const compiler = COMPILERS[language];
  if (!compiler) return new TextEncoder().encode(text);
  const folder = join(KEPT, createHash("sha256").update(`${language}\n${text}`).digest("hex").slice(0, 24));
  const result = join(folder, "result");
  if (!existsSync(result)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, compiler.source), text);
    const [program = "", ...words] = compiler.words;
    execFileSync(program, words, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    if (language === "Java") writeFileSync(join(folder, "small"), archive(readFileSync(join(folder, "Small.class"))));
    renameSync(join(folder, "small"), result);
  }
  return readFileSync(result);
}

const archive = (bytes: Uint8Array): Uint8Array =>
  zipSync({
    "META-INF/MANIFEST.MF": new TextEncoder().encode("Manifest-Version: 1.0\nMain-Class: Small\n"),
    "Small.class": bytes,
  });
