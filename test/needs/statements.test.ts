import assert from "node:assert/strict";
import { suppressions } from "../../server/src/findings/suppress.ts";
import { decisionFor } from "../../server/src/needs/decided.ts";
import { ownerAnswers } from "../../server/src/needs/ownerAnswers.ts";
import { statementsIn } from "../../server/src/needs/statements.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { withStated } from "../../server/src/units/readUnit.ts";
import { unitOf } from "../hardening/kit.ts";

const PROGRAM = "ExecStart=/opt/shop/bin/shopd";

const service = (...lines: readonly string[]) => unitOf(`[Service]\n${[PROGRAM, ...lines].join("\n")}\n`);

const answers = (...lines: readonly string[]) =>
  Object.fromEntries([...ownerAnswers(service(...lines))].map(([need, { says, details }]) => [need, details ?? says]));

describe("statements about what a service needs", () => {
  it("are comments with words and, after =, with details", () => {
    const text =
      "# unit-warden: needs hardware=/dev/a,/dev/b writes=/srv -- as measured\n; unit-warden: no homes, clock\n";
    const read = statementsIn(parse(text)).map(({ says, line, needs }) => [
      says,
      line,
      needs.map(({ start, end }) => text.slice(start, end)),
    ]);
    assert.deepEqual(read, [
      ["needs", 0, ["hardware=/dev/a,/dev/b", "writes=/srv"]],
      ["no", 1, ["homes", "clock"]],
    ]);
  });

  it("silence nothing, and comments that silence state nothing", () => {
    const file = parse("# unit-warden: no homes\n# unit-warden: ignore hardening\n[Service]\n");
    assert.deepEqual(
      suppressions(file)?.all.map((it) => it.verb),
      ["ignore"],
    );
    assert.equal(statementsIn(file).length, 1);
  });

  it("count together, and of two answers the one that takes nothing away does", () => {
    assert.deepEqual(answers("# unit-warden: needs writes=/srv", "# unit-warden: needs writes=/mnt"), {
      writes: ["/srv", "/mnt"],
    });
    assert.deepEqual(answers("# unit-warden: no hardware", "# unit-warden: needs hardware"), { hardware: "needs" });
    assert.deepEqual(answers("# unit-warden: needs hardware=/dev/a hardware"), { hardware: "needs" });
  });

  it("mean nothing with unknown names, and with details that they cannot have", () => {
    assert.deepEqual(answers("# unit-warden: no hardwear clocks", "# unit-warden: no hardware=/dev/a"), {});
    assert.deepEqual(answers("# unit-warden: no clock=utc"), {});
    assert.deepEqual(answers('# unit-warden: needs clock=utc hardware=ttyUSB0 writes=/srv/a"b'), {
      clock: "needs",
      hardware: "needs",
      writes: "needs",
    });
  });

  it("of a team count where the unit says nothing", () => {
    const stated = [{ text: "no homes clock", from: ".unit-warden.json" }];
    const found = [...ownerAnswers(withStated(service("# unit-warden: needs homes"), stated))];
    assert.deepEqual(
      found.map(([need, { says, where }]) => [need, says, ...where]),
      [
        ["homes", "needs", "line 3"],
        ["clock", "no", ".unit-warden.json"],
      ],
    );
  });
});

describe("what statements decide", () => {
  const decide = (setting: string, ...lines: readonly string[]) => decisionFor(factsOf(service(...lines)), setting);

  it("is nothing while a question is open", () => {
    assert.equal(decide("ProtectClock", "# unit-warden: no clock"), undefined);
    assert.equal(decide("ProtectClock", "# unit-warden: no clock hardware")?.kind, "stated");
    assert.equal(decide("SystemCallFilter", "# unit-warden: no mounts namespaces hardware"), undefined);
    assert.equal(decide("SystemCallFilter", "# unit-warden: no system-calls")?.kind, "stated");
  });

  it("is a gentler value that grants what is needed, or none", () => {
    const device = decide("DevicePolicy", "# unit-warden: needs hardware=/dev/ttyUSB0");
    assert.deepEqual([device?.value, device?.lines], ["closed", ["DeviceAllow=/dev/ttyUSB0 rw"]]);
    assert.equal(decide("PrivateDevices", "# unit-warden: needs hardware=/dev/ttyUSB0")?.kind, "withheld");
    assert.equal(decide("DevicePolicy", "# unit-warden: needs hardware")?.kind, "withheld");
    assert.deepEqual(decide("RestrictAddressFamilies", "# unit-warden: needs address-families=AF_CAN")?.adds, [
      "AF_CAN",
    ]);
  });

  it("is nothing that the unit itself contradicts", () => {
    assert.equal(decide("PrivateDevices", "# unit-warden: no hardware", "DeviceAllow=/dev/ttyS0 rw"), undefined);
    assert.equal(decide("RestrictRealtime", "# unit-warden: no realtime", "CPUSchedulingPolicy=fifo"), undefined);
  });

  it("says who states it, and where", () => {
    const reason = decide("ProtectClock", "# unit-warden: no clock", "# unit-warden: no hardware")?.reason;
    assert.equal(reason, "its owner says that it sets no clock and opens no hardware (lines 3, 4)");
  });
});
