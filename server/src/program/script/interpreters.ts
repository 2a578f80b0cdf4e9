import INTERPRETERS from "../../../../data/program/interpreters.json" with { type: "json" };
import type { ProgramForm } from "../reading.ts";
import type { SignName } from "../sign.ts";

/** A program that runs code which it is handed, and how its arguments are read. */
export interface Interpreter {
  readonly form: ProgramForm;
  /** What the interpreter does whatever it runs. */
  readonly shows: readonly SignName[];
  /** Options with a word of their own. */
  readonly values: readonly string[];
  /** Options before code. */
  readonly code: readonly string[];
  /** Options before the name of a module. */
  readonly module: readonly string[];
  /** Options before the file that is run. */
  readonly file: readonly string[];
  /** Words that may stand before the file. */
  readonly verbs: readonly string[];
}

/** What the arguments of an interpreter name. */
export type InterpretedCode =
  | { readonly kind: "file" | "module" | "code"; readonly text: string; readonly args: readonly string[] }
  | { readonly kind: "none" };

const BY_NAME: ReadonlyMap<string, Interpreter> = new Map(
  INTERPRETERS.flatMap(({ names, form, ...options }) => {
    const words = (text: string | undefined): readonly string[] => text?.split(" ").filter(Boolean) ?? [];
    const { values, code, module, file, verbs, shows } = {
      code: "",
      module: "",
      file: "",
      verbs: "",
      shows: "",
      ...options,
    };
    const interpreter: Interpreter = {
      form: form as ProgramForm,
      shows: words(shows) as SignName[],
      values: words(values),
      code: words(code),
      module: words(module),
      file: words(file),
      verbs: words(verbs),
    };
    return words(names).map((name) => [name, interpreter] as const);
  }),
);

/** The interpreter of a name or path, whatever its version: `/usr/bin/python3.13`. */
export function interpreterOf(path: string): Interpreter | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.length > 60
    ? undefined
    : (BY_NAME.get(name) ?? BY_NAME.get(name.replace(/(?:[-_.]?v?\d[\d.]{0,20})(?:-?dbg)?$/, "")));
}

/** Whether a name is that of an interpreter whose scripts are read where it is started, or what it runs is named as not known. */
export const readsScripts = (name: string): boolean => {
  const { form } = interpreterOf(name) ?? {};
  return form !== undefined && form !== "other script";
};

/** What an interpreter is told to run by its arguments. */
export function interpretedCode(interpreter: Interpreter, args: readonly string[]): InterpretedCode {
  const { values, code, module, file, verbs, form } = interpreter;
  const named = (kind: "file" | "module" | "code", at: number): InterpretedCode => {
    const text = args[at];
    return text === undefined ? { kind: "none" } : { kind, text, args: args.slice(at + 1) };
  };
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (code.includes(word) || (form === "shell" && /^-[a-z]*c$/.test(word))) return named("code", i + 1);
    if (form === "perl" && /^-[a-zA-Z]*e$/.test(word)) return named("code", i + 1);
    if (module.includes(word)) return named("module", i + 1);
    if (file.includes(word)) return named("file", i + 1);
    if (word === "") continue;
    if (word === "--") return named("file", i + 1);
    if (values.includes(word)) i++;
    else if (!/^[-+@]./.test(word) && !verbs.includes(word)) return word === "-" ? { kind: "none" } : named("file", i);
  }
  return { kind: "none" };
}
