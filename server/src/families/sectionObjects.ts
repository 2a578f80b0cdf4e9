/**
 * Which sections are one object to the program that reads them, in the order of their first lines: all of one name, or each
 * alone where the family says that they may repeat.
 */
export function sectionObjects<S extends { readonly name: string }>(
  sections: readonly S[],
  separate: readonly string[],
): readonly (readonly S[])[] {
  const objects: S[][] = [];
  const byName = new Map<string, S[]>();
  for (const section of sections) {
    const known = separate.includes(section.name) ? undefined : byName.get(section.name);
    if (known) known.push(section);
    else {
      const made = [section];
      byName.set(section.name, made);
      objects.push(made);
    }
  }
  return objects;
}
