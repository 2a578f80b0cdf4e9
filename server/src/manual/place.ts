/** A page, and where on it to look. */
export interface ManualPlace {
  readonly page: string;
  readonly section: string;
  /** The id of an entry or heading. */
  readonly anchor?: string;
  /** Words to search for on it, where there is no such id. */
  readonly find?: string;
}

/** The client's command that opens a page in a view; it takes a ManualPlace. */
export const OPEN_MANUAL = "unitWarden.openManual";
