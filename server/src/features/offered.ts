/*
 * The names that clients are told of when they connect. They stand apart from the features that they belong to, so that a
 * client gets its answer before all of those are loaded.
 */
import { CodeActionKind, SemanticTokenTypes } from "vscode-languageserver-types";
import type { TokenRole } from "../values/grammar.ts";

/** The characters that open a completion by themselves; all but the first two only in a value. */
export const COMPLETION_TRIGGERS = ["[", "=", " ", "%", "/", "~", ":", "@", "$", ","];

/** The commands of the lenses, where the client has no view for the report. */
export const REPORT_MARKDOWN = "unitWarden.reportMarkdown";
export const ADD_SAFE_SETTINGS = "unitWarden.addSafeSettings";

/** The command that gives the explanation of a failure as Markdown, for clients without a view; it takes the address and the text. */
export const FAILURE_MARKDOWN = "unitWarden.failureMarkdown";

/** The command that gives what was read of the programs of a service as Markdown; it takes the address. */
export const PROGRAM_MARKDOWN = "unitWarden.programMarkdown";

/** The kind of the action with all safe fixes: asked for by its name or by one above it, such as `source.fixAll`, and never offered unasked. */
export const FIX_ALL_KIND = "source.fixAll.unitWarden";

/** The kind of what hardens a service. */
export const HARDEN_KIND = CodeActionKind.RefactorRewrite;

/** How the parts of values look. */
export const ROLE_TYPES: Readonly<Record<TokenRole, SemanticTokenTypes>> = {
  word: SemanticTokenTypes.enumMember,
  number: SemanticTokenTypes.number,
  unit: SemanticTokenTypes.type,
  unitName: SemanticTokenTypes.class,
  operator: SemanticTokenTypes.operator,
  path: SemanticTokenTypes.string,
  name: SemanticTokenTypes.property,
  variable: SemanticTokenTypes.variable,
  program: SemanticTokenTypes.function,
  text: SemanticTokenTypes.string,
  specifier: SemanticTokenTypes.macro,
  escape: SemanticTokenTypes.regexp,
};

/** Words for yes and no look the same wherever they stand. */
export const BOOLEAN_TYPE = SemanticTokenTypes.keyword;

/** The legend that the numbers of semantic tokens count in. */
export const TOKEN_TYPES: readonly SemanticTokenTypes[] = [...new Set([...Object.values(ROLE_TYPES), BOOLEAN_TYPE])];
