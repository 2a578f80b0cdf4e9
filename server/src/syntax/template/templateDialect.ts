import type { Span } from "../../text/span.ts";

/** How a placeholder is written, which shows who fills it in. */
export type PlaceholderDialect =
  | "at"
  | "underscores"
  | "braces"
  | "go"
  | "jinja"
  | "terraform"
  | "erb"
  | "empy"
  | "dollar"
  | "percent"
  | "hash"
  | "m4"
  | "word"
  | "cpp"
  | "own";

/** What the name of a file says of its language: m4 replaces words that look like any others. */
export type NamedTemplate = "m4" | "other";

/** A stretch of a template that something else will stand for. */
export interface Placeholder extends Span {
  readonly dialect: PlaceholderDialect;
}

/** What a hover says of a placeholder: who puts a value in its place, the end of a sentence. */
export const FILLED_BY: Readonly<Record<PlaceholderDialect, string>> = {
  at: "a build system such as Meson, CMake or Autoconf",
  underscores: "an installer",
  braces: "a template engine such as Jinja or Mustache",
  go: "a Go template, as Helm and chezmoi use them",
  jinja: "Jinja, as Ansible and Salt use it, or an engine like it",
  terraform: "Terraform",
  erb: "ERB, as Puppet and Chef use it, or EJS",
  empy: "EmPy",
  dollar: "a program such as envsubst; systemd expands no variables here",
  percent: "an installer",
  hash: "an installer",
  m4: "m4",
  word: "an installer, such as a script with sed",
  cpp: "a preprocessor",
  own: "what the configuration of the team names",
};
