import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Where } from "../../server/src/values/grammar.ts";
import { issuesOf, slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { type ValueTypeName, valueType } from "../../server/src/values/valueTypes.ts";
import { expectLinear } from "../kit/growth.ts";

function where(name: string, more: Partial<Where> = {}): Where {
  const unit = parseUnitName(name);
  assert.ok(unit);
  return { version: 262, scope: "system", kind: unit.kind, unit, certain: true, ...more };
}

/** What is said of a value: the effects, a blank between them; empty where it is right. */
function effects(type: ValueTypeName, text: string, at: Where = where("m.service")): string {
  return issuesOf(valueType(type), text, at)
    .map(({ effect }) => effect)
    .join(" ");
}

/** The offers at `$0` and what the machine is asked for. */
function offered(type: ValueTypeName, marked: string, at: Where = where("m.service")) {
  const cursor = marked.indexOf("$0");
  const text = marked.replace("$0", "");
  const slots = slotsAt(valueType(type), text, cursor, at);
  return {
    texts: slots.flatMap((slot) => slot.offers().map((it) => it.text)),
    lookups: slots.flatMap((slot) => (slot.lookup ? [slot.lookup.kind] : [])),
    spans: slots.map((slot) => text.slice(slot.from, slot.to)),
  };
}

/** The parts of a value with their roles. */
const parts = (type: ValueTypeName, text: string, at: Where = where("m.service")): string[] =>
  tokensOf(valueType(type), text, at).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);

describe("lists of units", () => {
  it("drop the words that no unit can be called", () => {
    assert.equal(effects("unitDeps", "a.service b.socket x@.service x@y.timer -.mount a\\x2db.service"), "");
    for (const word of ["a", "a.b", "a/b.service", '"a.service"', "@a.service", ".service", "a@b.slice", "ä.service"])
      assert.equal(effects("unitDeps", `b.service ${word} c.service`), "word", word);
    assert.equal(effects("unitDeps", `${"a".repeat(247)}.service`), "");
    assert.equal(effects("unitDeps", `${"a".repeat(248)}.service`), "word");
  });

  it("take what a specifier may stand for", () => {
    assert.equal(effects("unitDeps", "%n %p@%i.service %H"), "");
    assert.equal(effects("unitDeps", "%I.service"), "word");
    assert.equal(effects("unitDeps", "%p"), "word");
    assert.equal(effects("unitDeps", "%i.device"), "word");
    const template = where("x@test_instance.service", { certain: false });
    assert.equal(effects("unitDeps", "%i", template), "");
  });

  it("do not name the unit itself where systemd minds", () => {
    assert.equal(effects("unitDepsOnOthers", "m.service"), "silent");
    assert.equal(effects("unitDepsOnOthers", "%n"), "silent");
    assert.equal(effects("unitDeps", "m.service"), "");
    const template = where("x@test_instance.service", { certain: false });
    assert.equal(effects("unitDepsOnOthers", "x@.service", template), "silent");
    assert.equal(effects("unitDepsOnOthers", "x@test_instance.service %n", template), "");
  });

  it("offer special units of the scope, and ask for others", () => {
    for (const text of ["$0", "a.service $0", "a.service b.service net$0"]) {
      const { texts, lookups } = offered("unitDeps", text);
      assert.ok(texts.includes("network-online.target"), text);
      assert.deepEqual(lookups, ["units"], text);
    }
    assert.ok(!offered("unitDeps", "network.target $0").texts.includes("network.target"));
    const user = where("m.service", { scope: "user" });
    assert.ok(!offered("unitDeps", "$0", user).texts.includes("multi-user.target"));
    assert.ok(offered("unitDeps", "$0", user).texts.includes("graphical-session.target"));
    const old = where("m.service", { version: 257 });
    assert.ok(!offered("unitDeps", "$0", old).texts.includes("imports.target"));
    assert.deepEqual(offered("unitSlice", "$0").texts.slice(0, 2), ["system.slice", "user.slice"]);
  });

  it("are coloured as units", () => {
    assert.deepEqual(parts("unitDeps", "a.service foo x@%i.service"), [
      "unitName a.service",
      "unitName x@%i.service",
      "specifier %i",
    ]);
  });

  it("are read in time in proportion to their length", () => {
    const read = (type: "unitDeps" | "installUnits", piece: string): void =>
      expectLinear(
        1_000,
        (size) => piece.repeat(size),
        (value) => effects(type, value),
      );
    read("unitDeps", "a.service ");
    read("unitDeps", "foo ");
    read("installUnits", '"');
    read("unitDeps", "a,");
  });
});

describe("single units", () => {
  it("have the kind that the directive takes", () => {
    assert.equal(effects("unitSlice", "a.slice"), "");
    assert.equal(effects("unitSlice", "a.service"), "assignment");
    assert.equal(effects("unitSlice", "a@b.slice"), "assignment");
    assert.equal(effects("unitSlice", ""), "assignment");
    assert.equal(effects("unitSlice", "a--b.slice"), "silent");
    assert.equal(effects("unitSlice", "-.slice"), "");
    assert.equal(effects("unitSlice", "a.slice", where("m.slice")), "assignment");
    assert.equal(effects("socketService", "a@.service", where("m.socket")), "assignment");
    assert.equal(effects("socketService", "a@b.service", where("m.socket")), "");
    assert.equal(effects("serviceSockets", "a.socket x@.socket b.service"), "word");
  });

  it("are not the timer itself", () => {
    assert.equal(effects("triggerUnit", "m.timer", where("m.timer")), "assignment");
    assert.equal(effects("triggerUnit", "n.timer", where("m.timer")), "");
    assert.equal(effects("triggerUnit", "x@.service", where("m.timer")), "");
    assert.equal(effects("triggerUnit", "foo", where("m.timer")), "assignment");
  });
});

describe("[Install]", () => {
  it("is read by systemctl alone, so that nothing is an error", () => {
    assert.equal(effects("installUnits", 'multi-user.target "a.target" foo@%i.service'), "");
    assert.equal(effects("installUnits", "multi-user %Q"), "silent silent");
    assert.equal(effects("installAlso", '"a.socket"'), "silent");
    assert.equal(effects("installAlias", "n.service x.target.wants/m.service"), "");
    for (const alias of ["n", "n.target", "n@.service", "n@a.service", "x.foo/m.service"])
      assert.equal(effects("installAlias", alias), "silent", alias);
    const template = where("x@test_instance.service", { certain: false });
    assert.equal(effects("installAlias", "y@.service y@a.service", template), "");
    assert.equal(effects("installAlias", "y.service", template), "silent");
    assert.equal(effects("installAlias", "a.mount", where("b.mount")), "silent");
    assert.equal(effects("installDefaultInstance", "tty1", template), "");
    assert.equal(effects("installDefaultInstance", "a b", template), "silent");
    assert.equal(effects("installDefaultInstance", "tty1"), "silent");
  });
});

describe("addresses of sockets", () => {
  const socket = where("m.socket");

  it("are paths, names, ports, addresses with ports and those of vsock", () => {
    for (const address of [
      "80",
      "0x50",
      "1.2.3.4:80",
      "[::1]:80",
      "[fe80::1]:80%%eth0",
      "[::ffff:1.2.3.4]:80",
      "@name",
      "/run/a b",
      "%t/x",
      "vsock:2:1234",
      "vsock::0",
      `/${"a".repeat(106)}`,
    ])
      assert.equal(effects("socketListenAddress", address, socket), "", address);
    for (const address of [
      "0",
      "65536",
      "1.2.3.4",
      "1.2.3.4:0",
      "1.2.3.4:080",
      "1.2.3:80",
      "::1",
      "[::1]",
      "[fe80::1]:80%eth0",
      "[fe80::1%%eth0]:80",
      "localhost:80",
      "*:80",
      "@",
      "/",
      "vsock:2",
      "vsock:x:1",
      "vsock::4294967295",
      `/${"a".repeat(107)}`,
    ])
      assert.equal(effects("socketListenAddress", address, socket), "assignment", address);
  });

  it("of sequential packets are local", () => {
    assert.equal(effects("socketListenSequentialPacket", "/run/x", socket), "");
    for (const address of ["80", "[::1]:80", "vsock:2:1"])
      assert.equal(effects("socketListenSequentialPacket", address, socket), "assignment", address);
  });

  it("below /var/run are taken with a warning", () => {
    for (const address of ["/var/run/x", "//var//run", "/./var/./run/x"])
      assert.equal(effects("socketListenAddress", address, socket), "complains", address);
    assert.equal(effects("socketListenAddress", "/var/running", socket), "");
  });

  it("are families of netlink with a group", () => {
    for (const address of ["kobject-uevent 1", "route\t0x10", "15 1", "audit"])
      assert.equal(effects("socketListenNetlink", address, socket), "", address);
    for (const address of ["Route", "crypto", "route x", "route 1 2", "-1"])
      assert.equal(effects("socketListenNetlink", address, socket), "assignment", address);
  });

  it("are offered and coloured by their parts", () => {
    assert.ok(offered("socketListenAddress", "$0", socket).texts.includes("[::1]:"));
    assert.deepEqual(offered("socketListenAddress", "/run/$0", socket).lookups, ["paths"]);
    assert.ok(offered("socketListenAddress", "[fe80::1]:80%%e$0", socket).lookups.includes("interfaces"));
    assert.ok(offered("socketListenNetlink", "kob$0", socket).texts.includes("kobject-uevent"));
    assert.deepEqual(parts("socketListenAddress", "[::1]:80", socket), ["name [::1]", "number 80"]);
    assert.deepEqual(parts("socketListenAddress", "@x", socket), ["operator @", "name x"]);
    assert.deepEqual(parts("socketListenAddress", "vsock:2:1", socket), ["word vsock", "number 2", "number 1"]);
    assert.deepEqual(parts("socketListenNetlink", "route 1", socket), ["word route", "number 1"]);
  });
});
