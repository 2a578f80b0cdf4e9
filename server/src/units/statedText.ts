/** What stands outside of a unit about what its service needs. */
export interface StatedText {
  /** As after the mark of a comment: `no homes`, `needs writes=/srv/shop`. */
  readonly text: string;
  /** The file that says it, for readers. */
  readonly from: string;
}
