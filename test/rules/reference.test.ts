import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { REFERENCE_RULES } from "../../server/src/rules/reference.ts";
import { findingsIn } from "../../server/src/rules/ruleFacts.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { foundIn } from "../kit/among.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";
import { shown } from "../kit/ruleExamples.ts";

const codes = (text: string, path?: string): string[] => findingsOf(text, path).map((it) => it.code);

function withDropIn(text: string, dropIn: string): string[] {
  const path = unitPath("x.service");
  assert.ok(path);
  return check(readUnit(path, text, 262, { dropIns: [dropIn] }), { profile: "off" }).map((it) => it.code);
}

describe("reference/requires-without-after", () => {
  it("points at the service that this one does not wait for", () => {
    expectFindings(`[Unit]
Requires=a.socket db.service cache.service
                  ^^^^^^^^^^ reference/requires-without-after info: Requires= pulls db.service in without After=: unless that unit orders itself, systemd starts both at the same time
After=cache.service
[Service]
ExecStart=/usr/bin/app
`);
  });

  it("adds the order behind the line", () => {
    const text = "[Unit]\nRequires=db.service\n[Service]\nExecStart=/usr/bin/app\n";
    const [fix] = findingsOf(text)[0]?.fixes ?? [];
    assert.ok(fix);
    assert.equal(
      applyEdits(text, fix.edits()),
      "[Unit]\nRequires=db.service\nAfter=db.service\n[Service]\nExecStart=/usr/bin/app\n",
    );
  });

  it("counts the order in drop-ins", () => {
    const text = "[Unit]\nRequires=db.service\n[Service]\nExecStart=/usr/bin/app\n";
    assert.deepEqual(withDropIn(text, "[Unit]\nAfter=db.service\n"), []);
    assert.deepEqual(withDropIn(text, "[Service]\nUMask=0077\n"), ["reference/requires-without-after"]);
  });

  it("is not said of a service that stands for others, of parts of the own one, or of other kinds", () => {
    assert.deepEqual(codes("[Unit]\nRequires=db.service\n[Service]\nType=oneshot\nExecStart=/bin/true\n"), []);
    const part = "[Unit]\nRequires=web-worker@%i.service\n[Service]\nExecStart=/usr/bin/app\n";
    assert.deepEqual(codes(part, "web@.service"), []);
    assert.deepEqual(codes("[Unit]\nRequires=db.service\n", "x.target"), []);
    assert.deepEqual(codes("[Unit]\nRequires=db.service\n[Timer]\nOnCalendar=daily\n", "x.timer"), []);
  });

  it("is said of early services where the own one is early too", () => {
    const text = "[Unit]\nDefaultDependencies=no\nRequires=systemd-udevd.service\n[Service]\nExecStart=/usr/bin/app\n";
    assert.deepEqual(codes(text), ["reference/requires-without-after"]);
  });
});

describe("reference/joins-nothing", () => {
  it("is a unit without a namespace to share", () => {
    expectFindings(`[Unit]
JoinsNamespaceOf=a.service
                 ^^^^^^^^^ reference/joins-nothing warning: JoinsNamespaceOf= has no effect: without PrivateTmp=, PrivateNetwork= or PrivateIPC= there is no namespace to join
[Service]
ExecStart=/bin/true
`);
  });

  it("is a /tmp that is never shared", () => {
    for (const line of ["PrivateTmp=disconnected", "DynamicUser=yes"]) {
      const text = `[Unit]\nJoinsNamespaceOf=a.service\n[Service]\nExecStart=/bin/true\n${line}\n`;
      assert.deepEqual(codes(text), ["reference/joins-nothing"], line);
    }
    const both =
      "[Unit]\nJoinsNamespaceOf=a.service\n[Service]\nExecStart=/bin/true\nDynamicUser=yes\nPrivateTmp=yes\n";
    assert.deepEqual(codes(both), []);
  });
});

describe("reference/joins-nothing and joins-lost among other units", () => {
  const run = "[Service]\nExecStart=/usr/bin/x\n";
  const joining = (settings: string): string => `[Unit]\nJoinsNamespaceOf=a.service\n${run}${settings}`;
  const say = (files: Record<string, string>, path = "b.service"): string[] =>
    foundIn(files, path).map((it) => `${files[path]?.slice(it.start, it.end)}: ${it.message}`);

  it("says that there is nothing to join", () => {
    const files = { "b.service": joining("PrivateTmp=yes\n"), "a.service": run };
    const message =
      "a.service: JoinsNamespaceOf= has no effect: a.service has none of PrivateTmp=yes, PrivateNetwork= and PrivateIPC=, so there is no namespace to join";
    assert.deepEqual(say(files), [message]);
    assert.deepEqual(say({ ...files, "a.service.d/x.conf": "[Service]\nPrivateTmp=yes\n" }), []);
    const reset = "[Service]\nPrivateTmp=disconnected\n";
    assert.deepEqual(say({ ...files, "a.service": `${run}PrivateTmp=yes\n`, "a.service.d/x.conf": reset }), [message]);
  });

  it("says what is lost", () => {
    const files = {
      "b.service": joining("PrivateNetwork=yes\nPrivateIPC=yes\n"),
      "a.service": `${run}PrivateTmp=yes\n`,
    };
    assert.deepEqual(say(files), [
      "a.service: JoinsNamespaceOf= cancels PrivateNetwork= and PrivateIPC=: while a.service runs, this service joins its namespaces of PrivateTmp= and creates none of its own, so that it is in the network of the host and shares the IPC objects of the host",
    ]);
  });

  it("says nothing of units that are not there, masked, or of a value that a specifier decides", () => {
    const text = joining("PrivateTmp=yes\n");
    assert.deepEqual(say({ "b.service": text }), []);
    assert.deepEqual(say({ "b.service": text, "a.service": "" }), []);
    assert.deepEqual(say({ "b.service": text, "a.service": `${run}PrivateTmp=%i\n` }), []);
  });

  it("knows the instance of a template, and what others join", () => {
    const text = `[Unit]\nJoinsNamespaceOf=net@%i.service\n${run}PrivateNetwork=yes\n`;
    assert.deepEqual(say({ "b@.service": text, "net@.service": `${run}PrivateNetwork=yes\n` }, "b@.service"), []);
    assert.equal(say({ "b@.service": text, "net@.service": run }, "b@.service").length, 1);
    const third = { "a.service": run, "c.service": `[Unit]\nJoinsNamespaceOf=a.service\n${run}PrivateTmp=yes\n` };
    assert.deepEqual(say({ "b.service": joining("PrivateTmp=yes\n"), ...third }), []);
  });

  it("stands in the drop-in that joins", () => {
    const dropIn = "b.service.d/join.conf";
    const files = {
      "b.service": `${run}PrivateNetwork=yes\n`,
      [dropIn]: "[Unit]\nJoinsNamespaceOf=a.service\n",
      "a.service": `${run}PrivateTmp=yes\n`,
    };
    const found = (path: string) => findingsIn({ path, text: files[path as keyof typeof files], otherFiles: files });
    assert.deepEqual(
      found(dropIn).map((it) => it.code),
      ["reference/joins-lost"],
    );
    assert.deepEqual(found("b.service"), []);
  });
});

describe("reference/empty-dependency", () => {
  it("is a reset that resets nothing", () => {
    expectFindings(`#- x.service.d/y.conf
[Unit]
After=
^^^^^ reference/empty-dependency warning: After= without a value has no effect: dependencies cannot be reset
Wants=a.service
Wants=
^^^^^ reference/empty-dependency warning: Wants= without a value has no effect: dependencies cannot be reset
`);
  });
});

describe("near misses of the reference rules", () => {
  for (const { code, silent } of REFERENCE_RULES.map(shown)) {
    for (const example of silent) {
      const others = Object.entries(example.otherFiles ?? {}).map(([name, text]) => ` beside ${name}: ${text}`);
      it(`${code} is not said of ${(example.text + others.join("")).replace(/\n/g, "·")}`, () => {
        assert.ok(!findingsIn(example).some((it) => it.code === code));
      });
    }
  }
});

describe("reference/wanted-by-kind", () => {
  const installed = (text: string, line: string): string => `${text}[Install]\n${line}\n`;
  const service = "[Service]\nExecStart=/usr/bin/app\n";
  const code = "reference/wanted-by-kind";
  const severities = (text: string, path: string): string[] =>
    findingsOf(text, path).flatMap((it) => (it.code === code ? it.severity : []));

  it("is a service in a target that basic.target waits for", () => {
    expectFindings(`[Service]
ExecStart=/usr/bin/app
[Install]
WantedBy=multi-user.target sockets.target
                           ^^^^^^^^^^^^^^ reference/wanted-by-kind warning: sockets.target is for sockets: it waits for this service, which waits for basic.target and so for sockets.target; systemd breaks this ordering cycle by deleting one of the jobs
`);
    for (const name of ["paths.target", "slices.target"])
      assert.deepEqual(severities(installed(service, `RequiredBy=${name}`), "app.service"), ["warning"], name);
  });

  it("is none of slices.target for a user, whose manager has none", () => {
    const path = "usr/lib/systemd/user/app.service";
    assert.deepEqual(severities(installed(service, "WantedBy=slices.target"), path), []);
    assert.deepEqual(severities(installed(service, "WantedBy=sockets.target"), path), ["warning"]);
  });

  it("is a service that starts with its own timer, path or socket, or with all timers", () => {
    for (const name of ["timers.target", "app.timer", "app.path", "app.socket"])
      assert.deepEqual(severities(installed(service, `WantedBy=${name}`), "app.service"), ["info"], name);
  });

  it("is a timer, path or socket among those of another kind, and names the right target", () => {
    const timer = installed("[Timer]\nOnCalendar=daily\n", "WantedBy=sockets.target");
    assert.deepEqual(severities(timer, "app.timer"), ["info"]);
    const [fix] = findingsOf(timer, "app.timer").flatMap((it) => (it.code === code ? it.fixes : []));
    assert.ok(fix);
    assert.equal(applyEdits(timer, fix.edits()), timer.replace("sockets.target", "timers.target"));
    const socket = installed("[Socket]\nListenStream=7\n", "WantedBy=timers.target");
    assert.deepEqual(severities(socket, "app.socket"), ["info"]);
    assert.deepEqual(severities(installed("[Path]\nPathExists=/x\n", "WantedBy=paths.target"), "app.path"), []);
  });
});
