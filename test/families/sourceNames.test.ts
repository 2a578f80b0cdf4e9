import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { TEMPLATE_SUFFIXES } from "../../server/src/facts/templateNames.ts";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { recognize } from "../../server/src/families/families.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";

/** What a path says, as `role name scope`, with the dialect and who renames it. */
function read(path: string): string | undefined {
  const parts = unitPath(path);
  const { role, name = "*", scope, template, by } = parts ?? {};
  return parts && [role, name, scope, template, by].filter((it) => it !== undefined).join(" ");
}

function reads(expected: Readonly<Record<string, string | undefined>>): void {
  for (const [path, it] of Object.entries(expected)) assert.equal(read(path), it, path);
}

describe("names of templates", () => {
  it("are those of all kinds with the suffix of their language", () => {
    for (const kind of UNIT_KINDS) {
      for (const [suffix, dialect] of Object.entries(TEMPLATE_SUFFIXES)) {
        assert.equal(read(`/src/a.${kind}.${suffix}`), `unit a.${kind} system ${dialect}`);
        assert.equal(read(`/src/a@.${kind}.${suffix}`), `unit a@.${kind} system ${dialect}`);
        assert.equal(read(`/src/a.${kind}.d/10.conf.${suffix}`), `drop-in a.${kind} system ${dialect}`);
        assert.equal(read(`/src/${kind}.d/10.conf.${suffix}`), `drop-in * system ${dialect}`);
        assert.equal(recognize(`/src/a.${kind}.${suffix}`)?.kind, kind);
      }
    }
  });

  it("may have several suffixes, of which the last is filled in first", () => {
    reads({
      "a.service.in.in": "unit a.service system configure",
      "a.service.m4.in": "unit a.service system configure",
      "a.service.in.j2": "unit a.service system jinja",
    });
  });

  it("may themselves be filled in", () => {
    reads({
      "@NAME@.service": "unit @NAME@.service system configure",
      "lib-@NAME@.timer": "unit lib-@NAME@.timer system configure",
      "{{ name }}.service.j2": "unit {{ name }}.service system jinja",
      "{{cookiecutter.name}}.socket": "unit {{cookiecutter.name}}.socket system jinja",
      "__APP__.service": "unit __APP__.service system any",
      "%NAME%.service": "unit %NAME%.service system any",
      [`${"$"}{name}.service.tftpl`]: `unit ${"$"}{name}.service system any`,
    });
  });

  it("say whose manager reads them like other files", () => {
    assert.equal(read("/x/systemd/user/a.service.in"), "unit a.service user configure");
  });

  it("are those of drop-ins in the folder of a unit, whatever they are called there", () => {
    reads({
      "a.service.d/a.service.j2": "drop-in a.service system jinja",
      "a.service.d/limits.service.in": "drop-in a.service system configure",
      "a.service.d/a.service": "unit a.service system",
      "templates/a.service.j2": "unit a.service system jinja",
    });
  });

  it("are no others that look alike", () => {
    reads({
      "getty@tty1.service": "unit getty@tty1.service system",
      "a@B@.service": "unit a@B@.service system",
      "a__b__.service": "unit a__b__.service system",
      "service.j2": undefined,
      ".service.in": undefined,
      "a.service.inc": undefined,
      "a.conf.in": undefined,
      "x.service.d/README.in": undefined,
      "x.service.d/y/10.conf.in": undefined,
      "a.in.service": "unit a.in.service system",
    });
  });
});

describe("names in debian/", () => {
  it("are those under which debhelper installs the files", () => {
    reads({
      "debian/foo.service": "unit foo.service system",
      "debian/foo@.service": "unit foo@.service system",
      "debian/foo.bar.service": "unit bar.service system debhelper",
      "debian/foo.bar-baz.timer": "unit bar-baz.timer system debhelper",
      "debian/foo@.bar.service": "unit bar@.service system debhelper",
      "debian/foo.var-lib-foo.mount": "unit var-lib-foo.mount system debhelper",
      "debian/foo.user.service": "unit foo.service user debhelper",
      "debian/foo@.user.socket": "unit foo@.socket user debhelper",
      "debian/foo.bar.user.path": "unit bar.path user debhelper",
      "debian/foo.bar.service.in": "unit bar.service system configure debhelper",
    });
  });

  it("are their own where debhelper does not install them", () => {
    reads({
      "debian/getty@tty1.service": "unit getty@tty1.service system",
      "debian/foo.bar.slice": "unit foo.bar.slice system",
      "debian/tests/foo.bar.service": "unit foo.bar.service system",
      "/x/foo.bar.service": "unit foo.bar.service system",
      "debian/foo.install": undefined,
    });
  });
});

describe("names of chezmoi", () => {
  it("are those in the reader's home", () => {
    const folder = "/home/a/.local/share/chezmoi/private_dot_config/exact_systemd/user";
    reads({
      [`${folder}/a.service`]: "unit a.service user chezmoi",
      [`${folder}/private_a.service`]: "unit a.service user chezmoi",
      [`${folder}/readonly_executable_a.timer.tmpl`]: "unit a.timer user go chezmoi",
      [`${folder}/a.service.d/private_10.conf.tmpl`]: "drop-in a.service user go chezmoi",
      [`${folder}/exact_a.service.d/10.conf`]: "drop-in a.service user chezmoi",
      [`${folder}/create_a.service`]: "unit a.service user chezmoi",
      [`${folder}/literal_private_a.service`]: "unit private_a.service user chezmoi",
    });
  });

  it("are no units where the text becomes something else", () => {
    const folder = "dot_config/systemd/user";
    reads({
      [`${folder}/default.target.wants/symlink_a.service`]: undefined,
      [`${folder}/modify_a.service`]: undefined,
      [`${folder}/encrypted_private_a.service.age`]: undefined,
      [`${folder}/remove_a.service`]: undefined,
    });
  });

  it("count below a folder of dotfiles alone", () => {
    assert.equal(read("/etc/systemd/system/private_a.service"), "unit private_a.service system");
  });
});
