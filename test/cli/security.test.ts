import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CHECKS } from "../../server/src/security/checks.ts";
import { memoryHost, runOn, runOver } from "../kit/memoryHost.ts";

const UNIT = "/u/x.service";
const PLAIN = "[Service]\nExecStart=/bin/true\n";
const REFUSED = "[Service]\nExecStop=/bin/true\n";

interface JsonCheck {
  readonly id: string;
  readonly badness: number | null;
  readonly weight: number;
  readonly range: number;
  readonly exposure: string | null;
  readonly text: string;
  readonly fix?: string;
}

interface JsonUnit {
  readonly path: string;
  readonly scope: string;
  readonly loads: boolean;
  readonly exposure: number | null;
  readonly level: string | null;
  readonly messages: readonly string[];
  readonly checks: readonly JsonCheck[];
  readonly missing: readonly { readonly line: string; readonly grade: string; readonly reason: string }[];
}

type Files = Parameters<typeof memoryHost>[0];

const security = (files: Files, ...argv: readonly string[]): ReturnType<typeof runOn> =>
  runOver(memoryHost(files), "security", ...argv);

/** The units of the JSON report. */
function units(files: Files, ...argv: readonly string[]): readonly JsonUnit[] {
  const { stdout } = security(files, "--format", "json", ...argv);
  const { version, units } = JSON.parse(stdout) as { version: number; units: readonly JsonUnit[] };
  assert.equal(version, 1);
  return units;
}

function only(files: Files, ...argv: readonly string[]): JsonUnit {
  const [unit, ...more] = units(files, ...argv);
  assert.ok(unit && more.length === 0);
  return unit;
}

const checkOf = ({ checks }: JsonUnit, id: string): JsonCheck | undefined => checks.find((it) => it.id === id);

describe("cli security: json", () => {
  it("has the documented shape, on one line", () => {
    const { stdout, stderr, status } = security({ [UNIT]: PLAIN }, "--format", "json", UNIT);
    assert.deepEqual([stderr, status], ["", 0]);
    assert.match(stdout, /^\{"version":1,"units":\[.*\]\}\n$/);
    const { units } = JSON.parse(stdout) as { units: readonly JsonUnit[] };
    const [unit] = units;
    assert.ok(unit && units.length === 1);
    assert.deepEqual(Object.keys(unit), [
      "path",
      "scope",
      "loads",
      "exposure",
      "level",
      "messages",
      "checks",
      "missing",
    ]);
    const { checks, missing, ...rest } = unit;
    assert.ok(missing.some((it) => it.line === "LockPersonality=yes" && it.grade === "usual"));
    assert.deepEqual(rest, {
      path: UNIT,
      scope: "system",
      loads: true,
      exposure: 94,
      level: "UNSAFE",
      messages: [],
    });
    assert.deepEqual(
      checks.map((it) => it.id),
      CHECKS.map((it) => it.id),
    );
    const { text, ...home } = checkOf(unit, "ProtectHome") ?? {};
    assert.match(text ?? "", /^[A-Z].*[^.]$/);
    assert.deepEqual(home, {
      id: "ProtectHome",
      badness: 10,
      weight: 1000,
      range: 10,
      exposure: "0.2",
      fix: "ProtectHome=tmpfs",
    });
  });

  it("has null for what does not apply or adds nothing, and no fix for what passed", () => {
    const unit = only({ [UNIT]: `[Unit]\nDefaultDependencies=no\n${PLAIN}ProtectClock=yes\n` }, UNIT);
    const clock = checkOf(unit, "ProtectClock");
    assert.deepEqual([clock?.badness, clock?.exposure, "fix" in (clock ?? {})], [0, null, false]);
    const none = unit.checks.filter((it) => it.badness === null);
    assert.ok(none.length > 0);
    assert.ok(none.every((it) => it.exposure === null && !("fix" in it)));
  });

  it("has null where systemd refuses the unit", () => {
    const { stdout, status } = security({ [UNIT]: REFUSED }, "--format", "json", UNIT);
    const { units } = JSON.parse(stdout) as { units: readonly JsonUnit[] };
    const { messages, ...rest } = units[0] ?? { messages: [] };
    const nothing = { checks: [], missing: [] };
    assert.deepEqual(rest, { path: UNIT, scope: "system", loads: false, exposure: null, level: null, ...nothing });
    assert.match(messages.join("|"), /^ExecStart= is missing, [^|]*: systemd refuses the unit$/);
    assert.equal(status, 1);
  });

  it("is whole where there is no unit at all", () => {
    const { stdout, stderr, status } = security(
      { "/u/a.timer": "[Timer]\nOnCalendar=daily\n" },
      "--format",
      "json",
      "/u",
    );
    assert.deepEqual(
      { stdout, stderr, status },
      {
        stdout: '{"version":1,"units":[]}\n',
        stderr: "unit-warden: /u: there is no service in this folder\n",
        status: 2,
      },
    );
  });

  it("has no colours", () => {
    const terminal = { colours: true, progress: () => undefined };
    const { stdout } = runOn(["security", "--format", "json", UNIT], memoryHost({ [UNIT]: PLAIN }), terminal);
    assert.doesNotMatch(stdout, /\u001b/);
  });
});

describe("cli security: table", () => {
  it("of one unit is what fails, the heaviest first, and the whole", () => {
    const { stdout, stderr, status } = security({ [UNIT]: `${PLAIN}ProtectClock=yes\n` }, UNIT);
    const lines = stdout.split("\n");
    assert.match(lines[0] ?? "", /^ {2}EXPOSURE {2}NAME +DESCRIPTION$/);
    const rows = lines.slice(1, -4);
    assert.ok(rows.every((it) => /^✗ \d\.\d {7}\S+= +\S/.test(it) && !it.endsWith(" ")));
    const exposures = rows.map((it) => Number(it.slice(2, 5)));
    assert.deepEqual(
      exposures,
      exposures.toSorted((a, b) => b - a),
    );
    assert.ok(rows.some((it) => /^✗ 0\.5 +PrivateNetwork= +It shares /.test(it)));
    assert.ok(rows.some((it) => /^✗ \d\.\d +RestrictNamespaces= +all 7 are allowed: user, pid, /.test(it)));
    assert.doesNotMatch(stdout, /ProtectClock/);
    const { checks } = only({ [UNIT]: `${PLAIN}ProtectClock=yes\n` }, UNIT);
    const passed = checks.filter((it) => it.badness === 0).length;
    const excluded = checks.filter((it) => it.badness === null).length;
    assert.deepEqual(lines.slice(-4), [
      "",
      `${passed} of ${checks.length} checks pass, ${excluded} do not count here (--each names all)`,
      "→ Overall exposure level for x.service: 9.0 UNSAFE 😨",
      "",
    ]);
    assert.deepEqual([stderr, status], ["", 0]);
  });

  it("names one value of a setting with its own sentence", () => {
    const text = `${PLAIN}RestrictNamespaces=user\n`;
    assert.match(
      security({ [UNIT]: text }, UNIT).stdout,
      /^✗ 0\.3 +RestrictNamespaces= +It can create user namespaces.* \(user\)$/m,
    );
  });

  it("has each check in a line of its own where that is asked for", () => {
    const { stdout } = security({ [UNIT]: `${PLAIN}ProtectClock=yes\n` }, "--each", UNIT);
    const lines = stdout.split("\n");
    const rows = lines.slice(1, -3);
    assert.equal(rows.length, CHECKS.length);
    assert.ok(rows.every((it) => /^[✓✗ ] (?:\d\.\d| {3}) {7}\S+=\S* +\S/.test(it) && !it.endsWith(" ")));
    assert.ok(rows.some((it) => /^✓ +ProtectClock= +.*[a-z]$/.test(it)));
    assert.deepEqual(lines.slice(-3), ["", "→ Overall exposure level for x.service: 9.0 UNSAFE 😨", ""]);
  });

  it("has its columns below their titles", () => {
    const [head = "", ...lines] = security({ [UNIT]: PLAIN }, "--each", UNIT).stdout.split("\n");
    const at = [head.indexOf("EXPOSURE"), head.indexOf("NAME"), head.indexOf("DESCRIPTION")];
    for (const row of lines.slice(0, CHECKS.length))
      for (const column of at) assert.match(row.slice(column - 2), /^. (?:\S| {8})/u, row);
  });

  it("has no line longer than the terminal is wide, and breaks none of a pipe", () => {
    const files = { [UNIT]: PLAIN, [`/u/${"long-".repeat(9)}name.service`]: PLAIN };
    const widest = (argv: readonly string[], width?: number): number => {
      const terminal = { colours: false, isTerminal: width !== undefined, width, progress: () => undefined };
      const { stdout } = runOn(["security", ...argv], memoryHost(files), terminal);
      return Math.max(...stdout.split("\n").map((it) => it.length));
    };
    for (const [width, ...argv] of [
      [60, UNIT],
      [80, UNIT],
      [80, "--each", UNIT],
      [80, "/u"],
    ] as const)
      assert.ok(widest(argv, width) <= width, argv.join(" "));
    assert.ok(widest([UNIT]) > 120);
  });

  it("of one refused unit is the reason", () => {
    const { stdout, stderr, status } = security({ [UNIT]: REFUSED }, UNIT);
    assert.match(stdout, /^x\.service: ExecStart= is missing, .*: systemd refuses the unit\n$/);
    assert.deepEqual([stderr, status], ["", 1]);
  });

  it("of several units has a line for each, the most exposed first", () => {
    const files = {
      "/u/a.service": `${PLAIN}PrivateNetwork=yes\nProtectSystem=strict\nDynamicUser=yes\nCapabilityBoundingSet=\n`,
      "/u/b.service": PLAIN,
      "/u/c.service": REFUSED,
      "/u/d.timer": "[Timer]\nOnCalendar=daily\n",
      "/u/deep/e.service": `${PLAIN}PrivateNetwork=yes\n`,
    };
    const { stdout, stderr, status } = security(files, "/u");
    const [head, ...lines] = stdout.split("\n");
    assert.match(head ?? "", /^UNIT +EXPOSURE LEVEL$/);
    assert.equal(lines.pop(), "");
    assert.deepEqual(
      lines.map((it) => it.split(/ +/, 3).join(" ")),
      ["/u/c.service refused by", "/u/b.service 9.4 UNSAFE", "/u/deep/e.service 9.0 UNSAFE", "/u/a.service 5.3 MEDIUM"],
    );
    const column = (head ?? "").indexOf("LEVEL");
    assert.deepEqual(
      lines.map((it) => it.slice(column).split(" ", 1)[0]),
      ["refused", "UNSAFE", "UNSAFE", "MEDIUM"],
    );
    assert.deepEqual([stderr, status], ["", 1]);
  });

  it("has colours only where they are asked for", () => {
    for (const argv of [["/u"], [UNIT]]) {
      const host = memoryHost({ [UNIT]: PLAIN, "/u/y.service": REFUSED });
      const painted = runOn(["security", ...argv], host, { colours: true, progress: () => undefined }).stdout;
      assert.match(painted, /\u001b\[31m9\.4 UNSAFE\u001b\[0m|\u001b\[31mrefused by systemd\u001b\[0m/);
      assert.equal(painted.replaceAll(/\u001b\[\d*m/g, ""), runOver(host, "security", ...argv).stdout);
    }
  });

  it("reports its progress service by service", () => {
    const seen: string[] = [];
    const host = memoryHost({ [UNIT]: PLAIN, "/u/y.service": REFUSED, "/u/z.timer": "" });
    runOn(["security", "/u"], host, { colours: false, progress: (done, total) => seen.push(`${done}/${total}`) });
    assert.deepEqual(seen, ["1/2", "2/2"]);
  });
});

describe("cli security: --threshold", () => {
  for (const [threshold, status] of [
    ["94", 0],
    ["93", 1],
    ["95", 0],
    ["0", 1],
    ["100", 0],
    ["9.4", 0],
    ["9.3", 1],
    ["5.0", 1],
    ["5", 1],
    ["10", 0],
    ["10.0", 0],
  ] as const)
    it(`${threshold} for an exposure of 9.4 gives status ${status}`, () => {
      assert.equal(security({ [UNIT]: PLAIN }, "--threshold", threshold, UNIT).status, status);
    });

  it("is held by all or not at all", () => {
    const files = { [UNIT]: PLAIN, "/u/y.service": `${PLAIN}PrivateNetwork=yes\n` };
    assert.equal(security(files, "--threshold", "93", "/u").status, 1);
    assert.equal(security(files, "--threshold", "93", "/u/y.service").status, 0);
  });

  it("does not let a refused unit pass", () => {
    assert.equal(security({ [UNIT]: REFUSED }, "--threshold", "100", UNIT).status, 1);
  });

  for (const threshold of ["9.45", "50.0", "-1", "101", "high", "", " "])
    it(`${JSON.stringify(threshold)} is refused`, () => {
      const { stdout, stderr, status } = security({ [UNIT]: PLAIN }, `--threshold=${threshold}`, UNIT);
      assert.deepEqual([stdout, status], ["", 2]);
      assert.match(stderr, /^unit-warden: --threshold takes an exposure from 0\.0 to 10\.0, not /);
    });
});

describe("cli security: --policy", () => {
  const POLICY = "/p.json";
  const judged = (policy: unknown): JsonUnit =>
    only({ [UNIT]: PLAIN, [POLICY]: JSON.stringify(policy) }, "--policy", POLICY, UNIT);

  it("changes weights, ranges and texts", () => {
    const unit = judged({
      PrivateNetwork: { weight: 0 },
      ProtectHome: { weight: 5000, range: 20, description_bad: "Homes are open" },
    });
    assert.equal(checkOf(unit, "PrivateNetwork")?.badness, null);
    const home = checkOf(unit, "ProtectHome");
    assert.deepEqual([home?.weight, home?.range, home?.text], [5000, 20, "Homes are open"]);
    assert.notEqual(unit.exposure, 94);
  });

  it("may be empty", () => {
    assert.deepEqual(judged({}), only({ [UNIT]: PLAIN }, UNIT));
  });

  it("is told what of it is ignored", () => {
    const files = { [UNIT]: PLAIN, [POLICY]: '{"NoSuch":{},"ProtectHome":{"weight":-1}}' };
    const { stderr, status } = security(files, "--policy", POLICY, UNIT);
    assert.deepEqual(stderr.split("\n"), [
      "unit-warden: /p.json: Unknown check NoSuch",
      "unit-warden: /p.json: ProtectHome.weight is not a whole number of at least 0",
      "",
    ]);
    assert.equal(status, 2, "another policy than meant makes another number");
  });

  for (const [what, text, message] of [
    ["no JSON", "{", /^unit-warden: \/p\.json: The security policy is not valid JSON: /],
    ["no object", "[]", /^unit-warden: \/p\.json: The security policy must be a JSON object/],
    ["not there", undefined, /^unit-warden: \/p\.json: there is no such file\n/],
    ["unreadable", new Error("permission denied"), /^unit-warden: \/p\.json: permission denied\n/],
  ] as const)
    it(`that is ${what} ends everything`, () => {
      const files = text === undefined ? { [UNIT]: PLAIN } : { [UNIT]: PLAIN, [POLICY]: text };
      const { stdout, stderr, status } = security(files, "--policy", POLICY, UNIT);
      assert.deepEqual([stdout, status], ["", 2]);
      assert.match(stderr, message);
    });
});

describe("cli security: how units are read", () => {
  it("by the systemd that is meant", () => {
    const files = { [UNIT]: `${PLAIN}PrivateUsers=full\n` };
    assert.equal(only(files, "--systemd", "257", UNIT).exposure, 94);
    assert.equal(only(files, "--systemd", "262", UNIT).exposure, 92);
    assert.equal(only(files, UNIT).exposure, 92);
    assert.match(security(files, "--systemd", "1", UNIT).stderr, /^unit-warden: --systemd takes a version from /);
  });

  it("in the scope that is asked for, else the one of the path", () => {
    const path = "/etc/systemd/user/x.service";
    const scope = (unit: JsonUnit): unknown => [unit.scope, unit.exposure];
    assert.deepEqual(scope(only({ [UNIT]: PLAIN }, "--user", UNIT)), ["user", 92]);
    assert.deepEqual(scope(only({ [path]: PLAIN }, path)), ["user", 92]);
    assert.deepEqual(scope(only({ [path]: PLAIN }, "--system", path)), ["system", 94]);
    const { stderr, status } = security({ [UNIT]: PLAIN }, "--user", "--system", UNIT);
    assert.match(stderr, /exclude each other/);
    assert.equal(status, 2);
  });

  it("with the drop-ins beside them", () => {
    const files = {
      [UNIT]: PLAIN,
      "/u/x.service.d/a.conf": "[Service]\nPrivateNetwork=yes\n",
      "/u/x.service.d/b.conf": "[Service]\nProtectClock=yes\n",
      "/u/service.d/0.conf": "[Service]\nPrivateTmp=yes\n",
      "/u/y.service.d/a.conf": "[Service]\nProtectHome=yes\n",
    };
    const passed = only(files, UNIT).checks.filter((it) =>
      ["PrivateNetwork", "ProtectClock", "PrivateTmp", "ProtectHome"].includes(it.id),
    );
    assert.deepEqual(Object.fromEntries(passed.map((it) => [it.id, it.badness === 0])), {
      PrivateNetwork: true,
      PrivateTmp: true,
      ProtectClock: true,
      ProtectHome: false,
    });
    assert.deepEqual(
      units(files, "/u").map((it) => it.path),
      [UNIT],
    );
  });

  it("and one that cannot be read does not stop the others", () => {
    const files = { [UNIT]: PLAIN, "/u/y.service": new Error("permission denied") };
    const { stdout, stderr, status } = security(files, "/u");
    assert.match(stdout, /→ Overall exposure level for x\.service: 9\.4 UNSAFE/);
    assert.deepEqual([stderr, status], ["unit-warden: /u/y.service: permission denied\n", 2]);
  });
});

describe("cli security: what has no exposure level", () => {
  for (const path of ["/u/x.socket", "/u/x.service.d/a.conf", "/u/x.timer"])
    it(`is told of ${path}`, () => {
      const { stdout, stderr, status } = security({ [path]: "[Unit]\nDescription=x\n", [UNIT]: PLAIN }, path, UNIT);
      assert.equal(stderr, `unit-warden: ${path}: only services, .container and .nspawn files are assessed\n`);
      assert.match(stdout, /x\.service: 9\.4 UNSAFE/);
      assert.equal(status, 2);
    });

  it("is told of files that are none of systemd's, or not there", () => {
    const { stdout, stderr, status } = security({ "/u/readme.md": "" }, "/u/readme.md", "/u/none.service");
    assert.equal(stdout, "");
    assert.match(stderr, /readme\.md: this is no unit file.*\n.*none\.service: there is no such file or folder\n$/);
    assert.equal(status, 2);
  });

  it("is nothing at all", () => {
    const { stdout, stderr, status } = security({});
    assert.deepEqual([stdout, status], ["", 2]);
    assert.match(stderr, /^unit-warden: name a service file or a folder\n/);
  });
});
