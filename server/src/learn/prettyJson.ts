const MAX_LINE = 160;

/** JSON in the same bytes for the same content, with short objects on a line of their own, so that a change shows as the lines it is about. */
export const prettyJson = (value: unknown): string => `${pretty(value, "")}\n`;

function pretty(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || line.length + indent.length <= MAX_LINE) return line;
  const inner = `${indent} `;
  if (Array.isArray(value)) return `[\n${value.map((it) => inner + pretty(it, inner)).join(",\n")}\n${indent}]`;
  const entries = Object.entries(value).filter(([, it]) => it !== undefined);
  const lines = entries.map(([key, it]) => `${inner}${JSON.stringify(key)}: ${pretty(it, inner)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
