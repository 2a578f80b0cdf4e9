/** The end of the name of a file with what was learnt about a service; before it stands the name of the unit. */
export const LEARNT_SUFFIX = ".learnt.json";

/** The same of the file next to it, with what the runs were seen to need. */
export const NEEDS_SUFFIX = ".needs.json";

/** The file of the needs that belongs to one with what was learnt. */
export const needsPath = (learnt: string): string => learnt.slice(0, -LEARNT_SUFFIX.length) + NEEDS_SUFFIX;

/** Such a file as it lies next to a unit. What is read from it hangs on the object: the same object is read once. */
export interface LearntText {
  readonly path: string;
  readonly text: string;
  /** The file of the needs next to it; files of older versions hold them themselves. */
  readonly needs?: string | undefined;
}
