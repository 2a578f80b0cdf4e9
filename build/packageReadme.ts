import { anchor } from "./markdown.ts";
import type { Repository } from "./repository.ts";

/** What the texts of the package are made from. */
export interface PackageSources {
  /** The text of a file of the project; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
  /** Without one nothing but the package itself can be linked, and no picture can be shown. */
  readonly repository: Repository | undefined;
  /** What stands instead of a picture that cannot be shown: Markdown, or nothing. */
  readonly insteadOf: (picture: string) => string | undefined;
}

/** Another document that goes into the README where there is no repository to link it in. */
export interface Folded {
  readonly path: string;
}

/**
 * A document for the extension's page, where VS Code opens https links and anchors of the page, and shows pictures with https
 * addresses alone: no files of the package, and no data: addresses. With a repository the links lead there. Without one they
 * lead to what is folded in, and what leads elsewhere is plain text. Fails where a link or picture is broken in the project
 * itself, and for what this does not understand.
 */
export function packageText(path: string, sources: PackageSources, folded: readonly Folded[] = []): string {
  const inside = sources.repository ? [] : folded;
  const parts = inside.map(({ path: other }) => {
    const text = deeper(rewritten(other, sources, inside, other).replace(/<!--.*?-->\n*/gs, ""));
    const [, heading = "", body = ""] = /^(#[^\n]*\n)(.*)$/s.exec(text.trimStart()) ?? [];
    return `${heading}${body}`;
  });
  return [rewritten(path, sources, inside, ""), ...parts].map((it) => `${it.trim()}\n`).join("\n");
}

/** A document with its links as the package needs them; anchors of its headings begin with `prefix`, if one is given. */
function rewritten(path: string, sources: PackageSources, inside: readonly Folded[], prefix: string): string {
  const { text, restore } = withoutCode(textOf(path, sources));
  const fail = (what: string): never => {
    throw new Error(`${path}: ${what}`);
  };
  if (/^\[[^\]]+\]:/m.test(text)) fail("links are written [text](target) here, not as references");
  if (/<(?:a|img|picture|video)\b/i.test(text)) fail("links and pictures are written as Markdown here");
  const linked = text.replace(LINK, (_, bang: string, label: string, target: string) => {
    const whole = restore(target);
    if (/^https:\/\//.test(whole)) return `${bang}[${label}](${whole})`;
    if (/^[a-z][\w+.-]*:|^\/\//i.test(whole)) fail(`${whole} would not open: only https does`);
    const [file = "", fragment = ""] = whole.split("#");
    const other = file === "" ? path : within(path, file);
    if (fragment !== "") checkAnchor(other, fragment, sources);
    else if (sources.read(other) === undefined) fail(`${whole} is not there`);
    if (bang) return picture(other, label, sources);
    return link(label, other, fragment, path, sources, inside, prefix);
  });
  return restore(prefix === "" ? linked : withAnchors(linked, prefix, restore));
}

/** A link or a picture. */
const LINK = /(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g;

function link(
  label: string,
  target: string,
  fragment: string,
  path: string,
  { repository }: PackageSources,
  inside: readonly Folded[],
  prefix: string,
): string {
  const suffix = fragment === "" ? "" : `#${fragment}`;
  if (target === path && suffix !== "") return `[${label}](#${prefix}${prefix && "--"}${fragment})`;
  if (repository) return `[${label}](${repository.page(target)}${suffix})`;
  if (inside.some((it) => it.path === target)) return `[${label}](#${target}${fragment && `--${fragment}`})`;
  if (target === "README.md" && suffix !== "") return `[${label}](${suffix})`;
  return label;
}

const PICTURE = /\.(?:png|jpe?g|gif|webp)$/;

function picture(path: string, label: string, { repository, insteadOf }: PackageSources): string {
  if (!PICTURE.test(path)) throw new Error(`${path}: a gallery of extensions takes no such picture`);
  if (label === "") throw new Error(`${path}: the picture has no text for those who do not see it`);
  return repository ? `![${label}](${repository.raw(path)})` : (insteadOf(path) ?? "");
}

/** A heading may be linked only if it is the only one of its name: VS Code gives several the same anchor. */
function checkAnchor(path: string, fragment: string, sources: PackageSources): void {
  const found = headings(textOf(path, sources)).filter((it) => it === fragment);
  if (found.length !== 1) throw new Error(`${path}: ${found.length} headings have the anchor #${fragment}`);
}

const HEADING = /^#{1,6} +(.*?) *$/gm;

/** The anchors of all headings. */
function headings(document: string): string[] {
  const { text, restore } = withoutCode(document);
  return [...text.matchAll(HEADING)].map((it) => anchorOf(restore(it[1] ?? "")));
}

const anchorOf = (heading: string): string => anchor(heading.replace(LINK, "$2"));

/** Puts an anchor of its own before each heading: other documents have headings of the same names. */
function withAnchors(text: string, prefix: string, restore: (text: string) => string): string {
  let first = true;
  return text.replace(HEADING, (line, heading: string) => {
    const name = first ? prefix : `${prefix}--${anchorOf(restore(heading))}`;
    first = false;
    return line.replace(/^#+ /, (marks) => `${marks}<a id="${name}"></a>`);
  });
}

/** The same text with all headings one level down. */
function deeper(document: string): string {
  const { text, restore } = withoutCode(document);
  return restore(text.replace(/^#{1,5} /gm, "#$&"));
}

/** A text with places in it for its code, in which nothing is a link, and how to put the code back. */
function withoutCode(document: string): { readonly text: string; readonly restore: (text: string) => string } {
  const pieces: string[] = [];
  const text = document.replace(/^(`{3,})[^\n]*\n.*?^\1$|(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\2(?!`)/gms, (code) => {
    pieces.push(code);
    return `\uE000${pieces.length - 1}\uE001`;
  });
  return { text, restore: (it) => it.replace(/\uE000(\d+)\uE001/g, (_, at: string) => pieces[Number(at)] ?? "") };
}

function textOf(path: string, { read }: PackageSources): string {
  const text = read(path);
  if (text === undefined) throw new Error(`${path} is not there`);
  return text;
}

/** The path that a link in a document leads to. */
function within(from: string, target: string): string {
  return new URL(target, `https://host/${from}`).pathname.slice(1);
}
