/** What the body of a snippet writes before anything in it is changed: the defaults of its places, and of choices the first. */
export function snippetText(body: string): string {
  const defaults = new Map<string, string>();
  return body
    .replace(/\$\{(\d+)(?:\|([^,|]*)[^}]*|:([^}]*))\}/g, (_, stop: string, first?: string, value = first ?? "") => {
      defaults.set(stop, value);
      return value;
    })
    .replace(/\$(\d+)/g, (_, stop: string) => defaults.get(stop) ?? "")
    .trimEnd();
}
