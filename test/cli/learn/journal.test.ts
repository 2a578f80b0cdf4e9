import assert from "node:assert/strict";
import { carryOutErrand, isErrand } from "../../../server/src/cli/errand.ts";
import { needsOfJournal } from "../../../server/src/cli/learn/journal.ts";
import { begin } from "../../../server/src/cli/main.ts";
import { needsPath } from "../../../server/src/units/learntText.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import { fakeSystemd } from "../../kit/fakeSystemd.ts";
import { memoryHost } from "../../kit/memoryHost.ts";
import { memoryMachine } from "../../kit/memoryMachine.ts";
import { errandOf, FILES, OBSERVED, printed, TEXT, UNIT } from "../../kit/observable.ts";

const PATH = { kind: "service", role: "unit", name: "x.service", scope: "system" } as const;

/** What a service was run with. */
const LEARNT = [
  "ExecStart=/usr/bin/x",
  "ProtectSystem=strict",
  "ReadWritePaths=-/var/lib/x",
  "ProtectHome=yes",
  "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
  "RestrictAddressFamilies=AF_UNIX",
  "SystemCallFilter=@system-service",
  "SystemCallFilter=~@privileged @resources",
  "MemoryDenyWriteExecute=yes",
  "RestrictRealtime=yes",
];

const unit = readUnit(PATH, `[Service]\n${LEARNT.join("\n")}\n`, 257);
const stamped = (line: string): string => `Nov 27 07:00:00 host x[12]: ${line}`;

function shownBy(...lines: readonly string[]): readonly string[] {
  return needsOfJournal(lines.map(stamped).join("\n"), unit, { programs: {}, seconds: 60 }).shown.map((it) => it.what);
}

describe("a journal", () => {
  for (const [line, ...shown] of [
    ["cannot create /srv/x/today.db: Read-only file system", "/srv/x/today.db (make)"],
    ['open() "/srv/x/today.db" failed (30: Read-only file system)', "/srv/x/today.db (write)"],
    ['open() "/home/a/page.html" failed (13: Permission denied)', "/home/a/page.html (read)"],
    ["socket: Address family not supported by protocol (AF_NETLINK)", "AF_NETLINK"],
    ["sched_setscheduler: Operation not permitted", "realtime"],
    ["everything is fine"],
    ["reading /etc/x.conf: No such file or directory"],
    ["x.service: Failed to set up mount namespacing: /srv/y: Permission denied"],
  ] as const)
    it(`shows ${shown.join(", ") || "nothing"} by ${line}`, () => {
      const found = shownBy(line);
      for (const it of shown) assert.ok(found.includes(it), found.join());
      if (shown.length === 0) assert.deepEqual(found, []);
    });

  it("shows a capability and its calls where a privileged operation is denied", () => {
    const found = shownBy("chown: changing ownership of 'a': Operation not permitted");
    assert.ok(found.includes("CAP_CHOWN") && found.includes("fchownat"), found.join());
  });

  it("shows the calls that the kernel stopped in programs of the service alone", () => {
    const stopped = (exe: string): string =>
      `audit: type=1326 audit(1.2:3): auid=0 pid=9 comm="${exe.slice(exe.lastIndexOf("/") + 1)}" exe="${exe}" sig=31 arch=c000003e syscall=175 compat=0`;
    assert.deepEqual(shownBy(stopped("/usr/bin/x")), ["init_module"]);
    assert.deepEqual(shownBy(stopped("/usr/bin/other")), []);
  });

  it("counts a line that comes again, and names it with its number", () => {
    const line = stamped("cannot create /srv/x/a: Read-only file system");
    const { needs } = needsOfJournal(["hello", line, line].join("\n"), unit, { programs: {}, seconds: 60 });
    const { count, at, first, sample } = needs.paths["/srv/x/a"]?.used.make ?? assert.fail();
    assert.deepEqual([count, at, first, sample], [2, "journal:2", 60, "cannot create /srv/x/a: Read-only file system"]);
  });

  it("says which denials tell too little", () => {
    const { shown, unclear } = needsOfJournal("login: access denied for user bob", unit, { programs: {}, seconds: 0 });
    assert.deepEqual([shown, unclear], [[], []]);
    assert.deepEqual(needsOfJournal("Permission denied", unit, { programs: {}, seconds: 0 }).unclear, [
      "Permission denied",
    ]);
  });

  it("is read in time that grows with its length alone, whatever it holds", () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => stamped(`open /srv/${i % 700}/f: Permission denied`));
    assert.equal(needsOfJournal(lines.join("\n"), unit, { programs: {}, seconds: 0 }).shown.length > 0, true);
  });
});

describe("learn --bundle with what was learnt before", () => {
  const go = new AbortController().signal;
  const FILE = `/repo/x.service.d/${UNIT}.learnt.json`;

  /** What a run on a machine writes, with the needs next to it, as it lies at a path. */
  async function learntFiles(path: string): Promise<Record<string, string>> {
    const machine = memoryMachine({ files: FILES, program: fakeSystemd(UNIT, OBSERVED).program });
    await carryOutErrand(errandOf("learn", "x", "--yes", "--write"), machine, go);
    const written = `/etc/systemd/system/${UNIT}.d/${UNIT}.learnt.json`;
    const textAt = (it: string): string => machine.files.get(it) ?? assert.fail();
    return { [path]: textAt(written), [needsPath(path)]: textAt(needsPath(written)) };
  }

  async function derive(files: Readonly<Record<string, string>>, piped: string, ...argv: readonly string[]) {
    const host = memoryHost({ [`/repo/${UNIT}`]: TEXT, ...files }, { piped });
    const begun = begin(["learn", ...argv], host, { colours: false, progress: () => undefined });
    assert.ok(isErrand(begun), JSON.stringify(begun));
    const machine = memoryMachine({ files, uid: 1000, platform: "darwin" });
    return { machine, ending: await carryOutErrand(begun, machine, go) };
  }

  it("writes into a template what an instance showed, with the specifier of its name, and adds to that", async () => {
    const from = "/repo/x@a.service.learnt.json";
    const found = Object.entries(await learntFiles(from));
    const instance = Object.fromEntries(found.map(([at, it]) => [at, it.replaceAll(`"${UNIT}"`, '"x@a.service"')]));
    const line = 'Nov 27 07:00:00 h x[9]: open() "/srv/a/log" failed (30: Read-only file system)';
    const files = { ...instance, "/repo/x@.service": TEXT };
    const derived = await derive(files, line, "--bundle", from, "/repo/x@.service", "--journal", "-", "--write");
    assert.match(derived.machine.files.get("/repo/x@.service.d/50-unit-warden-learnt.conf") ?? "", /=-\/srv\/%i\n/);
    const kept = Object.fromEntries(derived.machine.files);
    const again = await derive({ ...files, ...kept }, "", "--bundle", from, "/repo/x@.service");
    assert.match(again.machine.said.join("\n"), /^$/);
    const written = await derive({ ...files, ...kept }, "", "--bundle", from, "/repo/x@.service", "--write");
    assert.match(written.machine.said.join("\n"), /x@\.service\.learnt\.json in \S+ holds is kept and added to/);
    assert.match(printed(written.ending), /ReadWritePaths=-\/srv\/%i: /);
  });

  it("adds what a line of the journal shows, and keeps the rest", async () => {
    const line = "Nov 27 07:00:00 h x[9]: mkdir /srv/x: Read-only file system";
    const files = await learntFiles(FILE);
    const before = printed((await derive(files, "", "--bundle", FILE, `/repo/${UNIT}`)).ending);
    const { ending } = await derive(files, line, "--bundle", FILE, `/repo/${UNIT}`, "--journal", "-");
    const text = printed(ending);
    assert.match(text, /^# seen in the journal: \/srv\/x \(make\), by: mkdir \/srv\/x: Read-only file system\n/);
    assert.match(text, /seen +ReadWritePaths=-\/srv: writes \/srv\/x, as the journal shows \(journal:1\)\n/);
    const lines = (of: string): readonly string[] =>
      of
        .slice(of.indexOf("[Service]"))
        .split("\n")
        .filter((it) => !it.startsWith("#"));
    assert.deepEqual(
      lines(text).filter((it) => !lines(before).includes(it)),
      ["ReadWritePaths=-/srv"],
    );
    assert.deepEqual(
      lines(before).filter((it) => !lines(text).includes(it)),
      ["UMask=0077"],
      "what mode it gives to what it makes is not said",
    );
  });

  it("says that nothing was denied where that is so", async () => {
    const { ending } = await derive(
      await learntFiles(FILE),
      "fine",
      "--bundle",
      FILE,
      `/repo/${UNIT}`,
      "--journal",
      "-",
    );
    assert.match(printed(ending), /^# seen in the journal: nothing that was denied/);
  });

  it("adds to what lies next to the unit, which is written again", async () => {
    const files = { ...(await learntFiles(FILE)), ...(await learntFiles("/repo/y.learnt.json")) };
    const { machine } = await derive(files, "", "--bundle", "/repo/y.learnt.json", `/repo/${UNIT}`, "--write");
    const settings = (text = ""): string => text.slice(0, text.indexOf('"unknown"'));
    assert.equal(settings(machine.files.get(FILE)), settings(files[FILE]));
    assert.equal(JSON.parse(machine.files.get(needsPath(FILE)) ?? "").runs.length, 2);
    assert.match(machine.files.get("/repo/x.service.d/50-unit-warden-learnt.conf") ?? "", /^\[Service\]\n/);
  });

  it("writes nothing through a link out of the folder of the unit", async () => {
    const files = { ...(await learntFiles("/repo/y.learnt.json")), [`/repo/${UNIT}`]: "[Service]\nExecStart=/bin/x\n" };
    const links = { [`/repo/${UNIT}.d`]: "/else" };
    const host = memoryHost({ ...files, "/else/a.conf": "" }, { links });
    const argv = ["learn", "--bundle", "/repo/y.learnt.json", `/repo/${UNIT}`, "--write"];
    const begun = begin(argv, host, { colours: false, progress: () => undefined });
    assert.ok(!isErrand(begun) && "messages" in begun);
    assert.match(begun.messages.join(), /x\.service\.d leads out of the folder, to \/else: nothing is written/);
  });

  it("does not begin from what has lost its needs, and says which file is missing", async () => {
    const { [FILE]: reviewed = "" } = await learntFiles(FILE);
    const { ending } = await derive({ [FILE]: reviewed }, "", "--bundle", FILE, `/repo/${UNIT}`);
    assert.match(ending.messages.join(), /what its runs needed is not known, as \/repo\/\S+\.needs\.json is missing$/m);
  });

  it("asks for the unit where a file alone cannot tell it", async () => {
    const { ending } = await derive(await learntFiles(FILE), "", "--bundle", FILE);
    assert.match(ending.messages.join(), /name the file of the unit too/);
  });
});
