import type { ProgramForm } from "../reading.ts";

/** How a language separates code, comments and strings. */
export interface ScriptSyntax {
  /** Where something other than code may begin. */
  readonly stops: RegExp;
  readonly comments: readonly string[];
  /** Comments and texts over several lines: what opens them, and what closes. */
  readonly blocks: readonly (readonly [string, RegExp])[];
  readonly quotes: string;
  /** Quotes whose strings may run over lines. */
  readonly multiline: string;
  /** Quotes in which nothing is put in. */
  readonly raw: string;
  /** What is put into strings. */
  readonly insertions?: RegExp;
  /** Whether only strings with a letter before them have insertions. */
  readonly prefixed?: boolean;
  readonly triple?: boolean;
  /** Whether backticks are text, not a command. */
  readonly template?: boolean;
  /** Whether a slash may begin a pattern. */
  readonly patterns?: boolean;
  readonly heredoc?: RegExp;
  /** Quotes with a name and signs of their choice. */
  readonly operators?: RegExp;
  /** What code begins with, in a text that is none. */
  readonly begins?: RegExp;
  /** After which there is no more code. */
  readonly ends?: RegExp;
}

const NONE = { comments: [], blocks: [], raw: "'", multiline: "" } as const;
const VARIABLES = /[$@]\{?[A-Za-z_][\w:]*(?:(?:->)?[[{][^\]}\n]{0,60}[\]}])*\}?|\$[\d&]/g;

/** The languages of scripts but for shells. */
export const SYNTAXES: Partial<Record<ProgramForm, ScriptSyntax>> & { readonly python: ScriptSyntax } = {
  python: {
    ...NONE,
    stops: /"""|'''|["'#([{)\]}]/g,
    comments: ["#"],
    quotes: "\"'",
    raw: "",
    triple: true,
    prefixed: true,
    insertions: /\{[^{}]{0,200}\}/g,
  },
  node: {
    ...NONE,
    stops: /\/\*|\/\/|["'`/]/g,
    comments: ["//"],
    blocks: [["/*", /\*\//g]],
    quotes: "\"'`",
    raw: "\"'",
    multiline: "`",
    template: true,
    patterns: true,
    insertions: /\$\{[^}]{0,200}\}/g,
  },
  perl: {
    ...NONE,
    stops:
      /^=[a-z]\w*|^__(?:END|DATA)__|<<~?["'`]?[A-Za-z_]\w{0,60}["'`]?|(?<![\w$@%&>:-])(?:q[qwxr]?|m|s|tr|y)(?:\s?[({[<]|[!|/#~,])|["'`#/\n]/gm,
    comments: ["#"],
    blocks: ["=pod", "=head1", "=head2", "=head3", "=item", "=over", "=begin", "=for", "=encoding"].map(
      (it) => [it, /^=cut\b.*/gm] as const,
    ),
    quotes: "\"'`",
    multiline: "\"'`",
    patterns: true,
    insertions: VARIABLES,
    heredoc: /^<<~?["'`]?(?<mark>\w+)/,
    operators: /^(?<name>q[qwxr]?|m|s|tr|y)\s?(?<open>[^\w\s])$/,
    ends: /^__(?:END|DATA)__$/,
  },
  ruby: {
    ...NONE,
    stops: /^=begin|^__END__|<<[~-]?["'`]?[A-Z_]\w{0,60}["'`]?|%[qQwWiIxr]?[({[<|!/]|["'`#/\n]/gm,
    comments: ["#"],
    blocks: [["=begin", /^=end\b.*/gm]],
    quotes: "\"'`",
    multiline: "\"'`",
    patterns: true,
    insertions: /#\{[^}]{0,200}\}/g,
    heredoc: /^<<[~-]?["'`]?(?<mark>\w+)/,
    operators: /^(?<name>%[qQwWiIxr]?)(?<open>[^\w\s])$/,
    ends: /^__END__$/,
  },
  php: {
    ...NONE,
    stops: /\/\*|\/\/|\?>|<<<[ \t]?["']?[A-Za-z_]\w{0,60}["']?|["'`#\n]/g,
    comments: ["//", "#"],
    blocks: [["/*", /\*\//g]],
    quotes: "\"'`",
    multiline: "\"'`",
    insertions: VARIABLES,
    heredoc: /^<<<[ \t]?["']?(?<mark>\w+)/,
    begins: /<\?(?:php\b|=)/g,
  },
  lua: {
    ...NONE,
    stops: /--\[\[|--|\[\[|["']/g,
    comments: ["--"],
    blocks: [
      ["--[[", /\]\]/g],
      ["[[", /\]\]/g],
    ],
    quotes: "\"'",
    raw: "\"'",
  },
};
