import type { Done } from "./inside/subject.ts";
import type { Looked } from "./look.ts";

/** What was done as shipped and with what was learnt; the same answer where it works. */
export interface Compared extends Done {
  /** Empty where it was not done. */
  readonly learnt: string;
}

/** Does once more what was not answered as it was as shipped: a machine with much to do is late with some answers. */
export async function comparedActions(
  shipped: readonly Done[],
  again: () => Promise<readonly Done[]>,
): Promise<readonly Compared[]> {
  const first = answersOf(await again());
  const compare = (answers: ReadonlyMap<string, string>): Compared[] =>
    shipped.map((it) => ({ ...it, learnt: answers.get(it.what) ?? "" }));
  const isDone = (it: Compared): boolean => it.learnt === "" || it.learnt === it.answer;
  const once = compare(first);
  if (once.every(isDone)) return once;
  const twice = compare(answersOf(await again()));
  return once.map((it, i) => (isDone(it) ? it : (twice[i] ?? it)));
}

const answersOf = (done: readonly Done[]): ReadonlyMap<string, string> =>
  new Map(done.map((it) => [it.what, it.answer]));

/** Whether the same files come with the same owners, whether others may still read them, and whether nothing new is complained of. */
export async function comparedFiles(
  { made, complaints }: Pick<Looked, "made" | "complaints">,
  look: () => Promise<readonly Done[]>,
): Promise<readonly Compared[]> {
  let found = await look();
  // Some files come only after a minute.
  for (let i = 0; i < 4 && made.some((it) => !found.some((now) => now.what === it.what)); i++) {
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    found = await look();
  }
  const answers = answersOf(found);
  const missing = made.filter((it) => answers.get(it.what) === undefined).map((it) => it.what);
  const there = made.flatMap((it) => {
    const now = answers.get(it.what);
    return now === undefined ? [] : [{ what: it.what, before: it.answer, now }];
  });
  const owner = (answer: string): string => answer.replace(/, mode.*/, "");
  const others = there.filter((it) => owner(it.before) !== owner(it.now)).map((it) => it.what);
  const closed = there.filter((it) => lost(it.before, it.now)).map((it) => `${it.what}: ${it.before}, then ${it.now}`);
  const known = new Set(complaints);
  const said = found.filter((it) => it.what === "complaint" && !known.has(it.answer)).map((it) => it.answer);
  const compared = (what: string, wrong: readonly string[]): Compared => ({
    what,
    answer: "as shipped",
    learnt: wrong.length === 0 ? "as shipped" : `! ${wrong.slice(0, 3).join("; ")}`,
  });
  return [
    ...(made.length === 0
      ? []
      : [
          compared("the files that it makes, and their owners", [...missing, ...others]),
          compared("who may read what it makes", closed),
        ]),
    compared("what its journal complains of", said),
  ];
}

/** Whether the group or others may read less than before. */
function lost(before: string, now: string): boolean {
  const [was, is] = [before, now].map((it) => Number.parseInt(/mode (\d+)/.exec(it)?.[1] ?? "0", 8) & 0o044);
  return ((was ?? 0) & ~(is ?? 0)) !== 0;
}
