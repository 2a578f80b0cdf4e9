import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { CONFIGURED_AWK } from "../../../server/src/cli/learn/configuredAwk.ts";
import { OBSERVE_AWK } from "../../../server/src/cli/learn/observeAwk.ts";
import { configuredNames } from "../../../server/src/learn/configured.ts";
import { observingDropIn, straceOptions } from "../../../server/src/learn/observe.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import { memoryHost, runOver } from "../../kit/memoryHost.ts";
import { skip } from "../../kit/skip.ts";

/** Files of configuration in all forms that are known, with what is no name. */
const CONFIGURATIONS: readonly string[] = [
  "global\n\tuser haproxy\n\tgroup haproxy\n\tchroot /var/lib/haproxy\n bind /run/x.sock user www mode 660 group adm",
  "uid = nobody\nuse chroot = yes\nchroot_local_user=NO\nsecure_chroot_dir=/run/empty\nRunAs: x\nrun-as y",
  "listen.owner = www\nlisten.group = www\nunix_sock_group: 'libvirt'\nlog-user x\nfile_chown z\nsocket-mode 0770",
  '{"user": "x",\n "name": "y", "setgid":"z"}\n<user>x</user><group>g</group>\n[user]\n{user}(a) {b}',
  "User $APACHE_USER\r\nuser www-data;\nuser www-data;\nworker_processes 2;\nuser\nuser user user",
  "uid 33\nmax_per_user 10\nuser root\ngid 0\nsetuid 7\nmode 9999\nmode 77\numode 644",
  "# user x\n;user x\n  // user x\n-- user x\n<!-- user x -->\n!user x\n \t#user y",
  `user ${"x".repeat(600)}\nuser zz`,
  Array.from({ length: 300 }, (_, i) => `user u${i}`).join("\n"),
];

const has = (program: string, ...words: readonly string[]): boolean => spawnSync(program, words).error === undefined;

const PATH = { kind: "service", role: "unit", name: "x.service", scope: "system" } as const;
const FOLDER = "/var/lib/unit-warden/learn/x";

/** Commands and settings as `systemctl cat` prints them. */
const UNITS: readonly string[] = [
  "ExecStart=/bin/a",
  "ExecStartPre=/bin/a\nExecStartPre=-/bin/b 'x  y'\nExecStart=/bin/c\nExecReload=kill -HUP $MAINPID\nExecStopPost=/bin/d",
  "ExecStart=@/bin/a  b c",
  'ExecStart=@-/bin/a "b c"',
  `ExecStart=/bin/a "x \\" y"  \${Z} \\\n # no\n  end`,
  "ExecStart=/bin/$a $b",
  "ExecStart=:/bin/$a $b",
  "ExecStart=+/bin/a\nExecStop=!/bin/b\nExecCondition=!!/bin/c",
  "ExecStart=/bin/sh -c 'a ; b'",
  'ExecStart=/bin/sh -c "a; b" \\; c',
  "Type=oneshot\nExecStart=/bin/a ; /bin/b",
  "ExecStart=/bin/a\nExecReload=-/bin/b  $C ;  \t kill -HUP $MAINPID\nExecReload=/bin/d \\; 'e ; f' ; @/bin/g h i ;",
  "ExecStart=/bin/a ; |/bin/b",
  "ExecStart=|/bin/a",
  "ExecStart=/bin/a 'b",
  "ExecStart=/bin/a\n[Install]\nExecStart=/bin/no\n[Service]\n; ExecStart=/bin/no\nExecStart=\nExecStart = /bin/b x\t",
  "ExecStart=/bin/a\nSystemCallFilter=@system-service\nCapabilityBoundingSet=\nProtectSystem=strict\nLimitFSIZE=1M",
  "ExecStart=/bin/a\nTemporaryFileSystem=/var\nNoExecPaths=/\nExecPaths=/usr/lib",
  "ExecStart=/bin/a\nTimeoutStartSec=20",
  "ExecStart=/bin/a\nTimeoutStartSec=0",
  "ExecStart=/bin/a\nType=oneshot",
  "ExecStart=/bin/a\nRootDirectory=/srv",
];

const shortened = (dropIn: string): string => dropIn.trim().replace(/trace=!\S+/g, "trace=");

function byAwk(text: string): string {
  const variables = [
    `wrap=/usr/bin/strace ${straceOptions("", true).slice(0, -1).join(" ")} ${FOLDER}/`,
    `folder=${FOLDER}`,
    "strace=/usr/bin/strace",
  ].flatMap((it) => ["-v", it]);
  const { stdout } = spawnSync("awk", [...variables, OBSERVE_AWK], { input: text, encoding: "utf8" });
  return shortened(stdout);
}

describe("the script for a machine without unit-warden", () => {
  for (const lines of UNITS)
    it(`makes the same drop-in of ${JSON.stringify(lines)}`, function () {
      if (!has("awk", "BEGIN {}")) skip(this, "there is no awk");
      const text = `# /etc/systemd/system/x.service\n[Unit]\nDescription=x\n[Service]\n${lines}\n`;
      const ours = observingDropIn(readUnit(PATH, text, 257), {
        folder: FOLDER,
        strace: "/usr/bin/strace",
        how: "quick",
      });
      if ("refused" in ours) assert.match(byAwk(text), /^refused: /m);
      else assert.equal(byAwk(text), shortened(ours.dropIn));
    });

  for (const text of CONFIGURATIONS)
    it(`finds the same names in ${JSON.stringify(text.slice(0, 60))}`, function () {
      if (!has("awk", "BEGIN {}")) skip(this, "there is no awk");
      const { stdout } = spawnSync("awk", ["-v", "file=/etc/x", CONFIGURED_AWK], { input: text, encoding: "utf8" });
      const names = configuredNames(text).map((it) => `${it.use}\t${it.name}\t${it.isAccount ? 1 : 0}\t/etc/x\n`);
      assert.equal(stdout, names.join(""));
    });

  it("is plain shell that passes shellcheck", function () {
    const argv = ["learn", "--script", "x@a.service", "--for", "10m", "--exercise", "echo 'it'", "--exercise", "b"];
    const { stdout, status } = runOver(memoryHost({}), ...argv);
    assert.equal(status, 0);
    assert.match(stdout, /^#!\/bin\/sh\n[\s\S]* exercise b\n[\s\S]*sleep "\$seconds"/);
    const shells = ["dash", "sh", "bash", "busybox"].filter((it) => has(it, "-c", ":"));
    for (const shell of shells) {
      const words = shell === "busybox" ? ["sh", "-n"] : ["-n"];
      assert.equal(spawnSync(shell, words, { input: stdout, encoding: "utf8" }).stderr, "", shell);
    }
    if (!has("shellcheck", "--version")) skip(this, "there is no shellcheck");
    assert.equal(spawnSync("shellcheck", ["-s", "sh", "-"], { input: stdout, encoding: "utf8" }).stdout, "");
  });
});
