/** Adds all of some items to a list, however many they are: a spread into `push` ends in an error of the stack for a hundred thousand. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const it of items) list.push(it);
}

/** Puts all of some items before those of a list. */
export function prepend<T>(list: T[], items: Iterable<T>): void {
  const rest = list.splice(0);
  append(list, items);
  append(list, rest);
}
