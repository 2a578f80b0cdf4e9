/** In which language a text is written that is filled in before systemd reads it; `any` where its name does not tell. */
export type TemplateDialect =
  | "configure"
  | "jinja"
  | "go"
  | "erb"
  | "epp"
  | "mustache"
  | "ejs"
  | "empy"
  | "mako"
  | "m4"
  | "any";

/** What stands after the name of the file that is made of a template. `configure` are also the templates of Meson and CMake. */
export const TEMPLATE_SUFFIXES = {
  in: "configure",
  cmake: "configure",
  j2: "jinja",
  jinja: "jinja",
  jinja2: "jinja",
  gotmpl: "go",
  erb: "erb",
  epp: "epp",
  mustache: "mustache",
  hbs: "mustache",
  ejs: "ejs",
  em: "empy",
  mako: "mako",
  m4: "m4",
  tmpl: "any",
  tpl: "any",
  tftpl: "any",
  template: "any",
} as const satisfies Readonly<Record<string, TemplateDialect>>;

/** The same as a glob of LSP and VS Code: `{in,j2,…}`. */
export const TEMPLATE_GLOB = `{${Object.keys(TEMPLATE_SUFFIXES).join(",")}}`;
