import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { SURE } from "../../server/src/failures/cause.ts";
import { diagnose } from "../../server/src/failures/diagnose.ts";
import { readEvidence } from "../../server/src/failures/evidence.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { serviceWorld, spotAt } from "../../server/src/security/world/world.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

const PATHS =
  "/home /home/a /home/a/app /root /run /run/d /run/user/1 /tmp /tmp/x /var/tmp /var/lib /var/lib/d /var/lib/d/x /var/log/d /opt /opt/app " +
  "/srv /srv/data /usr /usr/bin /usr/bin/d /usr/lib /bin/d /usr/sbin /sbin/d /etc /etc/d /dev/net/tun /dev/shm/x /proc/sys /proc/self " +
  "/sys /var/run/d %S/d %t/d %h/app /opt/%N %C/d /lib/d";
const path = fc.constantFrom(...PATHS.split(" "));
const sign = fc.constantFrom("", "", "-", "+", "-+");
const either = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const line = (key: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> => value.map((it) => `${key}=${it}`);
const listed = fc.tuple(sign, path).map((it) => it.join(""));
const bound = fc
  .tuple(either("", "-"), path, fc.option(path))
  .map(([dash, from, to]) => `${dash}${from}${to ? `:${to}` : ""}`);
const BOOLEAN = either("yes", "no");

const setting = fc.oneof(
  line("ProtectHome", either("yes", "no", "read-only", "tmpfs")),
  line("ProtectSystem", either("yes", "no", "full", "strict")),
  ...["InaccessiblePaths", "ReadOnlyPaths", "ReadWritePaths", "NoExecPaths", "ExecPaths"].map((it) => line(it, listed)),
  ...["InaccessibleDirectories", "ReadOnlyDirectories", "ReadWriteDirectories"].map((it) => line(it, listed)),
  ...["BindPaths", "BindReadOnlyPaths"].map((it) => line(it, bound)),
  line(
    "TemporaryFileSystem",
    fc.tuple(fc.oneof(path, either("/")), either("", ":ro", ":mode=0700")).map((it) => it.join("")),
  ),
  ...["StateDirectory", "RuntimeDirectory", "CacheDirectory"].map((it) => line(it, either("d", "d/x", "d:e", "e", ""))),
  ...[
    "PrivateTmp",
    "PrivateDevices",
    "DynamicUser",
    "MountAPIVFS",
    "ProtectKernelTunables",
    "ProtectKernelModules",
  ].map((it) => line(it, BOOLEAN)),
  line("ProcSubset", either("all", "pid")),
  line("RootDirectory", either("/", "/srv/root", "/run/d")),
  line("MountImages", either("/x.raw:/opt", "/x.raw:/srv")),
  line("ExtensionImages", either("/x.raw")),
);

interface Asked {
  readonly unit: Unit;
  readonly written: string;
}

/** A service with some lines about a path, among settings that may hide it or close it. */
const asked = (lines: (path: string) => readonly string[]): fc.Arbitrary<Asked> =>
  fc
    .record({
      settings: fc.array(setting, { minLength: 1, maxLength: 6 }),
      dropIn: fc.array(setting, { maxLength: 2 }),
      written: path,
      joins: fc.boolean(),
      user: fc.nat(5).map((it) => it === 0),
    })
    .map(({ settings, dropIn, written, joins, user }) => {
      const name = unitPath(`/etc/systemd/${user ? "user" : "system"}/d.service`) ?? assert.fail();
      const head = joins ? "[Unit]\nJoinsNamespaceOf=o.service\n" : "";
      const text = `${head}[Service]\n${[...lines(written), ...settings].join("\n")}\n`;
      return { unit: readUnit(name, text, 257, { dropIns: [`[Service]\n${dropIn.join("\n")}\n`] }), written };
    });

/** What the world says of the path, with all that it rests on. */
function seen({ unit, written }: Asked) {
  const world = serviceWorld(unit) ?? assert.fail();
  const real = written.replace("%S", unit.path.scope === "user" ? "/home/user/.local/state" : "/var/lib");
  const own = real.replace("%C", unit.path.scope === "user" ? "/home/user/.cache" : "/var/cache");
  const more = own.replace("%t", unit.path.scope === "user" ? "/run/user/1000" : "/run").replace("%N", "d");
  const asked = more.replace("%h", unit.path.scope === "user" ? "/home/user" : "/root");
  // Of PIDFile= systemd itself takes the old link away.
  const spot = spotAt(world, unit.file.text.includes("PIDFile=") ? asked.replace(/^\/var\/run/, "/run") : asked);
  // Where all of the root is closed nothing starts, so that there is nothing to say of single paths.
  const started = world.files.mounts.get("/")?.mode !== "inaccessible";
  const there = world.files.mounts.get(spot.real);
  const itself = there?.applied === true && there.mode === "inaccessible";
  return { world, spot, asked, itself, started };
}

const hidden = ({ spot, started }: ReturnType<typeof seen>): boolean =>
  started && (spot.state === "hidden" || spot.state === "absent");

/** Whether the sandbox keeps files from being written at a path, be it there or yet to be made. */
function closed({ world, spot }: ReturnType<typeof seen>): boolean {
  if (spot.state === "hidden") return false;
  if (spot.state !== "absent") return spot.writable === false;
  const there = [...upwards(spot.real)].map((it) => spotAt(world, it)).find((it) => it.state !== "absent");
  return there?.writable === false;
}

function* upwards(path: string): Generator<string> {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) yield path.slice(0, at);
  yield "/";
}

/** Compares an answer with the world on many units. */
function agrees(
  lines: (path: string) => readonly string[],
  found: (it: Asked) => boolean,
  expected: (it: ReturnType<typeof seen>) => boolean,
): void {
  fc.assert(
    fc.property(asked(lines), (it) => {
      // systemd refuses such paths in WorkingDirectory= and PIDFile=, whatever the sandbox says.
      fc.pre(lines === starts || !/^\/(?:dev|proc|sys)\//.test(`${it.written}/`));
      assert.equal(found(it), expected(seen(it)), `${it.unit.file.text}${it.unit.dropIns.map((file) => file.text)}`);
    }),
    { numRuns: 300 },
  );
}

const has =
  (code: string, message: RegExp) =>
  (it: Asked): boolean =>
    check(it.unit, { profile: "off" }).some((found) => found.code === code && message.test(found.message));

/** Whether an explanation of a failure is sure that a setting hides or closes the path. */
const explains =
  (error: string, reason: RegExp) =>
  (it: Asked): boolean => {
    const { unit } = it;
    const told = `d: cannot open ${seen(it).asked}: ${error}`;
    return diagnose(unit, readEvidence(told)).some((it) => it.weight === SURE && reason.test(it.reason));
  };

const starts = (path: string): readonly string[] => [`ExecStart=${path}`];
const worksIn = (path: string): readonly string[] => ["ExecStart=/usr/bin/true", `WorkingDirectory=${path}`];
const forks = (path: string): readonly string[] => ["Type=forking", "ExecStart=/usr/bin/true", `PIDFile=${path}`];

describe("paths of a service", () => {
  it("are hidden to the rule about programs where they are in the world", () => {
    agrees(starts, has("sandbox/hidden-program", /starts/), hidden);
  });

  it("are hidden to the rule about WorkingDirectory= where they are in the world, but for what can be entered", () => {
    agrees(
      worksIn,
      has("sandbox/hidden-working-directory", /./),
      (it) => hidden(it) && !it.itself && !(it.spot.by?.directive === "PrivateTmp" || isOfDynamicUser(it)),
    );
  });

  it("are private to the rule about PIDFile= where they are in the world", () => {
    agrees(
      forks,
      has("sandbox/hidden-pid-file", /./),
      (it) => it.started && ["hidden", "absent", "empty", "private"].includes(it.spot.state),
    );
  });

  it("are read-only to the rule about PIDFile= where they are in the world", () => {
    agrees(forks, has("sandbox/read-only-path", /PIDFile/), closed);
  });

  it("run no program to the rule about them where they do not in the world", () => {
    agrees(starts, has("sandbox/no-exec", /which NoExecPaths= covers/), (it) => {
      const other = it.asked.replace(/^\/(?:usr\/)?sbin\//, "/usr/bin/");
      return [it.spot, spotAt(it.world, other)].every(
        (spot) =>
          !["hidden", "absent", "unknown"].includes(spot.state) &&
          (spot.noexecBy ?? spot.by)?.directive === "NoExecPaths" &&
          spot.executable === false,
      );
    });
  });

  it("are hidden to explanations where they are in the world", () => {
    agrees(starts, explains("No such file or directory", /hides|removes|shows/), hidden);
  });

  it("are read-only to explanations where they are in the world", () => {
    agrees(starts, explains("Read-only file system", /makes .* read-only/), closed);
  });
});

/** What an own /tmp has is there later on. */
const isOfDynamicUser = ({ spot }: ReturnType<typeof seen>): boolean =>
  spot.by?.directive === "DynamicUser" && /^\/(?:var\/)?tmp\//.test(spot.real);
