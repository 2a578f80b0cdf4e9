type Attributes = Readonly<Record<string, string | number>>;

/** An element as XML; its content is XML already. */
export function xmlElement(name: string, attributes: Attributes, content: readonly string[] = []): string {
  const start = openTag(name, attributes);
  return content.length === 0 ? `${start.slice(0, -1)}/>` : `${start}${content.join("\n")}</${name}>`;
}

/** The start of an element whose content follows. */
export function openTag(name: string, attributes: Attributes): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapedXml(String(value))}"`);
  return `<${name}${written.join("")}>`;
}

/** Text as XML; a tab or a new line would become a space in an attribute if it stood there as it is. */
export function escapedXml(text: string): string {
  // What no document of XML 1.0 may hold, not even as a reference.
  const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
  return text.replace(forbidden, "\ufffd").replace(/[&<>"'\t\n\r]/g, (it) => `&#${it.charCodeAt(0)};`);
}
