import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { memoryHost, runOver } from "../../test/kit/memoryHost.ts";
import { skip } from "../../test/kit/skip.ts";
import { mountsOfRunning } from "./findmnt.ts";
import { factsThatDiffer, judge, mountsThatDiffer, type SaidUnit } from "./worldCompare.ts";
import { type Meeting, PROBE } from "./worldProbe.ts";
import { corpusUnits, OUR_UNITS, type WorldUnit } from "./worldUnits.ts";

/** So many services of the corpus are compared. */
const CORPUS = 60;

/** Directories with a file and a program in them. */
const MADE = [
  "/etc/deep",
  "/home/alice",
  "/home/alice/app",
  "/opt/app",
  "/opt/deep",
  "/root/deep",
  "/run/deep",
  "/srv/data",
  "/srv/data/deep",
  "/srv/data/deep/er",
  "/srv/deep",
  "/srv/root",
  "/srv/root/data",
  "/srv/root/secret",
  "/usr/local/deep",
  "/var/cache/deep",
  "/var/lib/deep",
  "/var/log/deep",
  "/var/spool/deep",
  "/var/tmp/deep",
  "/tmp/deep",
  "/dev/shm/deep",
];

/** What every probe looks at besides the paths of its own unit. */
const PATHS = [
  "/",
  "/bin",
  "/boot",
  "/dev",
  "/dev/extra",
  "/dev/full",
  "/dev/mqueue",
  "/dev/null",
  "/dev/pts",
  "/dev/shm",
  "/dev/urandom",
  "/dev/zero",
  "/etc",
  "/etc/hostname",
  "/etc/systemd/system",
  "/home",
  "/lib",
  "/media",
  "/mnt",
  "/opt",
  "/proc",
  "/proc/cpuinfo",
  "/proc/kallsyms",
  "/proc/self",
  "/proc/sys",
  "/proc/sys/kernel/hostname",
  "/proc/sys/vm",
  "/root",
  "/run",
  "/run/credentials",
  "/run/lock",
  "/run/systemd",
  "/run/systemd/journal/socket",
  "/run/systemd/notify",
  "/run/user",
  "/sbin",
  "/srv",
  "/sys",
  "/sys/fs/cgroup",
  "/sys/kernel/debug",
  "/tmp",
  "/usr",
  "/usr/bin",
  "/usr/bin/env",
  "/usr/lib/modules",
  "/usr/local",
  "/usr/share",
  "/var",
  "/var/cache",
  "/var/lib",
  "/var/lib/private",
  "/var/lock",
  "/var/log",
  "/var/run",
  "/var/spool",
  "/var/tmp",
  "/nowhere",
  "/srv/new/place",
  ...MADE,
  "/srv/data/run",
  "/home/alice/app/run",
  "/opt/app/file",
  "/usr/local/deep/tool",
  "/var/lib/deep/file",
  "/srv/deep/tool",
];

const PYTHON = "/usr/bin/python3";

describe(`the world of a service in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;
  let host: Meeting;
  const met = new Map<string, Meeting>();
  const units: readonly WorldUnit[] = NO_BOX === undefined ? [...OUR_UNITS, ...corpusUnits(CORPUS)] : [];
  const texts = new Map<string, string>();
  const asked = new Map<string, readonly string[]>();

  before(function () {
    this.timeout(120_000);
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    box = startBox();
    const python = box.run("readlink", "-f", PYTHON).output.trim();
    for (const { name, settings } of units) {
      texts.set(name, textOf(name, settings, python));
      const listed = said(texts.get(name) ?? "", name).paths.map((it) => it.path);
      asked.set(name, [...new Set([...PATHS, ...listed, ...pathsIn(settings)])]);
    }
    const all = units.flatMap(({ name }) => said(texts.get(name) ?? "", name, asked.get(name)).paths);
    asked.set("host", [...new Set(all.flatMap((it) => [it.path, it.real, it.from ?? it.real]))]);
    texts.set("host", textOf("host", [], python));
    box.run("sh", "-c", prepare(units));
    box.put("/usr/local/lib/probe.py", PROBE);
    for (const [name, text] of texts) {
      files.push(
        [`/etc/systemd/system/${name}.service`, text],
        [`/run/probe/${name}.in`, (asked.get(name) ?? []).join("\n")],
      );
    }
    putAll(box, files);
    box.run("systemctl", "daemon-reload");
    box.run("systemctl", "start", ...units.map(({ name }) => `${name}.service`));
    box.run("systemctl", "start", "host.service");
    const { output } = box.run("sh", "-c", 'cd /run/probe; for it in *.out; do echo "$it"; cat "$it"; done');
    let name = "";
    for (const line of output.split("\n")) {
      if (line.startsWith("{")) met.set(name, JSON.parse(line) as Meeting);
      else name = line.replace(/\.out$/, "");
    }
    const found = met.get("host");
    assert.ok(found, box.run("journalctl", "-u", "host", "-o", "cat", "--no-pager").output);
    host = found;
  });
  const files: [string, string][] = [];

  after(() => box?.stop());

  const exists = (path: string): boolean => host.paths[path]?.missing === undefined && path in host.paths;

  it("is what sandbox --format json says, on every path", () => {
    let agreed = 0;
    let unreachable = 0;
    const wrong: string[] = [];
    for (const { name, settings } of units) {
      const meeting = met.get(name);
      const about = said(texts.get(name) ?? "", name, asked.get(name));
      if (!meeting) {
        const log = box?.run("journalctl", "-u", name, "-o", "cat", "--no-pager").output ?? "";
        if (!about.failure || !/NAMESPACE/.test(log)) wrong.push(`${name} (${settings.join(" ")}) did not run: ${log}`);
        continue;
      }
      if (about.failure) wrong.push(`${name} runs, and ${about.failure.path} was said to be missing`);
      for (const it of about.paths) {
        const verdict = judge(it, meeting, (path) => host.paths[path] ?? host.paths[resolved(path)]);
        if (verdict === "agrees") agreed++;
        else if (verdict === "outOfReach") unreachable++;
        else wrong.push(`${name}: ${it.path} is said to be ${it.state} (${it.setting}), but ${verdict.differs}`);
      }
    }
    assert.deepEqual(wrong, []);
    console.log(
      `      ${agreed} paths of ${met.size - 1} services agree, ${unreachable} more are closed by file permissions`,
    );
    assert.ok(agreed > 80 * (units.length - 5), `${agreed}`);
  });

  it("has the mounts that sandbox --format json lists", () => {
    let agreed = 0;
    const wrong: string[] = [];
    for (const { name } of units) {
      const meeting = met.get(name);
      if (!meeting) continue;
      const about = said(texts.get(name) ?? "", name);
      const found = mountsThatDiffer(about, meeting.mounts, host.mounts, exists);
      if (found.length === 0) agreed += about.mounts.length;
      wrong.push(...found.map((it) => `${name}: ${it}`));
    }
    assert.deepEqual(wrong, []);
    console.log(`      ${agreed} mounts agree`);
  });

  it("has the user, devices and network that the sentences say", () => {
    const wrong: string[] = [];
    for (const { name } of units) {
      const meeting = met.get(name);
      if (!meeting) continue;
      wrong.push(...factsThatDiffer(said(texts.get(name) ?? "", name), meeting, host).map((it) => `${name}: ${it}`));
    }
    assert.deepEqual(wrong, []);
  });

  // It comes last, as the units are started anew.
  it("has the mounts that findmnt --task prints of a main process", function () {
    this.timeout(120_000);
    if (!box) skip(this, "nothing can be started in a box");
    const names = [...met.keys()];
    putAll(
      box,
      names.map((name) => [`/etc/systemd/system/${name}.service`, staying(texts.get(name) ?? "")]),
    );
    box.run("systemctl", "daemon-reload");
    box.run("systemctl", "stop", ...names.map((name) => `${name}.service`));
    // What one of them has below /run went away when it stopped, and others name it.
    box.run("sh", "-c", folders(units));
    box.run("systemctl", "start", ...names.map((name) => `${name}.service`));
    const printed = mountsOfRunning(box, names);
    const before = printed.get("host") ?? assert.fail("the service without a sandbox does not run");
    let [services, agreed] = [0, 0];
    const wrong: string[] = [];
    for (const [name, mounts] of printed) {
      if (name === "host") continue;
      const about = said(staying(texts.get(name) ?? ""), name);
      const found = mountsThatDiffer(about, mounts, before, exists);
      services++;
      if (found.length === 0) agreed += about.mounts.length;
      wrong.push(...found.map((it) => `${name}: ${it}`));
    }
    assert.deepEqual(wrong, []);
    console.log(`      findmnt --task: ${agreed} mounts of ${services} running services agree`);
    assert.ok(services >= 20 && agreed > 5 * services, `${services} services`);
  });
});

/** The service with a main process that does nothing and stays. */
function staying(text: string): string {
  return text
    .replace("Type=oneshot\nRemainAfterExit=yes", "Type=exec")
    .replace("/usr/local/lib/probe.py", '-c "import time; time.sleep(3600)"');
}

function textOf(name: string, settings: readonly string[], python: string): string {
  const restricted = settings.some((it) => it.startsWith("NoExecPaths="));
  return [
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    `ExecStart=${python} -I -S -B /usr/local/lib/probe.py`,
    `StandardInput=file:/run/probe/${name}.in`,
    `StandardOutput=truncate:/run/probe/${name}.out`,
    ...settings,
    ...(restricted ? [`ExecPaths=${python} /usr/lib /usr/lib64`] : []),
    "",
  ].join("\n");
}

function said(text: string, name: string, paths: readonly string[] = []): SaidUnit {
  const path = `/etc/systemd/system/${name}.service`;
  const { stdout, stderr } = runOver(
    memoryHost({ [path]: text }),
    "sandbox",
    path,
    "--format",
    "json",
    "--systemd",
    "257",
    ...paths.flatMap((it) => ["--path", it]),
  );
  assert.equal(stderr, "");
  return (JSON.parse(stdout) as { units: SaidUnit[] }).units[0] ?? assert.fail(text);
}

/** The absolute paths that settings name on the host. */
function pathsIn(settings: readonly string[]): string[] {
  return settings
    .filter((it) => /^\w*(?:Paths|Directories)=/.test(it))
    .flatMap((it) => it.slice(it.indexOf("=") + 1).split(/[\s:]+/))
    .map((it) => it.replace(/^[-+]+/, "").replace(/(?<=.)\/$/, ""))
    .filter((it) => it.startsWith("/") && !it.includes("%"));
}

/** A program that ends at once, without libraries. */
const PROGRAM =
  "7f454c4602010100000000000000000002003e0001000000780040000000000040000000000000000000000000000000000000004000380001000000000000000100000005000000000000000000000000004000000000000000400000000000840000000000000084000000000000000010000000000000b83c00000031ff0f05909090";

function prepare(units: readonly WorldUnit[]): string {
  return [
    "set -e; mkdir -p /run/probe; chmod 755 /run/probe",
    `for it in ${MADE.join(" ")}; do mkdir -p $it; echo x > $it/file; python3 -c 'import sys; open(sys.argv[1], "wb").write(bytes.fromhex(sys.argv[2]))' $it/tool ${PROGRAM}; chmod 755 $it/tool; done`,
    `for it in ${namedBy(units).filter(isReplaced).join(" ")}; do rm -rf --one-file-system $it; mkdir -p $it; done`,
    folders(units),
    "mknod /dev/extra c 1 3; mkdir -p /usr/lib/modules",
  ].join("\n");
}

/** Makes what settings name. */
function folders(units: readonly WorldUnit[]): string {
  return `for it in ${namedBy(units).join(" ")}; do [ -e $it ] || mkdir -p $it || true; done`;
}

/** The paths that settings name and that can be made. */
function namedBy(units: readonly WorldUnit[]): string[] {
  const optional = new Set(["/nowhere", "/no/where", "/srv/nothing"]);
  const named = units.flatMap(({ settings }) => pathsIn(settings));
  return [...new Set(named)].filter((it) => !optional.has(it) && !/^\/(?:proc|sys|dev)(?:\/|$)/.test(it));
}

/** What every system has, and what it cannot run without, besides `PATHS`. */
const NEEDED = new Set([...PATHS, "/lib64", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/var/mail"]);

/** Whether a path is one of a package, which may be a file, a link or nothing on this machine: in the box it is a folder. */
const isReplaced = (path: string): boolean => !NEEDED.has(path);

const UNPACK =
  "import json, os, sys\nfor path, text in json.load(sys.stdin): os.makedirs(os.path.dirname(path), exist_ok=True); open(path, 'w').write(text)";

const resolved = (path: string): string =>
  path.replace(/^\/(bin|sbin|lib|lib64)(?=\/|$)/, "/usr/$1").replace(/^\/var\/(run)(?=\/|$)/, "/$1");

function putAll(box: Box, files: readonly (readonly [string, string])[]): void {
  box.put("/run/probe/all.json", JSON.stringify(files));
  box.run("sh", "-c", `python3 -c "$1" < /run/probe/all.json`, "-", UNPACK);
}
