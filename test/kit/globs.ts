/** A glob of VS Code as an expression for a whole path. */
export function globExpression(glob: string): RegExp {
  const parts = glob.match(/\*\*\/|\*|\[[^\]]+\]|\{[^}]*\}|[^*[{]+/g) ?? [];
  return new RegExp(`^${parts.map(expression).join("")}$`);
}

function expression(part: string): string {
  if (part === "**/") return "(?:.*/)?";
  if (part.startsWith("[")) return part;
  if (part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(expression).join("|")})`;
  return part.replace(/[.+?^${}()|\\]/g, "\\$&").replaceAll("*", "[^/]*");
}
