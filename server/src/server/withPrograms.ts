import type { FileAccess } from "./fileAccess.ts";

/** What is made of units, made again once programs of theirs are read that were not in time. */
export async function withPrograms<T>({ lateReadings }: FileAccess, make: () => Promise<T>): Promise<T> {
  const made = await make();
  const late = lateReadings?.pending();
  if (!late) return made;
  await late;
  return make();
}
