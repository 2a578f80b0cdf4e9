/** What comments for Unit Warden have in one of their lines. */
export const MARK = "unit-warden:";
