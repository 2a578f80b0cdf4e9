import { TEMPLATE_SUFFIXES, type TemplateDialect } from "../facts/templateNames.ts";

const SUFFIXES: ReadonlyMap<string, TemplateDialect> = new Map(Object.entries(TEMPLATE_SUFFIXES));

/** Whether files that end so are filled in before anything reads them. */
export const isTemplateSuffix = (end: string): boolean => SUFFIXES.has(end);

/** A file may be filled in several times, as `x.service.in.in`: the last of the languages is the first to be read. */
export function withoutTemplateSuffixes(file: string): { readonly file: string; readonly template?: TemplateDialect } {
  let name = file;
  let template: TemplateDialect | undefined;
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".")) {
    const dialect = SUFFIXES.get(name.slice(dot + 1));
    if (!dialect) break;
    template ??= dialect;
    name = name.slice(0, dot);
  }
  return template ? { file: name, template } : { file };
}
