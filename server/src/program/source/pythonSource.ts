import type { FileReading } from "../reading.ts";
import { signsOfModule } from "../script/languageTable.ts";
import type { SignName } from "../sign.ts";
import { type BuiltPrograms, manifestReading, type NamedPart } from "./manifest.ts";
import { tomlKeys } from "./tomlKeys.ts";

/** What a project of Python builds: the package of its name, and the programs that it lists. */
export function pythonPrograms(text: string): BuiltPrograms {
  const names = tomlKeys(text).flatMap(({ table, key, texts }) => {
    if (table === "project.scripts" || table === "tool.poetry.scripts") return key === "" ? [] : [key];
    return (table === "project" || table === "tool.poetry") && key === "name" ? texts.map((it) => it.text) : [];
  });
  return { names: names.flatMap((it) => [it, it.replaceAll("-", "_")]), scripts: [] };
}

/** What the packages speak of that a project needs, of a lock file all of them. */
export const pythonSource = (path: string, text: string): FileReading =>
  manifestReading(path, path.endsWith(".txt") ? inRequirements(text) : inToml(text), signsOfPackage);

const REQUIREMENT = /^\s{0,99}([A-Za-z\d][\w.-]{0,200})/;

const inRequirements = (text: string): readonly NamedPart[] =>
  text.split("\n").flatMap((row, i) => {
    const name = REQUIREMENT.exec(row)?.[1];
    return name === undefined ? [] : [{ name, line: i + 1 }];
  });

const inToml = (text: string): readonly NamedPart[] =>
  tomlKeys(text).flatMap(({ table, key, texts, line }) => {
    if (table === "package" && key === "name") return texts.map((it) => ({ name: it.text, line: it.line }));
    if (table === "project" && key === "dependencies")
      return texts.flatMap((it) => {
        const name = REQUIREMENT.exec(it.text)?.[1];
        return name === undefined ? [] : [{ name, line: it.line }];
      });
    return table === "tool.poetry.dependencies" && key !== "" && key !== "python" ? [{ name: key, line }] : [];
  });

/** A package mostly has the module of its name, with or without what says that it is for Python. */
function signsOfPackage(name: string): readonly SignName[] {
  const module = name.replaceAll("-", "_");
  const plain = module.replace(/^(?:python_|py_?)|_python$/i, "");
  const names = [module, module.toLowerCase(), plain, plain.toLowerCase()];
  return names.map((it) => signsOfModule("python", it)).find((it) => it.length > 0) ?? [];
}
