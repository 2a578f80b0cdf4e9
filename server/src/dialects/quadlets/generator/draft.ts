import type { ServiceLine, ServiceSection } from "./service.ts";

interface OpenSection {
  name: string;
  readonly comments: ServiceLine[];
  lines: ServiceLine[];
}

/** A service while it is made: each section stands in it once, where it first came up. */
export class ServiceDraft {
  readonly #sections: OpenSection[];

  constructor(sections: readonly ServiceSection[]) {
    this.#sections = sections.map(({ name, comments, lines }) => ({
      name,
      comments: [...comments],
      lines: [...lines],
    }));
  }

  /** What it has become. */
  get sections(): readonly ServiceSection[] {
    return this.#sections;
  }

  /** Adds a line at the end of a section. */
  add(section: string, line: ServiceLine): void {
    this.#section(section).lines.push(line);
  }

  /** Adds a line before all others of a section. */
  prepend(section: string, line: ServiceLine): void {
    this.#section(section).lines.unshift(line);
  }

  /** Puts a line in the place of the last one with its key, or adds it. */
  set(section: string, line: ServiceLine): void {
    const { lines } = this.#section(section);
    const last = lines.findLastIndex(({ key }) => key === line.key);
    if (last < 0) lines.push(line);
    else lines[last] = line;
  }

  /** Takes all lines with a key out of a section. */
  remove(section: string, name: string): void {
    const own = this.#section(section);
    own.lines = own.lines.filter(({ key }) => key !== name);
  }

  /** Gives a section another name; where there is one of it already, they become one. */
  rename(from: string, to: string): void {
    const index = this.#sections.findIndex(({ name }) => name === from);
    const section = this.#sections[index];
    if (!section) return;
    const other = this.#sections.find(({ name }) => name === to);
    if (!other) {
      section.name = to;
      return;
    }
    for (const it of section.comments) other.comments.push(it);
    for (const it of section.lines) other.lines.push(it);
    this.#sections.splice(index, 1);
  }

  #section(name: string): OpenSection {
    const known = this.#sections.find((it) => it.name === name);
    if (known) return known;
    const section = { name, comments: [], lines: [] };
    this.#sections.push(section);
    return section;
  }
}
