import type { FileReading } from "../reading.ts";
import { signsOfModule } from "../script/languageTable.ts";
import type { SignName } from "../sign.ts";
import { type BuiltPrograms, manifestReading, type NamedPart, withSign } from "./manifest.ts";

/** What a project of Maven or Gradle builds: an archive of its name. */
export function javaPrograms(text: string, isMaven: boolean): BuiltPrograms {
  const own = isMaven
    ? /<artifactId>\s{0,99}([\w.-]{1,200})\s{0,99}<\/artifactId>/.exec(withoutParts(text))?.[1]
    : /^\s{0,99}rootProject\.name\s{0,9}=\s{0,9}["']([\w.-]{1,200})["']/m.exec(text)?.[1];
  const final = isMaven ? /<finalName>([\w.-]{1,200})<\/finalName>/.exec(text)?.[1] : undefined;
  return { names: [own, final].filter((it) => it !== undefined), scripts: [] };
}

/** What comes before or behind the name of a project, which has names of others. */
function withoutParts(text: string): string {
  let rest = text;
  for (const part of ["parent", "dependencies", "dependencyManagement", "build", "profiles", "reporting"]) {
    const [start, end] = [rest.indexOf(`<${part}>`), rest.lastIndexOf(`</${part}>`)];
    if (start >= 0 && end > start) rest = rest.slice(0, start) + rest.slice(end);
  }
  return rest;
}

/** What the archives speak of that a project is built of; Java compiles while it runs. */
export function javaSource(path: string, text: string): FileReading {
  const isMaven = path.endsWith(".xml");
  const reading = manifestReading(path, isMaven ? inMaven(text) : inGradle(text), signsOfArchive);
  return withSign(reading, "compiles", "Java");
}

function inMaven(text: string): readonly NamedPart[] {
  const found: NamedPart[] = [];
  let line = 1;
  let from = 0;
  for (const { 1: group = "", 2: name = "", 3: rest = "", index } of text.matchAll(
    /<dependency>\s{0,200}<groupId>([^<]{1,200})<\/groupId>\s{0,200}<artifactId>([^<]{1,200})<\/artifactId>((?:(?!<\/dependency>)[\s\S]){0,1000})/g,
  )) {
    line += text.slice(from, index).split("\n").length - 1;
    from = index;
    if (!/<scope>\s{0,9}(?:test|provided)/.test(rest)) found.push({ name: `${group.trim()}:${name.trim()}`, line });
  }
  return found;
}

const inGradle = (text: string): readonly NamedPart[] =>
  text.split("\n").flatMap((row, i) => {
    const [, kind = "", name] =
      /^\s{0,99}(\w{1,40})[ \t(]{1,9}["']([\w.-]{1,200}:[\w.-]{1,200})(?::[^"']{0,99})?["']/.exec(row) ?? [];
    const isUsed = /^(?:implementation|api|compile|runtimeOnly|runtime)$/.test(kind);
    return name === undefined || !isUsed ? [] : [{ name, line: i + 1 }];
  });

function signsOfArchive(coordinates: string): readonly SignName[] {
  const [group = "", name = ""] = coordinates.split(":");
  const signs = [...signsOfModule("java", name), ...signsOfModule("java", group.replaceAll(".", "/"))];
  return [...new Set(signs)];
}
