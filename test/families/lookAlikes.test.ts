import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { recognize } from "../../server/src/families/families.ts";
import { LOOK_ALIKES, lookAlikeIn } from "../../server/src/families/lookAlikes.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";

const RUN = "[Service]\nExecStart=/bin/true\n";

describe("look-alikes: by their place", () => {
  const PLACES: Readonly<Record<string, string>> = {
    "/usr/share/dbus-1/system-services/org.example.A.service": "dbus-activation",
    "data/dbus-1/services/org.example.A.service.in": "dbus-activation",
    "/etc/avahi/services/ssh.service": "avahi-services",
    "/etc/apparmor.d/local/a.service": "apparmor-profile",
    "/etc/systemd/system/u.service.d/.10.conf": "hidden-drop-in",
    "dot_config/systemd/user/u.service.d/dot_10.conf": "hidden-drop-in",
    "dot_config/systemd/user/default.target.wants/symlink_a.service": "link",
    "dot_config/systemd/user/modify_a.service": "script",
    "dot_config/systemd/user/encrypted_a.service.age": "ciphertext",
    "dot_config/systemd/user/remove_a.timer": "removal",
  };

  it("are no units, whatever is in them", () => {
    for (const [path, kind] of Object.entries(PLACES)) {
      assert.equal(recognize(path)?.kind, kind, path);
      assert.equal(unitPath(path), undefined, path);
    }
  });

  it("are not the units of those programs themselves", () => {
    for (const path of [
      "/usr/lib/systemd/system/dbus.service",
      "dbus-1/bus/dbus.service.in",
      "avahi/avahi-daemon/avahi-daemon.service.in",
      "/etc/systemd/system/apparmor.service",
      "/etc/systemd/system/u.service.d/10.conf",
      "/etc/systemd/system/u.service.d/.#override.conf0123456789abcdef",
    ])
      assert.notEqual(unitPath(path), undefined, path);
  });

  it("have names of other files where they have them", () => {
    for (const path of ["/usr/share/dbus-1/system.d/a.conf", "/etc/avahi/services/README", "/etc/apparmor.d/usr.bin.a"])
      assert.equal(recognize(path), undefined, path);
  });
});

describe("look-alikes: by what is in them", () => {
  const TEXTS: readonly (readonly [kind: keyof typeof LOOK_ALIKES | undefined, path: string, text: string])[] = [
    ["dbus-activation", "a.service", "# a\n\n[D-BUS Service]\nName=a.b\nExec=/bin/true\nSystemdService=a.service\n"],
    ["dbus-activation", "a.service.in", "[D-BUS Service]\nName=a.b\nExec=@libexecdir@/a\n"],
    ["desktop-entry", "a.service", "[Desktop Entry]\nType=Service\n"],
    ["avahi-services", "a.service", '<?xml version="1.0"?>\n<!DOCTYPE service-group>\n<service-group>\n'],
    ["avahi-services", "a.service", "\n<service-group>\n</service-group>\n"],
    ["xml", "a.target", '<?xml version="1.0"?>\n<?pde version="3.8"?>\n<target name="x"/>\n'],
    ["json", "a.service", '{\n  "name": "a"\n}\n'],
    ["script", "a.service", "#!/bin/sh\nset -e\ncat <<END\n[Service]\nEND\n"],
    ["script", "a.path", "#!/usr/bin/env python3\nimport os\n"],
    ["link", "a.service", "../system/a.service\n"],
    ["link", "a.timer", "/home/me/dotfiles/a.timer"],
    ["apparmor-profile", "a.service", "#include <tunables/global>\n/usr/bin/a {\n  capability chown,\n}\n"],
    ["apparmor-profile", "a.service", "abi <abi/4.0>,\nprofile a /usr/bin/a flags=(complain) {\n}\n"],
    ["ciphertext", "a.service", "\0GITCRYPT\0\u0001[Service]\n"],
    ["ciphertext", "a.container", "\0GITCRYPT\0\u0001"],
    ["ciphertext", "a.timer", "$ANSIBLE_VAULT;1.1;AES256\n6236\n"],
    ["ciphertext", "a.service", "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n"],
    ["part-of-template", "a.service.j2", "{% extends 'base.service.j2' %}\n"],
    ["part-of-template", "api.service.hbs", "export interface A {\n  [key: string]: string;\n}\n"],
    ["part-of-template", "api.service.mustache", "import { Injectable } from '@angular/core';\n"],
  ];
  const UNITS: readonly (readonly [path: string, text: string])[] = [
    ["a.service", RUN],
    ["a.service", ""],
    ["a.service", "  \n"],
    ["a.service", "# only a comment\n"],
    ["a.service", "ExecStart=/bin/true\n"],
    ["a.service", `#!/usr/bin/systemd\n# a comment\n${RUN}`],
    ["a.service", "[Servic]\nExecStart=/bin/true\n"],
    ["a.service", `[Unit]\nDescription=<service-group>\n${RUN}`],
    ["a.service.erb", `<%- if @x -%>\n${RUN}<%- end -%>\n`],
    ["a.service.ejs", `<% if (x) { %>\n${RUN}<% } %>\n`],
    ["a.service.j2", `{% if x %}\n${RUN}{% endif %}\n`],
    ["a.service.tmpl", `{{- if .x }}\n  [Service]\nExecStart={{ .x }}\n`],
    ["a.service.in", ""],
    ["a.service.in", "[Servic]\n[Install]\nWantedBy=a.target\n"],
    ["a.service.d/10.conf.j2", "{% include 'x' %}\n"],
    ["a.service", "profile\n"],
  ];

  it("are known", () => {
    for (const [kind, path, text] of TEXTS) assert.equal(lookAlikeIn(path, text), kind, text);
  });

  it("are no units, be they broken, empty or templates", () => {
    for (const [path, text] of UNITS) assert.equal(lookAlikeIn(path, text), undefined, text);
  });

  it("each are told in one sentence", () => {
    for (const { name, why } of Object.values(LOOK_ALIKES)) assert.match(`${name}, ${why}`, /^[\w' -]+, [\w' -]+$/);
  });
});
