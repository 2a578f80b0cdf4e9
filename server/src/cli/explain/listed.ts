import { manualUrl } from "../../catalog/manualLink.ts";
import type { ManualSource } from "../../features/manual.ts";
import type { IndexedName } from "../../manual/directiveIndex.ts";
import { bareTerm } from "../../manual/terms.ts";
import { type DirectiveQuery, fromManual } from "./directive.ts";
import type { Explanation } from "./layout.ts";

/**
 * A name that systemd.directives(7) lists and that no table of ours has: variables, credentials, fields of the journal, words
 * of the kernel's command line, options of tables and commands. Of pages that are not there only their names are known.
 */
export function explainListed({ name: written, source }: DirectiveQuery): Explanation[] {
  const name = bareTerm(written) || written;
  if (!source || name === "") return [];
  return source.manual
    .index()
    .flatMap(({ title, names }) =>
      names.filter((it) => isNamed(it, name)).flatMap(({ pages }) => listed(name, title, pages, source)),
    );
}

const isNamed = ({ name }: IndexedName, wanted: string): boolean =>
  name.split(", ").some((it) => it === wanted || bareTerm(it) === wanted);

function listed(
  name: string,
  kind: string,
  pages: readonly string[],
  source: Omit<ManualSource, "views">,
): readonly Explanation[] {
  const entries = pages.flatMap((it) => source.manual.entry(it.replace(/\(\w+\)$/, ""), undefined, name) ?? []);
  const elsewhere = pages.filter((it) => !entries.some((entry) => it === `${entry.page}(${entry.manualSection})`));
  const more = elsewhere.map(
    (it) => `${it}: ${manualUrl(it.replace(/\(\w+\)$/, ""), undefined, source.manual.version)}`,
  );
  const title = `${name} (${kind})`;
  return entries.length === 0
    ? [{ title, parts: [`Described in ${more.join(", ")}`] }]
    : entries.map((it, i) => ({
        title,
        parts: [...fromManual(it, name, source), i === 0 && more.length > 0 ? `Also in ${more.join(", ")}` : undefined],
      }));
}
