import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, it } from "mocha";
import { nodeHost } from "../../../server/src/main/nodeHost.ts";
import { memoryHost, runOver } from "../../kit/memoryHost.ts";
import { skip } from "../../kit/skip.ts";
import { MACHINE_VERSION } from "../../kit/systemd.ts";

/** The files of some configurations; one without a text is a link to /dev/null. */
const FILES: Readonly<Record<string, string | undefined>> = {
  "usr/lib/systemd/journald.conf": "[Journal]\nStorage=auto",
  "usr/lib/systemd/journald.conf.d/05-a.conf": "[Journal]\nAudit=no",
  "usr/lib/systemd/journald.conf.d/20-b.conf": "[Journal]\nSeal=no\n",
  "etc/systemd/journald.conf.d/20-b.conf": "[Journal]\nSeal=yes\n",
  "usr/lib/systemd/journald.conf.d/30-c.conf": "[Journal]\nCompress=no\n",
  "etc/systemd/journald.conf.d/30-c.conf": "",
  "usr/local/lib/systemd/journald.conf.d/40-d.conf": "[Journal]\nSplitMode=none\n",
  "run/systemd/journald.conf.d/40-d.conf": undefined,
  "etc/systemd/journald.conf.d/.hidden.conf": "[Journal]\n",
  "etc/systemd/journald.conf.d/x.conf~": "[Journal]\n",
  "etc/systemd/journald@web.conf": "[Journal]\nStorage=none\n",
  "usr/lib/systemd/logind.conf": "[Login]\nNAutoVTs=1\n",
  "etc/systemd/logind.conf": "[Login]\nNAutoVTs=2\n",
  "run/systemd/sleep.conf.d/a.conf": "[Sleep]\n",
  "usr/lib/systemd/network/10-a.network": "[Match]\nName=a\n",
  "etc/systemd/network/10-a.network.d/x.conf": "[Network]\nDHCP=yes\n",
};

const ASKED = [
  ["systemd/journald.conf", "usr/lib/systemd/journald.conf"],
  ["systemd/journald.conf", "etc/systemd/journald.conf.d/20-b.conf"],
  ["systemd/journald@web.conf", "etc/systemd/journald@web.conf"],
  ["systemd/logind.conf", "usr/lib/systemd/logind.conf"],
  ["systemd/sleep.conf", "run/systemd/sleep.conf.d/a.conf"],
  ["systemd/network/10-a.network", "usr/lib/systemd/network/10-a.network"],
] as const;

describe("a configuration with all its files", () => {
  it("is what systemd-analyze cat-config prints", function () {
    if (MACHINE_VERSION === undefined) {
      skip(this, "there is no systemd-analyze");
    }
    const root = mkdtempSync(join(tmpdir(), "unit-warden-"));
    try {
      for (const [path, text] of Object.entries(FILES)) {
        const at = join(root, path);
        mkdirSync(dirname(at), { recursive: true });
        if (text === undefined) symlinkSync("/dev/null", at);
        else writeFileSync(at, text);
      }
      for (const [name, path] of ASKED) {
        const theirs = spawnSync("systemd-analyze", ["cat-config", `--root=${root}`, name], { encoding: "utf8" });
        assert.equal(runOver(nodeHost, "show", join(root, path)).stdout, theirs.stdout, path);
      }
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("has one main file, and drop-ins by their names, of which the strongest folder counts", () => {
    const files = Object.entries(FILES).map(([path, text]) => [`/r/${path}`, text ?? ""] as const);
    const { stdout, status } = runOver(
      memoryHost(Object.fromEntries(files)),
      "show",
      "/r/usr/lib/systemd/journald.conf",
    );
    assert.equal(status, 0);
    assert.equal(
      stdout,
      [
        "# /r/usr/lib/systemd/journald.conf",
        "[Journal]",
        "Storage=auto",
        "",
        "# /r/usr/lib/systemd/journald.conf.d/05-a.conf",
        "[Journal]",
        "Audit=no",
        "",
        "# /r/etc/systemd/journald.conf.d/20-b.conf",
        "[Journal]",
        "Seal=yes",
        "",
        "# /r/etc/systemd/journald.conf.d/30-c.conf",
        "",
        "# /r/run/systemd/journald.conf.d/40-d.conf",
        "",
      ].join("\n"),
    );
  });

  it("is said in JSON, too", () => {
    const host = memoryHost({ "/r/etc/systemd/oomd.conf.d/a.conf": "[OOM]\n" });
    const { stdout } = runOver(host, "show", "--format", "json", "/r/etc/systemd/oomd.conf.d/a.conf");
    assert.deepEqual(JSON.parse(stdout), {
      version: 1,
      units: [
        {
          name: "oomd.conf",
          files: ["/r/etc/systemd/oomd.conf.d/a.conf"],
          messages: [],
          text: "# Main configuration file systemd/oomd.conf not found\n# /r/etc/systemd/oomd.conf.d/a.conf\n[OOM]\n",
        },
      ],
    });
  });

  it("is that of a user below the own folder, and of iocost without drop-ins", () => {
    const host = memoryHost({
      "/home/a/.config/systemd/user.conf.d/a.conf": "[Manager]\n",
      "/home/a/.config/systemd/user.conf": "[Manager]\nDumpCore=no\n",
      "/r/etc/udev/iocost.conf": "[IOCost]\n",
      "/r/etc/udev/iocost.conf.d/a.conf": "[IOCost]\n",
    });
    assert.equal(
      runOver(host, "show", "/home/a/.config/systemd/user.conf").stdout,
      "# /home/a/.config/systemd/user.conf\n[Manager]\nDumpCore=no\n\n# /home/a/.config/systemd/user.conf.d/a.conf\n[Manager]\n",
    );
    assert.equal(runOver(host, "show", "/r/etc/udev/iocost.conf").stdout, "# /r/etc/udev/iocost.conf\n[IOCost]\n");
  });
});
