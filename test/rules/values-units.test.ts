import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const SERVICE = "[Service]\nExecStart=/bin/true\n";
const unit = (line: string): string => `[Unit]\n${line}\n${SERVICE}`;
const socket = (line: string): string => `[Socket]\n${line}\n`;
const SOCKET = { path: "x.socket" };

describe("value/unit-name", () => {
  const code = "value/unit-name";

  it("is a word that no unit can be called, each by itself", () => {
    expectFindings(`[Unit]
After=network.target mysql postgresql
                     ^^^^^ value/unit-name error: "mysql" in After= has no unit suffix; did you mean mysql.service? systemd ignores this word
                           ^^^^^^^^^^ value/unit-name error: "postgresql" in After= has no unit suffix; did you mean postgresql.service? systemd ignores this word
Wants=a/b.service
      ^^^^^^^^^^^ value/unit-name error: Invalid unit name "a/b.service" in Wants=: systemd ignores this word
${SERVICE}`);
  });

  it("gets the suffix that it most likely lacks", () => {
    assert.equal(fixed(unit("After=mysql"), code), unit("After=mysql.service"));
    assert.equal(fixed(unit("After=network-online"), code), unit("After=network-online.target"));
    assert.equal(fixed(unit("After=foo.servce"), code), unit("After=foo.service"));
    assert.equal(fixed(unit('After="a.service"'), code), unit("After=a.service"));
    assert.equal(fixed(unit("After=a.service,b.socket"), code), unit("After=a.service b.socket"));
    assert.equal(fixed(`${SERVICE}[Install]\nWantedBy=web\n`, code), `${SERVICE}[Install]\nWantedBy=web.target\n`);
    assert.equal(fixed(`${SERVICE}Slice=web\n`, code), `${SERVICE}Slice=web.slice\n`);
    assert.deepEqual(fixTitles(unit("After=org.gnome.ScreenSaver"), code), []);
  });

  it("is a warning in [Install], which only systemctl reads", () => {
    expectFindings(`${SERVICE}[Install]
WantedBy=multi-user.target graphical
                           ^^^^^^^^^ value/unit-name warning: "graphical" in WantedBy= has no unit suffix; did you mean graphical.target? systemctl cannot enable the unit
`);
  });
});

describe("value/unit-kind", () => {
  const code = "value/unit-kind";

  it("is a unit of another type than the directive takes", () => {
    expectFindings(`${SERVICE}Sockets=a.socket b.service
                 ^^^^^^^^^ value/unit-kind error: "b.service" is not valid in Sockets=; did you mean b.socket? systemd ignores this word; allowed: a .socket unit
Slice=user.target
      ^^^^^^^^^^^ value/unit-kind error: "user.target" is no value of Slice=; did you mean user.slice? systemd ignores this line; allowed: a .slice unit
`);
    assert.equal(fixed(`${SERVICE}Sockets=b.service\n`, code), `${SERVICE}Sockets=b.socket\n`);
  });

  it("is an order that no device keeps", () => {
    expectFindings(`[Unit]
After=dev-sda.device
Before=dev-sda.device
       ^^^^^^^^^^^^^^ value/unit-kind warning: "dev-sda.device" in Before= is a device, which cannot be ordered after other units: systemd ignores this word
${SERVICE}`);
  });

  it("is OnFailure= of what cannot fail", () => {
    const text = "[Unit]\nOnFailure=a.service\n";
    assert.equal(onlyFinding(text, code, "x.slice").severity, "warning");
    assert.deepEqual(findingsOf(text, "x.target"), []);
  });
});

describe("value/unit-itself", () => {
  it("is the unit's own name, but not where systemd says nothing of it", () => {
    expectFindings(`[Unit]
After=x.service
      ^^^^^^^^^ value/unit-itself warning: "x.service" in After= is the unit itself: systemd ignores this word
Requires=x.service
${SERVICE}`);
    expectFindings(`#- x.timer
[Timer]
OnCalendar=daily
Unit=x.timer
     ^^^^^^^ value/unit-itself error: "x.timer" in Unit= is the unit itself: systemd ignores this line
`);
  });
});

describe("unit/several-triggers", () => {
  it("is every Unit= behind the first that is right", () => {
    expectFindings(`#- x.timer
[Timer]
OnCalendar=daily
Unit=a
     ^ value/unit-name error
Unit=a.service
Unit=b.service
     ^^^^^^^^^ unit/several-triggers error: Unit= is already a.service: systemd ignores this line
`);
  });
});

describe("RequiresOverridable=", () => {
  it("has one finding for the old name", () => {
    expectFindings(`[Unit]
RequiresOverridable=a.service
^^^^^^^^^^^^^^^^^^^ directive/old-name warning
${SERVICE}`);
  });
});

describe("value/alias and value/default-instance", () => {
  it("are what systemctl refuses to enable", () => {
    expectFindings(`${SERVICE}[Install]
Alias=web.service web.target
                  ^^^^^^^^^^ value/alias warning: "web.target" in Alias= does not end in .service, as all aliases of a .service unit do; did you mean web.service? systemctl cannot enable the unit
DefaultInstance=a
                ^ value/default-instance warning: DefaultInstance= has no effect in a unit that is not a template
`);
    expectFindings(`#- x@.service
${SERVICE}[Install]
Alias=y.service y@.service
      ^^^^^^^^^ value/alias warning
DefaultInstance=a
`);
    expectFindings(`#- srv.mount
[Mount]
What=/dev/sda1
Where=/srv
[Install]
Alias=a.mount
      ^^^^^^^ value/alias warning: Alias= is ignored, as a .mount unit has no aliases
`);
  });
});

describe("value/socket-address", () => {
  const code = "value/socket-address";

  it("says what is wrong with an address", () => {
    expectFindings(`#- x.socket
[Socket]
ListenStream=80
ListenStream=localhost:80
             ^^^^^^^^^ value/socket-address error: Invalid IPv4 address "localhost" in ListenStream=: systemd ignores this line
ListenStream=127.0.0.1
             ^^^^^^^^^ value/socket-address error: "127.0.0.1" in ListenStream= is an address without a port: systemd ignores this line
ListenStream=[::1]:70000
                   ^^^^^ value/socket-address error: "70000" is not valid in ListenStream=: systemd ignores this line; allowed: a port of 1 to 65535
ListenStream=web.sock
             ^^^^^^^^ value/socket-address error: "web.sock" is no value of ListenStream=: systemd ignores this line; allowed: a path, a name with @, a port, or an address with a port
ListenSequentialPacket=80
                       ^^ value/socket-address error: "80" in ListenSequentialPacket= has no sequential packets, which only paths and names with @ support: systemd ignores this line
`);
    assert.equal(fixed(socket("ListenStream=*:80"), code, SOCKET), socket("ListenStream=80"));
  });

  it("is no address in use", () => {
    const lines = ["80", "[::]:53", "%t/bus", "@a-%i", "/run/x", "vsock::22"].map((it) => `ListenStream=${it}\n`);
    assert.deepEqual(findingsOf(`[Socket]\n${lines.join("")}`, "x.socket"), []);
  });

  it("loses no interface to a specifier", () => {
    const text = socket("ListenStream=[fe80::1]:80%eth0");
    assert.equal(fixed(text, "value/specifier", SOCKET), socket("ListenStream=[fe80::1]:80%%eth0"));
  });
});

describe("value/var-run", () => {
  it("is changed safely", () => {
    const text = socket("ListenStream=/var/run/x.sock");
    const { fixes, severity } = onlyFinding(text, "value/var-run", "x.socket");
    assert.deepEqual([severity, fixes[0]?.safe], ["warning", true]);
    assert.equal(fixed(text, "value/var-run", SOCKET), socket("ListenStream=/run/x.sock"));
  });
});

describe("value/condition", () => {
  const code = "value/condition";

  it("is a warning, as systemd looks only when the unit starts", () => {
    expectFindings(`[Unit]
ConditionArchitecture=!x86_64
                       ^^^^^^ value/condition warning: Unknown architecture "x86_64" in ConditionArchitecture=; did you mean x86-64? the check always succeeds
${SERVICE}`);
    assert.match(
      onlyFinding(unit("AssertMemory=|>=big"), code).message,
      /^"big" .*AssertMemory=: the check fails; allowed: /,
    );
  });

  it("is put right by what was meant", () => {
    assert.equal(fixed(unit("ConditionArchitecture=amd64"), code), unit("ConditionArchitecture=x86-64"));
    assert.equal(fixed(unit("ConditionVirtualization=!none"), code), unit("ConditionVirtualization=!no"));
    assert.equal(fixed(unit("ConditionVirtualization=!|vm"), code), unit("ConditionVirtualization=|!vm"));
    assert.equal(fixed(unit("ConditionSecurity=SELinux"), code), unit("ConditionSecurity=selinux"));
    assert.equal(fixed(unit("ConditionCapability=sys_admin"), code), unit("ConditionCapability=CAP_SYS_ADMIN"));
    assert.equal(
      fixed(unit("ConditionControlGroupController=cpu,io"), code),
      unit("ConditionControlGroupController=cpu io"),
    );
    assert.equal(fixed(unit("ConditionMemoryPressure=web:10%"), code), unit("ConditionMemoryPressure=web.slice:10%"));
  });
});
