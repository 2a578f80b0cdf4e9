import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { validate } from "dockerfile-utils";
import { after, before, describe, it } from "mocha";
import { parse } from "yaml";
import { makeNpmPackage } from "../../build/npmPackage.ts";
import { packagingTexts } from "../../build/packagingTexts.ts";
import { CONFIGURATION_NAMES } from "../../server/src/configuration/configuration.ts";
import { built } from "../kit/built.ts";
import { itWith, makepkg, printed } from "../kit/programs.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
const REPOSITORY = "https://github.com/o/r";

describe("packaging", () => {
  let folder: string;
  let texts: ReadonlyMap<string, string>;
  const textOf = (path: string): string => texts.get(path) ?? assert.fail(`${path} is not there`);
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-recipes-"));
    chmodSync(folder, 0o755);
    const tarball = makeNpmPackage(folder);
    const sha256 = createHash("sha256").update(readFileSync(tarball)).digest();
    texts = packagingTexts({ version, repository: REPOSITORY, sha256 });
    for (const [path, text] of texts) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it("is in the list of its README, and leaves nothing open", () => {
    const rows = Array.from(
      readFileSync("packaging/README.md", "utf8").matchAll(/^\| `([^`]+)` \|/gm),
      (it) => it[1] ?? "",
    );
    const known = (path: string): boolean =>
      rows.some((it) => path === it || (it.endsWith("/") && path.startsWith(it)));
    for (const [path, text] of texts) {
      assert.ok(known(path), path);
      assert.doesNotMatch(text, /@[A-Z\d]+@/, path);
    }
    for (const it of rows.filter((row) => !row.startsWith("github/")))
      assert.ok(
        [...texts.keys()].some((path) => path.startsWith(it)),
        it,
      );
  });

  it("has a file for containers that dockerfile-utils takes, of the command alone", () => {
    const text = textOf("container/Containerfile");
    assert.deepEqual(validate(text), []);
    assert.match(text, new RegExp(`^COPY unit-warden-${version}\\.tgz /tmp/$`, "m"));
    assert.match(text, /^USER node$/m);
  });

  itWith("nix-instantiate", "has a flake that Nix parses", () => {
    assert.match(printed("nix-instantiate", ["--parse", join(folder, "nix/flake.nix")]), /unit-warden/);
    assert.match(textOf("nix/flake.nix"), /hash = "sha256-[\w+/]{43}=";/);
  });

  itWith("nix-instantiate", "has a flake whose package installs from the npm package", () => {
    const { src, installPhase } = JSON.parse(
      printed("nix-instantiate", ["--eval", "--strict", "--json", "--expr", flakeIn(join(folder, "nix/flake.nix"))]),
    );
    assert.equal(src.url, `${REPOSITORY}/releases/download/v${version}/unit-warden-${version}.tgz`);
    const source = join(folder, "nix-source");
    mkdirSync(source);
    printed("tar", ["-xzf", join(folder, `unit-warden-${version}.tgz`), "-C", source]);
    // A build has no home and no program but those of its inputs.
    const script = `${NIX_BUILDER}\nout=$PWD/../out HOME=/homeless-shelter\n${installPhase}\n$out/bin/unit-warden --version`;
    assert.match(
      printed("bash", ["-euc", script], join(source, "package")),
      new RegExp(`^unit-warden ${version}$`, "m"),
    );
  });

  itWith("shellcheck", "has a PKGBUILD without complaints of shellcheck", () => {
    const assigned = ["SC2034", "SC2154"]; // makepkg reads what is assigned, and sets $pkgdir
    printed("shellcheck", ["--shell=bash", `--exclude=${assigned.join()}`, join(folder, "aur/PKGBUILD")]);
  });

  itWith("makepkg", "has a PKGBUILD that makepkg reads", () => {
    const aur = join(folder, "aur");
    if (process.getuid?.() === 0) printed("chown", ["-R", "nobody", aur]);
    assert.match(makepkg(["--printsrcinfo"], aur), new RegExp(`^\tpkgver = ${version}$`, "m"));
  });

  it("has an entry for Mason", () => {
    const entry = parse(textOf("editors/mason.yaml"), { strict: true });
    assert.deepEqual(Object.keys(entry), [
      ...["name", "description", "homepage", "licenses", "languages", "categories", "source", "bin", "neovim"],
    ]);
    assert.equal(entry.source.id, `pkg:npm/unit-warden@${version}`);
    assert.deepEqual(entry.bin, { "unit-warden": "npm:unit-warden" });
    assert.ok(texts.has(`editors/${entry.neovim.lspconfig}.lua`));
  });

  it("has a package for Sublime Text: LSP finds the settings by the name of the plugin", () => {
    const [, name = ""] = /return "(.*)"/.exec(textOf("editors/LSP-unit-warden/plugin.py")) ?? [];
    const settings = JSON.parse(textOf(`editors/LSP-${name}/LSP-${name}.sublime-settings`));
    assert.deepEqual(settings.command, ["unit-warden", "lsp", "--stdio"]);
    for (const it of Object.keys(settings.settings)) assert.ok(settingNames().includes(it), it);
  });

  itWith("python3", "has a plugin for Sublime Text that Python compiles", () => {
    const path = join(folder, "editors/LSP-unit-warden/plugin.py");
    printed("python3", ["-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())", path]);
  });

  it("has the licence in each package that has a repository of its own", () => {
    for (const it of ["LSP-unit-warden", "zed"])
      assert.equal(textOf(`editors/${it}/LICENSE`), readFileSync("LICENSE", "utf8"), it);
  });

  it("has an element for the list of lsp-mode, which names the client", () => {
    const entry = JSON.parse(textOf("editors/lsp-clients.json"));
    assert.deepEqual(Object.keys(entry), [
      ...["name", "full-name", "server-name", "server-url", "installation", "debugger"],
    ]);
    assert.ok(texts.has(`editors/lsp-${entry.name}.el`));
  });

  it("has for Helix what its set-up in the guide has", () => {
    const guide = readFileSync("docs/editors.md", "utf8");
    const lines = textOf("editors/helix.toml").split("\n");
    for (const it of ["[[language]]", 'name = "systemd"']) {
      assert.ok(lines.includes(it), it);
      assert.ok(guide.includes(`\n${it}\n`), it);
    }
    assert.match(lines.join("\n"), /^language-servers = \["unit-warden", /m);
    assert.match(lines.join("\n"), /^unit-warden = \{ command = "unit-warden", args = \["lsp", "--stdio"\] \}$/m);
  });

  it("has an entry for SchemaStore, of a schema that is there and the names that a configuration may have", () => {
    const entry = JSON.parse(textOf("editors/schemastore.json"));
    assert.deepEqual(Object.keys(entry), ["name", "description", "fileMatch", "url"]);
    assert.deepEqual(
      entry.fileMatch,
      CONFIGURATION_NAMES.filter((it) => it !== "package.json"),
    );
    const [, path = ""] = /^https:\/\/github\.com\/o\/r\/raw\/main\/(.*)$/.exec(entry.url) ?? [];
    assert.doesNotThrow(() => JSON.parse(readFileSync(path, "utf8")));
    assert.match(entry.description, /^.{10,120}[^.]$/);
  });

  it("names all suffixes to editors that tell languages by them", () => {
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
    const own = contributes.languages.find(({ id }: { id: string }) => id === "systemd").extensions as string[];
    const page = readFileSync("docs/editors.md", "utf8");
    const places = {
      Zed: textOf("editors/zed/languages/systemd/config.toml"),
      Neovim: sectionOf(page, "Neovim"),
      Emacs: sectionOf(page, "Emacs"),
      Helix: sectionOf(page, "Helix"),
    };
    for (const [editor, text] of Object.entries(places))
      assert.deepEqual(
        own.filter((it) => !text.includes(`"${it.slice(1)}"`)),
        [],
        editor,
      );
  });
});

/** The package of a flake, with a stand-in for nixpkgs, which is large and has to be downloaded. */
const flakeIn = (path: string): string => `
  let
    pkgs = {
      makeWrapper = ""; installShellFiles = ""; nodejs = ${JSON.stringify(process.execPath)}; fetchurl = it: it;
      lib = { getExe = it: it; licenses = { mit = ""; lgpl21Plus = ""; }; };
      stdenvNoCC.mkDerivation = of: of (of { });
    };
    system = f: { x86_64-linux = f "x86_64-linux"; };
    nixpkgs = { lib.genAttrs = names: f: system f; legacyPackages = system (it: pkgs); };
  in
  ((import ${path}).outputs { inherit nixpkgs; }).packages.x86_64-linux.default`;

/** What the flake uses of the builder of nixpkgs. */
const NIX_BUILDER = `
runHook() { :; }
makeWrapper() { mkdir -p "$(dirname "$2")"; printf '#!/bin/sh\\nexec %s %s "$@"\\n' "$1" "$4" >"$2"; chmod +x "$2"; }
installShellCompletion() { for it; do [ -s "$it" ]; done; }`;

/** The names of all settings of the extension. */
function settingNames(): readonly string[] {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const groups = [contributes.configuration].flat() as readonly { readonly properties: object }[];
  return groups.flatMap((it) => Object.keys(it.properties));
}

/** What a page says under a heading. */
const sectionOf = (page: string, heading: string): string =>
  page.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? assert.fail(heading);
