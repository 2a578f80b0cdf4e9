import { isWithin } from "../../values/path.ts";
import { type LearnContext, usedAs } from "./learnContext.ts";

/** Where names belong to nobody for long. */
const TEMPORARY = ["/tmp", "/var/tmp"];

/** A path without what differs from run to run: numbers and random letters in names that the run itself made, and of processes, become `*`. */
export function stableName({ needs }: Pick<LearnContext, "needs">, path: string): string {
  if (!path.startsWith("/")) return path;
  const isTemporary = TEMPORARY.some((it) => isWithin(path, it));
  let at = "";
  const names = path.slice(1).split("/");
  return names
    .map((name) => {
      const above = at;
      at += `/${name}`;
      const need = Object.hasOwn(needs.paths, at) ? needs.paths[at] : undefined;
      const isMade = need !== undefined && !need.folded && usedAs(need, ["make", "remove", "bind"]).length > 0;
      const isProcess = above === "/proc" && /^\d+$/.test(name);
      return `/${isMade || isTemporary || isProcess ? withoutRandom(name) : name}`;
    })
    .join("");
}

/** The same of several paths, sorted, each once. */
export const stableNames = (context: Pick<LearnContext, "needs">, paths: readonly string[]): readonly string[] =>
  [...new Set(paths.map((it) => stableName(context, it)))].sort();

/** The same of each path in a sentence. */
export const stableText = (context: Pick<LearnContext, "needs">, text: string): string =>
  text.replace(/(?<=^|\s)\/\S+/g, (it) => stableName(context, it));

/** A name with `*` for numbers of processes, times and dates, which have two digits at least, and for six random letters or more, as of mkstemp(). */
export const withoutRandom = (name: string): string =>
  name
    .replace(/[A-Za-z0-9]{6,}/g, (it) => (isRandom(it) ? "*" : it))
    .replace(/^tmp[a-z0-9_]{8}$/, "tmp*")
    .replace(/\d{2,}/g, "*")
    .replace(/\*(?:[-_.:]?\*)+/g, "*");

/** Capital letters among others, or letters on both sides of a digit, which names that people give seldom have. */
const isRandom = (text: string): boolean =>
  (/.[A-Z]/.test(text) && /[a-z\d]/.test(text)) || /[A-Za-z]\d+[A-Za-z]/.test(text);
