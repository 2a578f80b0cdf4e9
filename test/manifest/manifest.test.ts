import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { before, describe, it } from "mocha";
import { ruleSchema } from "../../build/ruleSchema.ts";
import { CONFIG_GLOBS, OTHER_LANGUAGES, LANGUAGE as OURS } from "../../client/unitFiles.ts";
import { podmanVersionNamed } from "../../server/src/facts/podmanVersions.ts";
import { targetNamed } from "../../server/src/facts/targets.ts";
import { TEMPLATE_SUFFIXES } from "../../server/src/facts/templateNames.ts";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";
import { configPath } from "../../server/src/families/configs/configPath.ts";
import { quadletPath } from "../../server/src/families/quadletFiles/quadletPath.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { CODES, FAMILIES } from "../../server/src/rules/codes.ts";
import { readSettings, SETTINGS } from "../../server/src/server/settings.ts";
import { built } from "../kit/built.ts";
import { globExpression } from "../kit/globs.ts";
import { readManifest } from "../kit/manifest.ts";

interface Language {
  readonly id: string;
  readonly extensions: readonly string[];
  readonly filenamePatterns: readonly string[];
  readonly configuration: string;
}

interface Setting {
  readonly type: string | readonly string[];
  readonly enum?: readonly (string | number)[];
  readonly patternProperties?: Readonly<Record<string, { readonly enum: readonly string[] }>>;
  readonly items?: { readonly enum: readonly (string | number)[] };
  readonly enumDescriptions?: readonly string[];
  readonly default: unknown;
  readonly markdownDescription: string;
}

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly main: string;
  readonly browser: string;
  readonly icon?: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: boolean };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly languages: readonly [Language];
    readonly grammars: readonly { readonly language: string; readonly scopeName: string; readonly path: string }[];
    readonly semanticTokenScopes: readonly { readonly language: string; readonly scopes: object }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; submenu?: string; when?: string }[]>>;
    readonly keybindings: readonly { readonly key: string; readonly when: string }[];
    readonly configurationDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly jsonValidation: readonly [{ readonly url: string }];
  };
}

const MANIFEST = readManifest<Manifest>();
const [LANGUAGE] = MANIFEST.contributes.languages;

/** Whether the editor gives a file the language by its name. */
function hasLanguage(path: string): boolean {
  const { extensions, filenamePatterns } = LANGUAGE;
  return (
    extensions.some((it) => posix.basename(path).endsWith(it)) ||
    filenamePatterns.some((it) => globExpression(it).test(path))
  );
}

describe("manifest: settings", () => {
  const { properties } = MANIFEST.contributes.configuration;

  it("are those that the server reads, with the same values and defaults", () => {
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(properties).map(([name, it]) => {
          const [entries] = Object.values(it.patternProperties ?? {});
          const values = it.type === "boolean" ? [true, false] : (it.enum ?? entries?.enum ?? it.items?.enum);
          return [name, { values, default: it.default }];
        }),
      ),
      SETTINGS,
    );
  });

  it("each say what they and their values mean", () => {
    for (const [name, it] of Object.entries(properties)) {
      assert.match(it.markdownDescription, /\.$/, name);
      if (it.type === "string") assert.equal(it.enumDescriptions?.length, it.enum?.length, name);
    }
  });

  it("have defaults that the server takes where nothing is set", () => {
    const defaults = {
      hardening: {
        profile: properties["unitWarden.hardening.profile"]?.default,
        findings: properties["unitWarden.hardening.findings"]?.default,
      },
      rules: properties["unitWarden.rules"]?.default,
      scope: properties["unitWarden.scope"]?.default,
      systemdVersion: properties["unitWarden.systemdVersion"]?.default,
      targets: properties["unitWarden.otherTargets"]?.default,
      podmanVersion: properties["unitWarden.podmanVersion"]?.default,
      workspaceDiagnostics: properties["unitWarden.workspaceDiagnostics"]?.default,
      completion: { newer: properties["unitWarden.completion.newer"]?.default },
      templates: properties["unitWarden.templates"]?.default,
      inlayHints: { enabled: properties["unitWarden.inlayHints.enabled"]?.default },
      manual: { source: properties["unitWarden.manual.source"]?.default },
    };
    const nonsense = {
      hardening: { profile: "x", findings: "all" },
      rules: { style: "loud", value: 1 },
      scope: "root",
      systemdVersion: "latest",
      inlayHints: { enabled: "yes" },
    };
    for (const sent of [undefined, null, 1, [], {}, { hardening: {}, inlayHints: null, systemdVersion: {} }, nonsense])
      assert.deepEqual(readSettings(sent), defaults);
  });

  it("are taken with each of their values", () => {
    for (const profile of properties["unitWarden.hardening.profile"]?.enum ?? [])
      assert.equal(readSettings({ hardening: { profile } }).hardening.profile, profile);
    for (const scope of SETTINGS["unitWarden.scope"].values) assert.equal(readSettings({ scope }).scope, scope);
    for (const findings of SETTINGS["unitWarden.hardening.findings"].values)
      assert.equal(readSettings({ hardening: { findings } }).hardening.findings, findings);
    for (const systemdVersion of properties["unitWarden.systemdVersion"]?.enum ?? []) {
      const { systemdVersion: version, targets } = readSettings({ systemdVersion });
      if (typeof systemdVersion === "number") assert.equal(version, systemdVersion);
      else assert.equal(version, targetNamed(systemdVersion)?.version ?? "auto");
      assert.deepEqual(
        targets.map(({ name }) => name),
        systemdVersion === "auto" ? [] : [String(systemdVersion)],
      );
    }
    for (const podmanVersion of properties["unitWarden.podmanVersion"]?.enum ?? [])
      assert.equal(readSettings({ podmanVersion }).podmanVersion, podmanVersionNamed(String(podmanVersion)) ?? "auto");
    assert.equal(readSettings({ podmanVersion: 5.4 }).podmanVersion, 5.4);
    const otherTargets = properties["unitWarden.otherTargets"]?.items?.enum ?? [];
    assert.deepEqual(
      readSettings({ otherTargets }).targets.map(({ name }) => name),
      otherTargets.map(String),
    );
    const several = readSettings({ systemdVersion: ["debian-12", 257, "nothing"], otherTargets: "rhel-9, 999" });
    assert.equal(several.systemdVersion, 252);
    assert.deepEqual(
      several.targets.map(({ name }) => name),
      ["debian-12", "257", "rhel-9"],
    );
    for (const source of SETTINGS["unitWarden.manual.source"].values)
      assert.equal(readSettings({ manual: { source } }).manual.source, source);
    for (const severity of SETTINGS["unitWarden.rules"].values)
      assert.deepEqual(readSettings({ rules: { style: severity, value: "x" } }).rules, { style: severity });
    for (const enabled of [true, false])
      assert.equal(readSettings({ inlayHints: { enabled } }).inlayHints.enabled, enabled);
    for (const newer of [true, false]) assert.equal(readSettings({ completion: { newer } }).completion.newer, newer);
  });

  it("take every code and every family as the name of a rule", () => {
    const [pattern = ""] = Object.keys(properties["unitWarden.rules"]?.patternProperties ?? {});
    for (const name of [...CODES, ...Object.keys(FAMILIES), "value/", "value/*"])
      assert.match(name, new RegExp(pattern));
    for (const name of ["Value", "value/path/x", "/path", ""]) assert.doesNotMatch(name, new RegExp(pattern));
  });

  it("are completed with every code and every family, each with what it is about", () => {
    const schema = ruleSchema() as { readonly properties: { readonly "unitWarden.rules": { properties: object } } };
    const names = Object.entries(schema.properties["unitWarden.rules"].properties as Record<string, object>);
    assert.deepEqual(names.map(([name]) => name).sort(), [...new Set([...CODES, ...Object.keys(FAMILIES)])].sort());
    for (const [name, entry] of names) {
      const { description, enum: values } = entry as { description: string; enum: unknown };
      assert.match(description, /^[A-Z]/, name);
      assert.deepEqual(values, SETTINGS["unitWarden.rules"].values);
    }
  });

  it("count a version that is not covered as the nearest one that is", () => {
    const read = (systemdVersion: unknown): unknown => readSettings({ systemdVersion }).systemdVersion;
    assert.deepEqual([0, 238, 252, 259, 999].map(read), [239, 239, 252, 259, NEWEST_VERSION]);
    const texts = ["package.nls.json", "package.nls.de.json"].map((path) => JSON.parse(readFileSync(path, "utf8")));
    for (const { "setting.systemdVersion": text } of texts as Record<string, string>[])
      assert.deepEqual(text?.match(/\b2\d\d\b/g), [String(OLDEST_VERSION)]);
    assert.deepEqual(["259", "999", "auto", "", 257.5, null].map(read), [
      259,
      NEWEST_VERSION,
      "auto",
      "auto",
      "auto",
      "auto",
    ]);
  });
});

describe("manifest: language", () => {
  it("has the extensions of all kinds of units", () => {
    const own = ["container", "kube", "volume", "artifact", "quadlets"];
    const configs = ["network", "netdev", "link", "nspawn", "dnssd", "dns-delegate", "oomrule"];
    assert.deepEqual(
      [...LANGUAGE.extensions].sort(),
      [...UNIT_KINDS, ...own, ...configs].map((kind) => `.${kind}`).sort(),
    );
  });

  it("takes quadlets, those with suffixes that other programs use only in their folders", () => {
    const takes = (path: string): boolean => hasLanguage(path) && quadletPath(path) !== undefined;
    for (const kind of ["container", "pod", "kube", "volume", "network", "image", "build"]) {
      for (const folder of ["/etc/containers/systemd", "/home/me/.config/containers/systemd/app", "/work/quadlets"])
        assert.ok(takes(`${folder}/x.${kind}`), kind);
      assert.ok(takes(`/etc/containers/systemd/x.${kind}.d/10.conf`), kind);
      assert.ok(takes(`/etc/containers/systemd/${kind}.d/10.conf`), kind);
    }
    assert.ok(takes("/work/x.container") && takes("/work/x.container.d/10.conf"));
    for (const path of ["/usr/share/perl5/x.pod", "/work/x.image", "/work/x.build"])
      assert.equal(hasLanguage(path), false, path);
  });

  for (const kind of UNIT_KINDS)
    it(`takes ${kind} units, their drop-ins and what systemctl edit makes of both`, () => {
      const random = "0123456789abcdef";
      for (const path of [
        `/etc/systemd/system/x.${kind}`,
        `/etc/systemd/system/x@.${kind}`,
        `/etc/systemd/system/x.${kind}.d/override.conf`,
        `/etc/systemd/system/x-.${kind}.d/10-first.conf`,
        `/etc/systemd/system/${kind}.d/10-all.conf`,
        `/etc/systemd/system/.#x.${kind}${random}`,
        `/etc/systemd/system/x.${kind}.d/.#override.conf${random}`,
        `/x.${kind}.d/override.conf`,
        ...Object.keys(TEMPLATE_SUFFIXES).flatMap((it) => [
          `/src/x.${kind}.${it}`,
          `/src/x.${kind}.d/10.conf.${it}`,
          `/src/${kind}.d/10.conf.${it}`,
        ]),
      ]) {
        assert.ok(hasLanguage(path), path);
        assert.equal(unitPath(path)?.kind, kind, `the server does not know ${path}`);
      }
    });

  it("takes the configurations of systemd's other programs, by the globs of the client", () => {
    for (const glob of CONFIG_GLOBS)
      assert.ok(LANGUAGE.filenamePatterns.includes(glob) || glob.startsWith("**/*.{network"), glob);
    for (const path of [
      "/etc/systemd/resolved.conf",
      "/etc/systemd/system.conf.d/10.conf",
      "/etc/systemd/network/10-lan.network",
      "/etc/systemd/network/10-lan.network.d/a.conf",
      "/usr/lib/repart.d/10-root.conf",
      "/usr/lib/sysupdate.kiosk.d/a.feature",
      "/work/mkosi.repart/00-esp.conf",
    ]) {
      assert.ok(hasLanguage(path), path);
      assert.ok(configPath(path), `the server does not know ${path}`);
    }
  });

  it("leaves other files alone, as the server does", () => {
    for (const path of [
      "/work/tests/login.feature",
      "/work/a.transfer",
      "/etc/systemd/system/x.service.d/notes.txt",
      "/etc/systemd/system/x.service.d/deeper/a.conf",
      "/etc/systemd/system/x.service.bak",
      "/etc/systemd/system/.#x.service.swp",
      "/etc/systemd/system/services.d/a.conf",
      "/etc/nginx/conf.d/site.conf",
      "/home/me/service",
      "/home/me/notes.md",
    ]) {
      assert.equal(hasLanguage(path), false, path);
      assert.equal(unitPath(path), undefined, `the server takes ${path} for a unit`);
    }
  });

  it("has a grammar of its own", () => {
    const [grammar] = MANIFEST.contributes.grammars;
    assert.equal(grammar?.language, LANGUAGE.id);
    assert.equal(grammar?.scopeName, JSON.parse(readFileSync(grammar?.path ?? "", "utf8")).scopeName);
    assert.notEqual(grammar?.scopeName, "source.systemd", "other extensions have a grammar of this name");
  });

  it("is served under the names of other extensions, too", () => {
    const { semanticTokenScopes, menus } = MANIFEST.contributes;
    const all = [LANGUAGE.id, ...OTHER_LANGUAGES];
    assert.equal(LANGUAGE.id, OURS);
    assert.deepEqual(
      semanticTokenScopes.map((it) => it.language),
      all,
    );
    for (const it of semanticTokenScopes) assert.deepEqual(it.scopes, semanticTokenScopes[0]?.scopes);
    for (const { command, submenu, when = "" } of Object.values(menus).flat())
      for (const [, pattern = ""] of when.matchAll(/editorLangId (.*?)(?: && |$)/g)) {
        const matched = all.filter((it) => new RegExp(/^=~ \/(.*)\/$/.exec(pattern)?.[1] ?? "$^").test(it));
        const wanted = command === "unitWarden.useForUnitFiles" ? OTHER_LANGUAGES : all;
        assert.deepEqual(matched, wanted, `${command ?? submenu}: editorLangId ${pattern}`);
      }
  });

  it("activates the extension, as do those of files in which units may stand", () => {
    const hosts = ["nix", "shellscript", "dockerfile", "yaml", "json", "jsonc", "markdown", "plaintext"];
    for (const id of [LANGUAGE.id, ...OTHER_LANGUAGES, ...hosts])
      assert.ok(MANIFEST.activationEvents.includes(`onLanguage:${id}`));
    assert.deepEqual(
      MANIFEST.activationEvents.filter((it) => it === "*" || it.startsWith("onStartup")),
      [],
      "the extension must not start with the editor",
    );
  });
});

describe("manifest: defaults of the editor", () => {
  const { configurationDefaults } = MANIFEST.contributes;

  it("keep words of other files out of a unit, under whatever id it is open", () => {
    const ids = [LANGUAGE.id, "systemd-unit-file", "systemd-conf", "systemd-unit"];
    assert.deepEqual(
      Object.keys(configurationDefaults),
      ids.map((it) => `[${it}]`),
    );
    for (const settings of Object.values(configurationDefaults)) {
      assert.equal(settings["editor.wordBasedSuggestions"], "off");
      assert.deepEqual(settings["editor.quickSuggestions"], { comments: "off", other: "on", strings: "on" });
    }
  });

  it("let Enter end a line that is whole, and all lines where the user wants it", () => {
    for (const [id, settings] of Object.entries(configurationDefaults)) {
      assert.equal(settings["editor.acceptSuggestionOnEnter"], "smart", id);
      const key = MANIFEST.contributes.keybindings.find((it) => it.key === "enter");
      const [, languages = ""] = /editorLangId =~ \/(\S+)\/ /.exec(key?.when ?? "") ?? [];
      assert.match(id.slice(1, -1), new RegExp(languages));
      assert.match(key?.when ?? "", /config\.editor\.acceptSuggestionOnEnter == 'off'/);
    }
  });

  it("change nothing by saving that means something, and format only when asked", () => {
    const settings = configurationDefaults[`[${LANGUAGE.id}]`] ?? {};
    // A blank behind a backslash is the end of the value: without it the next line would belong to it.
    assert.equal(settings["files.trimTrailingWhitespace"], false);
    assert.equal(settings["editor.defaultFormatter"], `${MANIFEST.publisher}.${MANIFEST.name}`);
    assert.ok(!("editor.formatOnSave" in settings));
  });
});

describe("manifest: where it runs", () => {
  it("is in untrusted and in virtual workspaces", () => {
    assert.equal(MANIFEST.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(MANIFEST.capabilities.virtualWorkspaces, true);
  });
});

describe("manifest: package", () => {
  before(built);

  it("names files that are there", () => {
    const { main, browser, bin, icon, contributes } = MANIFEST;
    const named = [
      main,
      browser,
      ...Object.values(bin),
      ...(icon ? [icon] : []),
      LANGUAGE.configuration,
      contributes.jsonValidation[0].url,
      ...contributes.grammars.map((it) => it.path),
    ];
    assert.deepEqual(
      named.filter((it) => !existsSync(it)),
      [],
    );
  });
});
