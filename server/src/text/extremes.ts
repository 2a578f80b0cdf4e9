/** The largest of some numbers, however many they are, and never less than `least`. */
export function largest(numbers: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let most = least;
  for (const it of numbers) if (it > most) most = it;
  return most;
}

/** The smallest of some numbers, however many they are; infinite of none. */
export function smallest(numbers: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const it of numbers) if (it < least) least = it;
  return least;
}
