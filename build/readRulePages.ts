import { marked, type Token } from "marked";
import type { PodmanVersion } from "../server/src/facts/podmanVersions.ts";
import type { SystemdVersion } from "../server/src/facts/version.ts";
import type { Example } from "../server/src/findings/ruleTexts.ts";
import { ownSentence } from "../server/src/text/ownMarkdown.ts";

/** What a page says of one rule. */
export interface WrittenRule {
  readonly title: string;
  readonly why: string;
  /** The manual page, with its section number. */
  readonly page: string;
  /** Missing where no text of a unit can be an example. */
  readonly examples?: { readonly bad: Example; readonly good: Example; readonly silent?: readonly Example[] };
}

type Changing<T> = { -readonly [K in keyof T]: T[K] };

/** Reads the rules of a page, in its order; its path is for errors, which name page and section where something is missing or cannot be read. */
export function readRulePage(path: string, markdown: string): ReadonlyMap<string, WrittenRule> {
  const rules = new Map<string, WrittenRule>();
  let code = "";
  let tokens: Token[] = [];
  const end = (): void => {
    if (code === "") return;
    if (rules.has(code)) throw new Error(`${path}: ${code} stands there twice`);
    rules.set(
      code,
      readSection(tokens, (why) => new Error(`${path}: ${code}: ${why}`)),
    );
  };
  for (const token of marked.lexer(markdown)) {
    if (token.type === "heading" && token.depth === 2) {
      end();
      code = token.text as string;
      tokens = [];
    } else if (token.type !== "space") tokens.push(token);
  }
  end();
  return rules;
}

type Fail = (why: string) => Error;

function readSection(tokens: readonly Token[], fail: Fail): WrittenRule {
  const [heading, reason] = tokens;
  const last = tokens.at(-1);
  const title = /^\*\*(.+?)\*\* \(.+\)$/s.exec(textOf(heading))?.[1];
  const page = /^(?:\[(.+?)\]\(\S+\)|(.+?)) · suppress it /.exec(textOf(last));
  if (title === undefined) throw fail("the first paragraph is no **title** with its severity");
  if (reason?.type !== "paragraph" || tokens.length < 4) throw fail("no paragraph says why");
  if (!page) throw fail("the last paragraph names no manual page");
  const examples = readExamples(tokens.slice(2, -1), fail);
  return {
    title: ownSentence(title),
    why: ownSentence(textOf(reason)),
    page: page[1] ?? page[2] ?? "",
    ...(examples ? { examples } : {}),
  };
}

/** `Found in `x.socket`, read for systemd 250:` and its kin. */
const NAME =
  /^(Found|Corrected|Not reported)(?: in `([^`]+)`)?(?:, read for systemd (\d+))?(?:, read for podman ([\d.]+))?:$/;
const FILE = /^(with|on a machine with) `([^`]+)`:$/;

function readExamples(tokens: readonly Token[], fail: Fail): WrittenRule["examples"] {
  const found: { readonly role: string; readonly example: Changing<Example> }[] = [];
  let name: RegExpExecArray | null = null;
  let file: RegExpExecArray | null = null;
  for (const token of tokens) {
    if (token.type === "paragraph") {
      file = FILE.exec(textOf(token));
      if (!file) name = NAME.exec(textOf(token));
      // An example that is no unit: what is found in it stands in the code.
      if (!file && !name) return undefined;
    } else if (token.type === "code") {
      const text = listed(token as Token & { readonly lang?: string; readonly text: string }, fail);
      const last = found.at(-1)?.example;
      if (file) {
        if (!last) throw fail(`a file stands before any example: ${file[2]}`);
        const key = file[1] === "with" ? "otherFiles" : "machine";
        last[key] = { ...last[key], [file[2] ?? ""]: text };
        file = null;
      } else if (name) found.push({ role: name[1] ?? "", example: named(name, text) });
    }
  }
  const [bad, good, ...silent] = found;
  if (bad?.role !== "Found") return undefined;
  if (good?.role !== "Corrected") throw fail("no corrected example follows the one that is found");
  if (silent.some((it) => it.role !== "Not reported")) throw fail("there is more than one pair of examples");
  const { otherFiles, machine } = bad.example;
  const around = { ...(otherFiles ? { otherFiles } : {}), ...(machine ? { machine } : {}) };
  const isAlone = !(good.example.otherFiles || good.example.machine);
  return {
    bad: bad.example,
    good: isAlone ? { ...good.example, ...around } : good.example,
    ...(silent.length > 0 ? { silent: silent.map((it) => it.example) } : {}),
  };
}

function named([, , path, version, podman]: RegExpExecArray, text: string): Example {
  return {
    ...(path === undefined ? {} : { path }),
    ...(version === undefined ? {} : { version: Number(version) as SystemdVersion }),
    ...(podman === undefined ? {} : { podman: Number(podman) as PodmanVersion }),
    text,
  };
}

/** The text of a listing; of `js` what its strings make together. */
function listed({ lang, text }: { readonly lang?: string; readonly text: string }, fail: Fail): string {
  if (lang !== "js") return `${text}\n`;
  const parts = text.split("\n").map((line) => {
    const [, quoted, times] = /^(".*")(?:\.repeat\((\d+)\))?$/.exec(line) ?? [];
    if (quoted === undefined) throw fail(`no string of JavaScript: ${line}`);
    return (JSON.parse(quoted) as string).repeat(times === undefined ? 1 : Number(times));
  });
  return parts.join("");
}

const textOf = (token: Token | undefined): string => (token?.type === "paragraph" ? (token.text as string) : "");
