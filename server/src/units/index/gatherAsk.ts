/**
 * What `gather` wants to know next: the names in a folder, a file, or where a link leads, whose text is asked for only if it
 * turns out to count.
 */
export type Ask =
  | { readonly kind: "list"; readonly folder: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "link"; readonly path: string };

/** The answer: names, of which links are marked; or the text and the target of a link, both missing for what is not there. */
export interface Answer {
  readonly names?: readonly { readonly name: string; readonly link: boolean }[];
  readonly text?: string | undefined;
  readonly link?: string | undefined;
}

/** Asks several things at once and goes on with the answers, in the same order. */
export type Gathering<T> = Generator<readonly Ask[], T, readonly Answer[]>;
