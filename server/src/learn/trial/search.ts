import type { Relaxation, SearchResult, Setup, TrialAnswer, TrialSetting, TriedSetting } from "./trial.ts";
import { trimmedList } from "./trim.ts";

type Broken = Extract<TrialAnswer, { works: false }>;
type Asking<T> = Generator<Setup, T, TrialAnswer>;

/**
 * Searches for the tightest setup that works; that nothing works without any setting has to be known before. Each setup that it
 * yields is to be tried and answered. About the number of culprits times the logarithm of the number of settings is tried, never
 * more than `most`. Where less of a setup that works works too, no setting of the result can be put back to its tighter value.
 */
export function* searchTightest(settings: readonly TrialSetting[], most: number): Asking<SearchResult> {
  const search = new Search(settings, most);
  yield* search.run();
  return search.result();
}

/** Evidence of this weight is tried before settings are halved. */
const LIKELY_ENOUGH = 60;
/** As many setups are tried on the word of the evidence before settings are halved. */
const MOST_BY_EVIDENCE = 12;
/** As many loosened values of one setting that was found by halving. */
const MOST_OF_ONE = 5;

/** What is known so far; `base` is always a setup that works. */
class Search {
  readonly #settings: readonly TrialSetting[];
  readonly #most: number;
  #tries = 0;
  #byEvidence = 0;
  #base: Setup;
  /** What each setting shall have next. */
  #values: Setup;
  /** As many of the first settings are in the base with their values. */
  #settled = 0;
  readonly #reasons = new Map<number, string>();
  /** Loosened values that the evidence named and that did not help. */
  readonly #useless = new Set<string>();
  /** Tighter values of settings that were loosened on the word of the evidence alone. */
  readonly #doubtful = new Map<number, readonly (readonly string[])[]>();

  constructor(settings: readonly TrialSetting[], most: number) {
    this.#settings = settings;
    this.#most = most;
    this.#base = settings.map(() => []);
    this.#values = settings.map((it) => it.lines);
  }

  *run(): Asking<void> {
    while (this.#settled < this.#settings.length) {
      const answer = yield* this.#tryAll();
      if (!answer) return;
      if (answer.works) break;
      const culprit = yield* this.#halve(answer);
      if (!culprit) return;
      yield* this.#weaken(culprit.at, culprit.answer);
    }
    yield* this.#tighten();
    yield* this.#trim();
  }

  result(): SearchResult {
    const settings = this.#settings.map(({ lines: tightest }, i): TriedSetting => {
      const lines = this.#base[i] ?? [];
      const reason = this.#reasons.get(i);
      if (isSame(lines, tightest)) return { outcome: "held", lines, reason: undefined };
      if (lines.length > 0) return { outcome: "weaker", lines, reason };
      return { outcome: i < this.#settled ? "refused" : "open", lines, reason };
    });
    return { setup: this.#base, settings, tries: this.#tries };
  }

  /** Undefined once there were enough tries. */
  *#ask(setup: Setup): Asking<TrialAnswer | undefined> {
    if (this.#tries >= this.#most) return undefined;
    this.#tries++;
    const answer = yield setup;
    if (answer.works) this.#base = setup;
    return answer;
  }

  /** Tries all settings, and loosens those that the evidence names as long as that leads on. */
  *#tryAll(): Asking<TrialAnswer | undefined> {
    let answer = yield* this.#ask(this.#values);
    let options = answer && !answer.works ? answer : undefined;
    let at = 0;
    while (answer && !answer.works && options && this.#byEvidence < MOST_BY_EVIDENCE) {
      const option: Relaxation | undefined = options.relaxed[at++];
      if (!option) break;
      if (option.weight < LIKELY_ENOUGH || option.at < this.#settled) continue;
      const before = this.#values[option.at] ?? [];
      const key = [option.at, ...option.lines].join("\n");
      if (isSame(option.lines, before) || this.#useless.has(key)) continue;
      this.#byEvidence++;
      const next = yield* this.#ask(withLines(this.#values, option.at, option.lines));
      if (!next) return undefined;
      if (!next.works && isBlamed(next, option)) {
        this.#useless.add(key);
        continue;
      }
      this.#values = withLines(this.#values, option.at, option.lines);
      this.#reasons.set(option.at, reasonFor(options, option.at));
      if (next.works) this.#doubtful.delete(option.at);
      else this.#doubtful.set(option.at, [...(this.#doubtful.get(option.at) ?? []), before]);
      answer = next;
      options = next.works ? undefined : next;
      at = 0;
    }
    if (answer?.works) this.#settled = this.#settings.length;
    return answer;
  }

  /** The first setting with which those before it break, and how; whole groups are taken as long as there are several. */
  *#halve(all: Broken): Asking<{ readonly at: number; readonly answer: Broken } | undefined> {
    let end = this.#settings.length;
    let answer = all;
    while (end - this.#settled > 1) {
      const middle = this.#middle(this.#settled, end);
      const found = yield* this.#ask(this.#prefix(middle));
      if (!found) return undefined;
      if (found.works) this.#settled = middle;
      else [end, answer] = [middle, found];
    }
    return { at: this.#settled, answer };
  }

  /** Between two places: where a group begins, if one begins in the middle half. */
  #middle(from: number, to: number): number {
    const middle = (from + to) >> 1;
    const quarter = (to - from) >> 2;
    for (let by = 0; by <= quarter; by++)
      for (const at of [middle - by, middle + by])
        if (at > from && at < to && this.#settings[at]?.group !== this.#settings[at - 1]?.group) return at;
    return middle;
  }

  #prefix(end: number): Setup {
    return this.#values.map((it, i) => (i < end ? it : []));
  }

  /** Finds the tightest value of a setting with which those before it work; none is left where no value does. */
  *#weaken(at: number, broken: Broken): Asking<void> {
    this.#reasons.set(at, reasonFor(broken, at));
    const before = this.#prefix(at);
    const tried = [this.#values[at] ?? []];
    const byEvidence = (answer: Broken): (readonly string[])[] =>
      answer.relaxed.flatMap((it) => (it.at === at ? [it.lines] : []));
    let candidates = [...byEvidence(broken), ...(this.#settings[at]?.weaker ?? [])];
    let attempts = MOST_OF_ONE;
    for (let next = candidates.shift(); next && attempts > 0; next = candidates.shift()) {
      const lines = next;
      if (lines.length === 0 || tried.some((it) => isSame(it, lines))) continue;
      tried.push(lines);
      attempts--;
      const answer = yield* this.#ask(withLines(before, at, lines));
      if (!answer) return;
      if (answer.works) {
        this.#values = withLines(this.#values, at, lines);
        this.#settled = at + 1;
        this.#doubtful.delete(at);
        return;
      }
      candidates = [...byEvidence(answer), ...candidates];
    }
    this.#values = withLines(this.#values, at, []);
    this.#settled = at + 1;
    this.#doubtful.delete(at);
  }

  /** Puts back, one by one, what may have been loosened for nothing. */
  *#tighten(): Asking<void> {
    for (const [at, tighter] of this.#doubtful) {
      for (const lines of tighter) {
        const answer = yield* this.#ask(withLines(this.#base, at, lines));
        if (!answer) return;
        if (answer.works) break;
        this.#reasons.set(at, reasonFor(answer, at));
      }
    }
  }

  /** Takes out of lists that were loosened what is not needed. */
  *#trim(): Asking<void> {
    for (const [at, { list, lines: tightest }] of this.#settings.entries()) {
      const lines = this.#base[at] ?? [];
      if (list === undefined || isSame(lines, tightest)) continue;
      const steps = trimmedList(lines, { list, tightest });
      for (let step = steps.next(); !step.done; ) {
        const answer = yield* this.#ask(withLines(this.#base, at, step.value));
        if (!answer) return;
        step = steps.next(answer.works);
      }
    }
  }
}

/** Whether the same evidence speaks against a setting once it is loosened. */
const isBlamed = (answer: Broken, { at, evidence }: Relaxation): boolean =>
  answer.relaxed.some((it) => it.at === at && it.evidence === evidence);

const withLines = (setup: Setup, at: number, lines: readonly string[]): Setup =>
  setup.map((it, i) => (i === at ? lines : it));

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((it, i) => it === b[i]);
}

/** Why one setting is loosened: what the evidence says of others is no reason. */
function reasonFor({ reason, symptom, relaxed }: Broken, at: number): string {
  if (symptom === undefined) return reason;
  const own = relaxed.find((it) => it.at === at);
  return own ? `${symptom}; ${own.evidence}` : symptom;
}
