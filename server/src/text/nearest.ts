import { distance } from "fastest-levenshtein";

/**
 * The up to three words that a reader may have meant by `word`, best first; case counts half. Empty where nothing is near,
 * which is farther away than `limit` letters. Without a limit, the only word that goes on after it at a `_` or `-` is near.
 */
export function nearest(word: string, candidates: Iterable<string>, limit?: number): string[] {
  const most = limit ?? Math.max(1, Math.floor(word.length / 3));
  const lower = word.toLowerCase();
  const found: { candidate: string; cost: number }[] = [];
  const longer: string[] = [];
  for (const candidate of candidates) {
    if (limit === undefined && goesOn(lower, candidate.toLowerCase())) longer.push(candidate);
    if (Math.abs(candidate.length - word.length) > most) continue;
    const cost = swapped(lower, candidate.toLowerCase()) ? 1 : distance(lower, candidate.toLowerCase());
    if (cost <= most) found.push({ candidate, cost: cost + (candidate === word ? 0 : 0.5) });
  }
  const [only] = longer;
  if (only !== undefined && longer.length === 1 && !found.some((it) => it.candidate === only))
    found.push({ candidate: only, cost: 1 });
  found.sort((a, b) => a.cost - b.cost || (a.candidate < b.candidate ? -1 : 1));
  const best = found[0]?.cost ?? 0;
  return found
    .filter((it) => it.cost <= best + 1)
    .slice(0, 3)
    .map((it) => it.candidate);
}

/** The end of a message: whether the nearest word was meant, where there is one, and what follows. */
export function nearestEnding(meant: string | undefined, consequence: string): string {
  if (meant === undefined) return consequence && `: ${consequence}`;
  return `; did you mean ${meant}?${consequence && ` ${consequence}`}`;
}

const goesOn = (word: string, longer: string): boolean =>
  word.length >= 4 && /[_-]/.test(longer.charAt(word.length)) && longer.startsWith(word);

/** Whether two words differ only in two neighbouring letters that changed places, the commonest slip of the fingers. */
function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
