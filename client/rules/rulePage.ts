/** The part of a page of docs/rules that is about one code, as a page of its own; undefined where it has none. */
export function rulePage(family: string, code: string): string | undefined {
  const begun = `\n${family}`.split(`\n## ${code}\n`)[1];
  if (begun === undefined) return undefined;
  const [section = ""] = begun.split(/^## (?=[a-z]+\/[a-z-]+$)/m);
  return `# ${code}\n${section.trimEnd()}\n`;
}
