import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { TextDocument } from "vscode";
import { CONFIG_GLOBS, FILE_GLOBS, isUnitFile, UNIT_FILES, UNIT_GLOBS } from "../../client/unitFiles.ts";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { configPath } from "../../server/src/families/configs/configPath.ts";
import { quadletPath } from "../../server/src/families/quadletFiles/quadletPath.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { globExpression } from "../kit/globs.ts";

const random = "0123456789abcdef";
const UNITS = UNIT_KINDS.flatMap((kind) => [
  `/etc/systemd/system/x.${kind}`,
  `/etc/systemd/system/x@.${kind}`,
  `/etc/systemd/system/x.${kind}.d/override.conf`,
  `/etc/systemd/system/${kind}.d/10-all.conf`,
  `/etc/systemd/system/.#x.${kind}${random}`,
  `/etc/systemd/system/x.${kind}.d/.#override.conf${random}`,
]);
const CONFIGS = [
  "/etc/systemd/network/10-lan.network",
  "/etc/systemd/network/10-lan.network.d/a.conf",
  "/etc/systemd/system.conf",
  "/etc/systemd/journald.conf.d/a.conf",
  "/etc/systemd/nspawn/x.nspawn",
  "/usr/lib/repart.d/10-root.conf",
  "/usr/lib/sysupdate.d/50-root.transfer",
  "/usr/lib/sysupdate.kiosk.d/a.feature",
  "/work/wg0.netdev",
];
const OTHERS = [
  "/work/features/login.feature",
  "/etc/systemd/system/x.service.d/notes.txt",
  "/home/me/pictures/x.image",
  "/usr/share/perl5/x.pod",
  "/etc/systemd/system/x.service.bak",
  "/etc/nginx/conf.d/site.conf",
];

const document = (path: string, languageId: string): TextDocument =>
  ({ languageId, uri: { scheme: "file", path } }) as unknown as TextDocument;

const QUADLETS = [
  "/etc/containers/systemd/x.container",
  "/etc/containers/systemd/app/x.network",
  "/home/me/quadlets/x.pod",
  "/work/x.volume",
];

describe("unit files in the editor", () => {
  it("are those whose names the server knows, by the globs for settings and for other languages", () => {
    const matches = (path: string): boolean => UNIT_GLOBS.some((it) => globExpression(it).test(path));
    for (const path of UNITS) assert.ok(matches(path) && unitPath(path) !== undefined, path);
    for (const path of QUADLETS) assert.ok(matches(path) && quadletPath(path) !== undefined, path);
    for (const path of OTHERS) assert.ok(!matches(path) && unitPath(path) === undefined, path);
  });

  it("are the configurations of systemd's other programs, too", () => {
    const matches = (path: string): boolean => CONFIG_GLOBS.some((it) => globExpression(it).test(path));
    for (const path of CONFIGS) {
      assert.ok(matches(path) && configPath(path) !== undefined, path);
      assert.ok(isUnitFile(document(path, "systemd-conf")), path);
      assert.ok(!isUnitFile(document(path, "ini")), path);
    }
    for (const path of OTHERS) assert.ok(!FILE_GLOBS.some((it) => globExpression(it).test(path)), path);
  });

  it("are quadlets, too", () => {
    for (const path of QUADLETS) assert.ok(isUnitFile(document(path, "systemd-conf")), path);
  });

  it("are asked about under the languages of other extensions, what else these mean is not", () => {
    for (const language of ["systemd", "systemd-conf", "systemd-unit", "systemd-unit-file"]) {
      for (const path of UNITS) assert.ok(isUnitFile(document(path, language)), path);
      assert.ok(UNIT_FILES.some((it) => it.language === language));
    }
    for (const path of OTHERS) assert.ok(!isUnitFile(document(path, "systemd-conf")), path);
    for (const path of UNITS) assert.ok(!isUnitFile(document(path, "ini")), path);
    assert.ok(isUnitFile(document("/Untitled-1", "systemd")));
  });
});
