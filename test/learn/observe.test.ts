import assert from "node:assert/strict";
import { CALL_GROUPS } from "../../server/src/facts/systemCallGroups.ts";
import { callKind } from "../../server/src/learn/gather/calls.ts";
import { observingDropIn, type Watching } from "../../server/src/learn/observe.ts";
import { QUIET_CALLS } from "../../server/src/learn/quietCalls.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

const WATCHING: Watching = { folder: "/var/lib/unit-warden/learn/x", strace: "/usr/bin/strace", how: "quick" };
const PATH = { kind: "service", role: "unit", name: "x.service", scope: "system" } as const;

/** The drop-in of a service with these lines, with the options of strace left out. */
function dropIn(lines: string, watching: Partial<Watching> = {}, dropIns: readonly string[] = []): string[] {
  const made = observingDropIn(readUnit(PATH, `[Service]\n${lines}\n`, 257, { dropIns }), { ...WATCHING, ...watching });
  if ("refused" in made) return [`refused: ${made.refused}`];
  const written = made.dropIn.trim().split("\n").slice(1);
  return written.map((it) => it.replace(/ -D -f .* -o \S+\/(\S+)\.strace /, " > $1 "));
}

/** The line that becomes of one of ExecStart=. */
const wrapped = (value: string): string | undefined => dropIn(`ExecStart=${value}`).find((it) => /^Exec\w+=./.test(it));

describe("the drop-in that observes", () => {
  it("puts strace in front of each command, one log for each", () => {
    assert.deepEqual(
      dropIn(
        "ExecStartPre=/bin/a\nExecStartPre=-/bin/b 'x  y'\nExecStart=/bin/c\nExecReload=kill -HUP $MAINPID\nExecStopPost=/bin/d",
      ),
      [
        "ExecStartPre=",
        "ExecStartPre=/usr/bin/strace > ExecStartPre-1 -- /bin/a",
        "ExecStartPre=-/usr/bin/strace > ExecStartPre-2 -- /bin/b 'x  y'",
        "ExecStart=",
        "ExecStart=/usr/bin/strace > ExecStart-1 -- /bin/c",
        "ExecReload=",
        "ExecReload=/usr/bin/strace > ExecReload-1 -- kill -HUP $MAINPID",
        "ExecStopPost=",
        "ExecStopPost=/usr/bin/strace > ExecStopPost-1 -- /bin/d",
        "TimeoutStartSec=300",
      ],
    );
  });

  it("keeps prefixes, names of argv[0], quotes and variables", () => {
    assert.equal(wrapped("-/bin/a"), "ExecStart=-/usr/bin/strace > ExecStart-1 -- /bin/a");
    assert.equal(wrapped("!!/bin/a"), "ExecStart=!!/usr/bin/strace > ExecStart-1 -- /bin/a");
    assert.equal(wrapped("@/bin/a  b c"), "ExecStart=/usr/bin/strace > ExecStart-1 --argv0=b -- /bin/a c");
    assert.equal(wrapped('@-/bin/a "b c"'), 'ExecStart=-/usr/bin/strace > ExecStart-1 --argv0="b c" -- /bin/a');
    assert.equal(
      wrapped(`/bin/a "x \\" y"  \${Z} \\\n # no\n  end`),
      `ExecStart=/usr/bin/strace > ExecStart-1 -- /bin/a "x \\" y"  \${Z}    end`,
    );
    assert.equal(wrapped("/bin/$a $b"), "ExecStart=/usr/bin/strace > ExecStart-1 -- /bin/$$a $b");
    assert.equal(wrapped(":/bin/$a $b"), "ExecStart=:/usr/bin/strace > ExecStart-1 -- /bin/$a $b");
    assert.equal(wrapped('"-/bin/a b" c'), 'ExecStart=-/usr/bin/strace > ExecStart-1 -- "/bin/a b" c');
    assert.equal(wrapped("+/bin/a"), "ExecStart=+/bin/a");
  });

  it("gives several commands of one line a line and a log each", () => {
    assert.deepEqual(
      dropIn('Type=oneshot\nExecStart=-/bin/a x ; @/bin/b c \\; "d ; e" ; +/bin/f\nExecStart=/bin/g').slice(1),
      [
        "ExecStart=-/usr/bin/strace > ExecStart-1 -- /bin/a x",
        'ExecStart=/usr/bin/strace > ExecStart-2 --argv0=c -- /bin/b \\; "d ; e"',
        "ExecStart=+/bin/f",
        "ExecStart=/usr/bin/strace > ExecStart-4 -- /bin/g",
      ],
    );
  });

  it("takes the commands of drop-ins, after the last reset", () => {
    const lines = dropIn("ExecStart=/bin/a", {}, ["[Service]\nExecStart=\nExecStart=/bin/b %i\n"]);
    assert.deepEqual(lines.slice(0, 2), ["ExecStart=", "ExecStart=/usr/bin/strace > ExecStart-1 -- /bin/b %i"]);
  });

  it("refuses what it cannot observe, with the line", () => {
    assert.match(dropIn("ExecStart=/bin/a ; |/bin/b").join(), /^refused: ExecStart=\/bin\/a ; \|\/bin\/b runs in the/);
    assert.match(dropIn("ExecStart=|/bin/a").join(), /^refused: ExecStart=\|\/bin\/a runs in the shell/);
    assert.match(dropIn('ExecStart=/bin/a "b').join(), /^refused: systemd does not read/);
    assert.match(dropIn("ExecStart=/bin/a\nRootDirectory=/srv").join(), /^refused: RootDirectory=\/srv gives/);
    assert.doesNotMatch(dropIn("ExecStart=/bin/a\nRootDirectory=/srv\nBindReadOnlyPaths=/usr /etc").join(), /refused/);
  });

  const FOLDER = WATCHING.folder;
  const cases: readonly (readonly [lines: string, added: readonly string[]])[] = [
    ["", []],
    ["SystemCallFilter=@system-service", ["SystemCallFilter=@debug process_vm_readv seccomp"]],
    ["CapabilityBoundingSet=", ["CapabilityBoundingSet=CAP_SYS_PTRACE"]],
    ["ProtectSystem=full", []],
    ["ProtectSystem=strict", [`ReadWritePaths=${FOLDER}`]],
    ["DynamicUser=yes", [`ReadWritePaths=${FOLDER}`]],
    ["ReadOnlyPaths=/var", [`ReadWritePaths=${FOLDER}`]],
    ["InaccessiblePaths=/var/lib", [`BindPaths=${FOLDER}`, `ReadWritePaths=${FOLDER}`]],
    ["TemporaryFileSystem=/var", [`BindPaths=${FOLDER}`, `ReadWritePaths=${FOLDER}`]],
    [
      "ProtectSystem=strict\nRuntimeDirectory=confinement/%n\nRootDirectory=/run/confinement/%n\nBindReadOnlyPaths=/usr",
      [`BindPaths=${FOLDER}`, `ReadWritePaths=${FOLDER}`],
    ],
    ["NoExecPaths=/\nExecPaths=/usr/lib /bin/a", ["ExecPaths=/usr/bin/strace"]],
    ["LimitFSIZE=1M", ["LimitFSIZE=infinity"]],
  ];
  for (const [lines, added] of cases)
    it(`allows strace what ${lines || "a plain unit"} would not`, () => {
      const made = dropIn(`ExecStart=/bin/a\n${lines}`);
      assert.deepEqual(made.slice(2), [...added, "TimeoutStartSec=300"]);
    });

  it("makes the time of the start longer, never shorter", () => {
    const last = (lines: string): string | undefined => dropIn(`ExecStart=/bin/a\n${lines}`).at(-1);
    assert.equal(last("TimeoutStartSec=20"), "TimeoutStartSec=300");
    for (const it of ["TimeoutStartSec=0", "TimeoutStartSec=infinity", "TimeoutStartSec=10min", "Type=oneshot"])
      assert.match(last(it) ?? "", /^ExecStart=/, it);
  });

  it("lets strace change the user where programs with other rights are run, unless that loses groups", () => {
    const how = "privileged";
    assert.match(dropIn("ExecStart=-/bin/a\nUser=u", { how }).join(), /ExecStart=-!\/usr\/bin\/strace/);
    assert.match(dropIn("ExecStart=/bin/a\nUser=u\nGroup=g", { how }).join(), /^refused: Group= is not kept/);
    assert.match(dropIn("ExecStart=/bin/a\nUser=u\nGroup=u", { how }).join(), /ExecStart=!\/usr\/bin\/strace/);
    const bare = dropIn("ExecStart=/bin/a\nUser=u\nCapabilityBoundingSet=\nSystemCallFilter=@system-service", { how });
    assert.ok(bare.includes("CapabilityBoundingSet=CAP_SYS_PTRACE CAP_SETUID CAP_SETGID"), bare.join("\n"));
    assert.ok(bare.includes("SystemCallFilter=@debug process_vm_readv seccomp @setuid"), bare.join("\n"));
  });

  it("leaves out only calls that @system-service allows, that no setting takes back, and that no reader looks at", () => {
    const members = (name: string): string[] =>
      (CALL_GROUPS as Readonly<Record<string, string>>)[name]
        ?.split(" ")
        .flatMap((it) => (it.startsWith("@") ? members(it) : [it])) ?? [];
    const allowed = new Set([...members("@system-service"), ...members("@default")]);
    // What is listed was opened as a folder.
    const takenBack = new Set([...members("@privileged"), ...members("@resources")]);
    assert.deepEqual(
      QUIET_CALLS.filter((it) => !allowed.has(it) || takenBack.has(it) || (callKind(it).reader && it !== "getdents64")),
      [],
    );
    // What is done on each request of a server, and tells something.
    for (const it of ["openat", "setsockopt", "sendmsg", "connect"])
      assert.ok(!QUIET_CALLS.includes(it) && callKind(it).reader);
  });
});
