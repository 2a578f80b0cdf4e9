/** Whether a name of an image says which registry it is from, or is a number or a quadlet. */
export function isUnambiguousImage(name: string): boolean {
  if (/\.(?:image|build)$/.test(name) || /^sha256:/.test(name) || /^[0-9a-f]{64}$/.test(name)) return true;
  const slash = name.indexOf("/");
  const registry = slash < 0 ? "" : name.slice(0, slash);
  return registry === "localhost" || /[.:]/.test(registry);
}
