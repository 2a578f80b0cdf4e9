import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { canBeBound, canBeListed, listedWord } from "../../server/src/learn/settings/listedPaths.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";
import { skip } from "../../test/kit/skip.ts";

const NAMES = [
  ...["plain", "a b", "it's", 'q"q', "b\\s", "p%d", "c:d", "\u00fc", "$HOME", "#h;i", " before", "behind "],
  ...["a: b\\", "-x", "line\nbreak", "tab\tx"],
  `all "it's" 5% \\ x:y`,
];

const PATHS = NAMES.map((it) => `/srv/${it}`);

/** Writes a file into each of some folders; says where that fails. */
const WRITER = `import json
for it in json.load(open("/usr/local/lib/paths.json")):
    try: open(it + "/w", "w").close()
    except OSError as e: print("cannot write", json.dumps(it), e)
`;

/** A worker that becomes another user once root has made a directory in /run for it. */
const worker = (group: string): string => `[Service]
ExecStartPre=-/bin/mkdir -p /run/worker
ExecStartPre=/bin/chown daemon:${group} /run/worker
ExecStart=/usr/bin/python3 -c "import os, time; os.getuid() or (os.setgid(1), os.setuid(1)); open('/run/worker/up', 'w').close(); time.sleep(3600)"
`;

const CLI = "/usr/lib/unit-warden-test/cli.js";

describe(`paths in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(240_000);
  let box: Box | undefined;
  const inside = (): Box => {
    assert.ok(box);
    return box;
  };
  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    box.run("mkdir", "-p", "/usr/lib/unit-warden-test", ...PATHS);
    box.put(CLI, program);
    box.put("/usr/local/lib/writer.py", WRITER);
  });
  after(() => box?.stop());

  for (const [setting, paths, closed] of [
    ["ReadWritePaths", PATHS, PATHS.filter((it) => !canBeListed(it))],
    // One that cannot be bound would keep the service from starting.
    ["BindPaths", PATHS.filter(canBeBound), []],
    ["BindReadOnlyPaths", PATHS.filter(canBeBound), PATHS.filter(canBeBound)],
  ] as const)
    it(`are read by systemd in ${setting}= as learning writes them`, () => {
      const { run, put } = inside();
      put("/usr/local/lib/paths.json", JSON.stringify(paths));
      const lines = paths.map((it) => `${setting}=${listedWord(it).replace(/\n/g, "\\n")}`).join("\n");
      const others = setting === "BindReadOnlyPaths" ? "" : "ProtectSystem=strict\n";
      const text = `[Service]\nType=oneshot\n${others}${lines}\nExecStart=/usr/bin/python3 /usr/local/lib/writer.py\n`;
      put(`/etc/systemd/system/${setting}.service`, text);
      run("systemctl", "daemon-reload");
      const started = run("systemctl", "start", `${setting}.service`);
      const said = run("journalctl", "-u", `${setting}.service`, "-o", "cat").output;
      assert.equal(started.status, 0, said);
      const denied = said.split("\n").flatMap((it) => /cannot write (".*") /.exec(it)?.[1] ?? []);
      assert.deepEqual(
        denied.map((it) => JSON.parse(it)),
        closed,
        said,
      );
    });

  it("with quotes or tabs keep a service from starting, or are not bound", () => {
    const { run, put } = inside();
    const paths = PATHS.filter((it) => canBeListed(it) && !canBeBound(it));
    assert.equal(paths.length, 4);
    for (const [i, path] of paths.entries()) {
      put("/usr/local/lib/paths.json", JSON.stringify([path]));
      const command = "ExecStart=/usr/bin/python3 /usr/local/lib/writer.py";
      const text = `[Service]\nType=oneshot\nProtectSystem=strict\nBindPaths=${listedWord(path)}\n${command}\n`;
      put(`/etc/systemd/system/unbound${i}.service`, text);
      run("systemctl", "daemon-reload");
      run("systemctl", "start", `unbound${i}.service`);
      const said = run("journalctl", "-u", `unbound${i}.service`, "-o", "cat").output;
      assert.match(said, /cannot write|Failed to deserialize/, path);
    }
  });

  for (const [group, answer] of [
    ["daemon", /proven +User=daemon /],
    ["mail", /refused User=daemon .*makes \/run\/worker, which only root can do again after a reboot/],
  ] as const)
    it(`in /run are there again after a reboot for a proven user, or speak against it: those of group ${group}`, () => {
      const { run, put } = inside();
      put("/etc/systemd/system/worker.service", worker(group));
      run("systemctl", "daemon-reload");
      run("systemctl", "start", "worker.service");
      const ask = "for i in 1 2 3 4 5 6; do [ -e /run/worker/up ] && exit; sleep 0.3; done; exit 1";
      const words = ["--yes", "--verify", "--write", "--with", "user", "--exercise", ask];
      const learnt = run("node", CLI, "learn", "worker.service", ...words);
      assert.match(learnt.output, answer, learnt.errors);
      // What a reboot does.
      run("sh", "-c", "systemctl stop worker.service; rm -r /run/worker");
      assert.equal(run("systemctl", "start", "worker.service").status, 0);
      assert.equal(run("sh", "-c", ask).status, 0, run("journalctl", "-u", "worker", "-o", "cat").output);
      run("sh", "-c", "systemctl stop worker.service; rm -r /run/worker /etc/systemd/system/worker.service.d");
    });
});
