/** The end of the name of a file with what was learnt about a service; before it stands the name of the unit. */
export const LEARNT_SUFFIX = ".learnt.json";

/** Such a file as it lies beside a unit. What is read from it hangs on the object: the same object is read once. */
export interface LearntText {
  readonly path: string;
  readonly text: string;
}
