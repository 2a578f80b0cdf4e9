/** The day in UTC, such as 2027-01-31; until it ends, exceptions of a configuration hold. */
export const today = (): string => new Date().toISOString().slice(0, 10);
