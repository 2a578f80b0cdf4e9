import { posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/**
 * Modules that only some files need: they are initialised, with all that only they import, when something of them is first
 * used. `test/main/startUp.test.ts` counts what is called for a unit that needs none of them.
 */
export const LATER: ReadonlySet<string> = new Set(
  [
    "catalog/configTables",
    "families/configFamilies",
    "families/quadletFiles",
    "hosts/changes",
    "hosts/nix/readNix",
    "hosts/yaml/yamlTree",
    "learn/contradictions",
    "quadlets/generate",
    "rules/allRules",
    "rules/codes",
    "rules/quadlet/parts",
    "security/exposure",
    "service/containers/serviceTraps",
    "values/configTypes",
    "values/grammars/quadletGrammars",
  ].map((it) => `server/src/${it}.ts`),
);

/** Something to write in place of a part of a text. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A name that a module takes from one that is loaded later. */
interface LaterName {
  readonly from: LaterModule;
  readonly imported: string;
}

/** A module that is loaded later: how it is asked for, and how it is imported. */
interface LaterModule {
  readonly get: string;
  readonly declaration: { readonly start: number; readonly end: number };
  readonly source: string;
}

/**
 * The text of the module at a path, which asks for what it imports from those that are loaded later only where it uses that. An
 * import that is used while the module itself is initialised stays what it is.
 */
export function withLaterImports(text: string, path: string, later: ReadonlySet<string> = LATER): string {
  const { program } = parseSync(path, text);
  const names = new Map<string, LaterName>();
  const atOnce = new Set<LaterModule>();
  const uses: (Change & { readonly from: LaterModule })[] = [];
  const notRead = new Set<object>();
  const types: { readonly start: number; readonly end: number }[] = [];
  let depth = 0;
  const enter = (): void => void depth++;
  const leave = (): void => void depth--;
  const isType = (it: { readonly start: number; readonly end: number }): void => void types.push(it);
  const visitor = new Visitor({
    ImportDeclaration(node) {
      const { start, end, source, specifiers, importKind } = node;
      if (importKind === "type" || !later.has(posix.join(posix.dirname(path), source.value))) return;
      const from: LaterModule = { get: `later${names.size}`, declaration: { start, end }, source: source.raw ?? "" };
      for (const it of specifiers) {
        if (it.type === "ImportSpecifier" && it.importKind === "type") continue;
        const imported =
          it.type === "ImportSpecifier" && it.imported.type === "Identifier" ? it.imported.name : undefined;
        if (imported === undefined) atOnce.add(from);
        else names.set(it.local.name, { from, imported });
        notRead.add(it.local);
        if (it.type === "ImportSpecifier") notRead.add(it.imported);
      }
    },
    ExportNamedDeclaration({ source, specifiers }) {
      for (const { local, exported } of specifiers) {
        notRead.add(exported);
        if (source) notRead.add(local);
      }
    },
    FunctionDeclaration: enter,
    "FunctionDeclaration:exit": leave,
    FunctionExpression: enter,
    "FunctionExpression:exit": leave,
    ArrowFunctionExpression: enter,
    "ArrowFunctionExpression:exit": leave,
    MemberExpression({ computed, property }) {
      if (!computed) notRead.add(property);
    },
    Property({ computed, shorthand, key, value }) {
      if (!computed) notRead.add(key);
      const known = shorthand && key.type === "Identifier" ? names.get(key.name) : undefined;
      if (!known) return;
      notRead.add(value);
      use(known, key.start, key.end, `${text.slice(key.start, key.end)}: `);
    },
    PropertyDefinition({ computed, key }) {
      if (!computed) notRead.add(key);
    },
    MethodDefinition({ computed, key }) {
      if (!computed) notRead.add(key);
    },
    TSTypeAnnotation: isType,
    TSInterfaceDeclaration: isType,
    TSTypeAliasDeclaration: isType,
    TSTypeParameterInstantiation: isType,
    TSTypeParameterDeclaration: isType,
    TSAsExpression: ({ typeAnnotation }) => isType(typeAnnotation),
    TSSatisfiesExpression: ({ typeAnnotation }) => isType(typeAnnotation),
    Identifier(node) {
      const known = names.get(node.name);
      if (known && !notRead.has(node)) use(known, node.start, node.end, "");
    },
  });
  function use({ from, imported }: LaterName, start: number, end: number, before: string): void {
    if (types.some((it) => it.start <= start && end <= it.end)) return;
    if (depth === 0) atOnce.add(from);
    // Where a name of its own hides what is imported, this is no JavaScript, which ends the build.
    uses.push({ from, start, end, text: `${before}(${from.get}().${imported})` });
  }
  visitor.visit(program);
  const modules = [...new Set([...names.values()].map((it) => it.from))].filter((it) => !atOnce.has(it));
  const imports = modules.map(({ get, declaration: { start, end }, source }): Change => {
    const lines = "\n".repeat(text.slice(start, end).split("\n").length - 1);
    return { start, end, text: `let ${get}Made; const ${get} = () => (${get}Made ??= require(${source}));${lines}` };
  });
  return changed(text, [...imports, ...uses.filter((it) => !atOnce.has(it.from))]);
}

function changed(text: string, changes: readonly Change[]): string {
  let before = "";
  let from = 0;
  for (const it of [...changes].sort((a, b) => a.start - b.start)) {
    before += text.slice(from, it.start) + it.text;
    from = it.end;
  }
  return before + text.slice(from);
}
