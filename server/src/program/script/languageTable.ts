import TABLE from "../../../../data/program/languages.json" with { type: "json" };
import { CALL_SIGNS } from "../native/nativeTable.ts";
import type { ProgramForm } from "../reading.ts";
import { SIGNS, type SignName } from "../sign.ts";

/** What a call of a language does: shows a sign, or runs or loads what it is handed. */
export type CallEffect = SignName | "start" | "line" | "fork" | "pipe" | "load" | "hidden" | "chmod" | "family";

interface LanguageTable {
  readonly calls: ReadonlyMap<string, readonly CallEffect[]>;
  readonly modules: ReadonlyMap<string, readonly SignName[]>;
}

/** Names by what they show, as names with what they show. */
function byName<T extends string>(table: Readonly<Record<string, string>>): ReadonlyMap<string, readonly T[]> {
  const names = new Map<string, T[]>();
  for (const [effect, words] of Object.entries(table))
    for (const word of words.split(" ")) names.set(word, [...(names.get(word) ?? []), effect as T]);
  return names;
}

const LANGUAGES: Partial<Record<ProgramForm, LanguageTable>> = Object.fromEntries(
  (["python", "node", "perl", "ruby", "php", "lua", "java", "dotnet"] as const).map((form) => [
    form,
    { calls: byName<CallEffect>(TABLE[form].calls), modules: byName<SignName>(TABLE[form].modules) },
  ]),
);
const CONSTANTS = byName<SignName>(TABLE.constants);

/** The sign that an effect shows by itself. */
export const signOfEffect = (effect: CallEffect): SignName | undefined =>
  Object.hasOwn(SIGNS, effect) ? (effect as SignName) : undefined;

/** What a call does by its name, with what it belongs to: `os.setuid`, `.listen`. */
export const effectsOfCall = (form: ProgramForm, name: string): readonly CallEffect[] =>
  LANGUAGES[form]?.calls.get(name) ?? [];

/** What a constant shows; a family of sockets that no sign is about, that such are opened. */
export const signsOfConstant = (name: string): readonly SignName[] =>
  CONSTANTS.get(name) ?? (/^[AP]F_(?!UNSPEC|MAX|LOCAL|FILE)[A-Z]\w{1,20}$/.test(name) ? ["socket"] : []);

const STANDARD: Readonly<Partial<Record<string, ReadonlySet<string>>>> = Object.fromEntries(
  Object.entries(TABLE.standard).map(([form, names]) => [form, new Set(names.split(" "))]),
);

/** Whether a module comes with a language by its name, the first part of which says it. */
export const isNamedStandard = (form: ProgramForm, name: string): boolean =>
  STANDARD[form]?.has(name.split(/[./]/, 1)[0] ?? "") === true;

/** What a function of the C library shows that a script calls by its name. */
export const signOfNativeCall = (name: string): SignName | undefined => CALL_SIGNS.get(name);

/** What a module shows that a script loads: by its whole name, or by that of what it belongs to. */
export function signsOfModule(form: ProgramForm, name: string): readonly SignName[] {
  const modules = LANGUAGES[form]?.modules;
  if (!modules || name.length > 200) return [];
  for (let rest = name; rest !== ""; rest = rest.slice(0, Math.max(0, rest.search(/[./:-]{0,200}[^./:-]{0,200}$/)))) {
    const signs = modules.get(rest) ?? modules.get(`${rest}::`);
    if (signs) return signs;
    if (form === "node" || form === "ruby") return [];
  }
  return [];
}
