import assert from "node:assert/strict";
import { afterWork } from "../../server/src/cli/begin.ts";
import { type Asker, isDialogue } from "../../server/src/cli/dialogue.ts";
import { begin } from "../../server/src/cli/main.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { unitOf } from "../hardening/kit.ts";
import { type MemoryHost, memoryHost, runOver } from "../kit/memoryHost.ts";

const TERMINAL = { colours: false, progress: () => undefined };

/** Whoever types these keys and lines, one after the other, and then leaves. */
function typing(
  ...typed: readonly string[]
): Asker & { readonly asked: readonly string[]; readonly told: readonly string[] } {
  const [left, asked, told] = [[...typed], [] as string[], [] as string[]];
  const next = async (question: string): Promise<string | undefined> => {
    asked.push(question);
    return left.shift();
  };
  return { key: next, line: next, say: (text) => void told.push(text), asked, told };
}

/** Runs a command that asks, with what it writes. */
async function ask(host: MemoryHost, asker: Asker, ...argv: readonly string[]) {
  const begun = begin(argv, host, TERMINAL);
  assert.ok(isDialogue(begun));
  const { writes, end } = afterWork(await begun.talk(asker), TERMINAL);
  for (const it of writes) host.write(it);
  return end(new Map());
}

const UNIT = "/u/x.service";
const WEB = "[Unit]\nDescription=Thing\n\n[Service]\nUser=thing\nExecStart=/usr/local/bin/thing --listen :8080\n";
const ROOT = WEB.replace("User=thing\n", "");

const textOf = (host: MemoryHost): string => String(host.files.get(UNIT));

describe("cli harden --ask", () => {
  it("brings a web service that nobody knows from 9.0 to 3.0 with seven keys", async () => {
    for (const text of [WEB, WEB.replace(" --listen :8080", "")]) {
      assert.equal(assess(unitOf(text)).exposure, text === WEB ? 90 : 90);
      const host = memoryHost({ [UNIT]: text });
      const asker = typing("n", "n", "n", "n", "n", "n", "n");
      const { stdout } = await ask(host, asker, "harden", "--ask", "--write", UNIT);
      const { exposure = 100 } = assess(unitOf(textOf(host)));
      assert.ok(exposure <= 30, `${exposure}`);
      const reasons = stdout.match(/^# {3}\w+=.*: (?:measured|proven|read|stated|usual), .+$/gm) ?? [];
      const added = textOf(host)
        .split("\n")
        .filter((it) => /^\w+=/.test(it) && !text.includes(it));
      assert.equal(reasons.length, added.length);
    }
  });

  it("asks for the rest of a question of which the unit shows a part", async () => {
    const host = memoryHost({ [UNIT]: ROOT.replace("--listen :8080", "--port /dev/ttyUSB0") });
    const asker = typing("n", "n", "n", "n", "n", "n", "n");
    await ask(host, asker, "harden", "--ask", UNIT);
    assert.match(
      asker.asked[0] ?? "",
      /^It opens other sockets than those of IP and this machine\? \(besides that it opens hardware, which the unit shows\)/,
    );
  });

  it("states the answers in the unit, where they stay", async () => {
    const host = memoryHost({ [UNIT]: WEB });
    await ask(host, typing("n", "", "", "", "", "", ""), "harden", "--ask", "--write", "--profile", "basic", UNIT);
    assert.match(textOf(host), /\[Service\]\n# unit-warden: no hardware address-families\nUser=thing\n/);
    assert.match(textOf(host), /^PrivateDevices=yes$/m);
    const later = typing();
    await ask(host, later, "harden", "--ask", UNIT);
    assert.ok(!later.asked.some((it) => it.includes("hardware")));
  });

  it("asks which of several it is, and for details", async () => {
    const host = memoryHost({ [UNIT]: ROOT });
    const asker = typing("y", "y", "/dev/ttyUSB0", "n", "n", "n");
    await ask(host, asker, "harden", "--ask", "--write", UNIT);
    assert.deepEqual(asker.asked.slice(1, 4), [
      "  It opens hardware? [y/n/?]",
      "  Which devices, such as /dev/ttyUSB0? Enter if any:",
      "  It opens other sockets than those of IP and this machine? [y/n/?]",
    ]);
    assert.match(textOf(host), /# unit-warden: needs hardware=\/dev\/ttyUSB0\n/);
    assert.match(textOf(host), /^DeviceAllow=\/dev\/ttyUSB0 rw$/m);
    assert.doesNotMatch(textOf(host), /^PrivateDevices=/m);
  });

  it("explains a question, and asks it again", async () => {
    const asker = typing("?", "n");
    await ask(memoryHost({ [UNIT]: ROOT }), asker, "harden", "--ask", UNIT);
    assert.equal(asker.asked[0], asker.asked[1]);
    assert.match(asker.told[0] ?? "", /hardware: Opens device nodes .*PrivateDevices=yes/s);
  });

  it("asks at most eight questions, and none whose answer changes nothing", async () => {
    const asker = typing(..."nnnnnnnnnnnn");
    await ask(memoryHost({ [UNIT]: ROOT }), asker, "harden", "--ask", UNIT);
    assert.ok(asker.asked.length <= 8 && asker.asked.length >= 7, `${asker.asked.length}`);
    const measured = "[Service]\nType=oneshot\nExecStart=+/bin/true\n";
    const none = typing();
    await ask(memoryHost({ [UNIT]: measured }), none, "harden", "--ask", UNIT);
    assert.deepEqual(none.asked, []);
  });

  it("puts answers into a drop-in with the settings", async () => {
    const host = memoryHost({ [UNIT]: WEB });
    await ask(host, typing("n", "n"), "harden", "--ask", "--drop-in", "--write", UNIT);
    const [path] = host.written;
    assert.equal(path, "/u/x.service.d/hardening.conf");
    assert.match(
      String(host.files.get(path ?? "")),
      /^\[Service\]\n# unit-warden: no hardware .*\n(?:.*\n)*.*PrivateDevices=yes/,
    );
    assert.equal(textOf(host), WEB);
  });

  it("takes one service, and a terminal", async () => {
    const host = memoryHost({ [UNIT]: WEB, "/u/y.service": WEB });
    await assert.doesNotReject(ask(host, typing(), "harden", "--ask", "/u").then((it) => assert.equal(it.status, 2)));
    const { stderr, status } = runOver(host, "harden", "--ask", UNIT);
    assert.match(stderr, /--ask asks on a terminal, and there is none/);
    assert.equal(status, 2);
  });
});

describe("cli new --ask", () => {
  it("asks about the service that it makes, and states the answers in it", async () => {
    const host = memoryHost({});
    const argv = ["new", "service", "shop", "--exec", "/usr/local/bin/shop --port 8080", "--ask", "--output", "/u"];
    const asker = typing("n", "n", "n", "n", "n", "n", "n", "n");
    await ask(host, asker, ...argv);
    const made = String(host.files.get("/u/shop.service"));
    assert.ok(asker.asked.length > 0 && asker.asked.length <= 8);
    assert.match(made, /\[Service\]\n# unit-warden: no hardware /);
    assert.match(made, /^SystemCallFilter=@system-service$/m);
    assert.ok((assess(unitOf(made)).exposure ?? 100) <= 30);
  });

  it("leaves out what the service needs", async () => {
    const host = memoryHost({});
    const argv = ["new", "service", "shop", "--exec", "/usr/local/bin/shop --port 8080", "--ask", "--output", "/u"];
    const asker = typing("y", "y", "ttyUSB0", "/dev/ttyUSB0", "n");
    await ask(host, asker, ...argv);
    assert.match(asker.told[0] ?? "", /^ {4}Invalid detail "ttyUSB0"/);
    const made = String(host.files.get("/u/shop.service"));
    assert.match(made, /^# unit-warden: needs hardware=\/dev\/ttyUSB0$/m);
    assert.doesNotMatch(made, /^PrivateDevices=/m);
  });
});

describe("open questions in reports", () => {
  it("are counted in the text and listed in the JSON of a service that is named", () => {
    const host = memoryHost({ [UNIT]: ROOT });
    const { stdout } = runOver(host, "harden", "--format", "json", UNIT);
    const [file] = JSON.parse(stdout).files;
    const ids = file.questions.map((it: { id: string }) => it.id);
    assert.ok(ids.includes("hardware"));
    const text = runOver(host, "harden", UNIT).stdout;
    assert.ok(text.includes(`# ${ids.length} questions to its owner are open: harden --ask asks, one key each\n`));
    const [folded] = JSON.parse(runOver(host, "harden", "--format", "json", "/u").stdout).files;
    assert.deepEqual(folded.questions, []);
  });
});
