import { readFileSync } from "node:fs";

/** The page whose listings are made from real runs. */
export const PAGE = "docs/learning.md";

/** A listing stands after its mark, in a block of code. */
const LISTING = /^<!-- listing: ([\w-]+) -->\n```(\w+)\n(.*?)^```$/gms;

/** The names of the listings of a page, in their order. */
export const listingsOf = (page: string): readonly string[] => [...page.matchAll(LISTING)].map(([, name = ""]) => name);

/** What stands in one of the listings. */
export const listingOf = (page: string, wanted: string): string =>
  [...page.matchAll(LISTING)].find(([, name]) => name === wanted)?.[3] ?? "";

/** The page with other listings; those that are not given stay. */
export function withListings(page: string, texts: ReadonlyMap<string, string>): string {
  return page.replace(LISTING, (whole: string, name: string, language: string) => {
    const text = texts.get(name);
    return text === undefined ? whole : `<!-- listing: ${name} -->\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  });
}

/** The page as it is. */
export const readPage = (): string => readFileSync(PAGE, "utf8");
