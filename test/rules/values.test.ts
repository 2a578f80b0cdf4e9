import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const QUIET = { profile: "off" } as const;
const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;

describe("value/boolean", () => {
  const code = "value/boolean";

  it("is a word that is neither yes nor no", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
NoNewPrivileges=enabled
                ^^^^^^^ value/boolean error: "enabled" is no value of NoNewPrivileges=: systemd ignores this line; allowed: yes or no
RemainAfterExit= 2
                 ^ value/boolean error: "2" is no value of RemainAfterExit=: systemd ignores this line; allowed: yes or no
`);
  });

  it("is no other spelling of yes and no", () => {
    for (const word of ["yes", "Y", "TRUE", "t", "On", "1", "no", "N", "False", "f", "OFF", "0"]) {
      assert.deepEqual(findingsOf(service(`NoNewPrivileges=${word}`)), [], word);
    }
  });

  it("is an empty value, pointed at by its name", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
NoNewPrivileges=
^^^^^^^^^^^^^^^ value/boolean error: NoNewPrivileges= needs a value: systemd ignores this line; allowed: yes or no
`);
  });

  it("costs the unit where the C code says so", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
DynamicUser=maybe
            ^^^^^ value/boolean error: "maybe" is no value of DynamicUser=: systemd refuses the unit; allowed: yes or no
`);
  });

  it("is judged as a whole, also over several lines", () => {
    expectFindings(String.raw`[Service]
ExecStart=/bin/true
NoNewPrivileges=yes \
                ^^^^^^^^ value/boolean error: "yes  no" is no value of NoNewPrivileges=: systemd ignores this line; allowed: yes or no
no
`);
  });

  it("loses a comment behind the value by a fix", () => {
    const text = service("NoNewPrivileges=yes  # safer");
    assert.equal(fixed(text, code), service("NoNewPrivileges=yes"));
    assert.deepEqual(fixTitles(text, code), ["Remove the comment: comments are not allowed after a value"]);
  });
});

describe("value/enumeration", () => {
  const code = "value/enumeration";

  it("is a word that is none of the set", () => {
    const { start, end, message } = onlyFinding(service("Restart=Always"), code);
    assert.deepEqual([start, end], [38, 44]);
    assert.match(
      message,
      /^"Always" is no value of Restart=; did you mean always\? systemd ignores this line; allowed: /,
    );
  });

  it("ends after the first few words where the set is large", () => {
    assert.match(
      onlyFinding("[Unit]\nSuccessAction=never\n[Service]\nExecStart=/bin/true\n", code).message,
      /^"never" is no value of SuccessAction=: systemd ignores this line; allowed: (?:\S+, ){2}\S+ and \d+ more$/,
    );
  });

  it("points at what stands after the colon of a word", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
StandardInput=fd:a:b
                 ^^^ value/enumeration error: "a:b" is not valid in StandardInput=: systemd ignores this line; allowed: the FileDescriptorName= of a socket
StandardOutput=append:logs/x
                      ^^^^^^ value/enumeration error: "logs/x" is not valid in StandardOutput=: systemd ignores this line; allowed: an absolute path
ExecStartPost=/bin/true
StandardError=file:
              ^^^^^ value/enumeration error: StandardError= needs an absolute path after "file:": systemd ignores this line
ProtectHostname=yes:a_b
                    ^^^ value/enumeration error: "a_b" is not valid in ProtectHostname=: systemd ignores this line; allowed: a host name
`);
  });

  it("is a word that is of no use without its path, which systemd accepts silently", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
StandardInput=fd
StandardOutput=append
               ^^^^^^ value/enumeration warning: "append" in StandardOutput= needs a colon and an absolute path after it: the program cannot be started
`);
  });

  it("is cut short in the message, but not in the text", () => {
    const { start, end, message } = onlyFinding(service(`Restart=${"x".repeat(500)}`), code);
    assert.equal(end - start, 500);
    assert.ok(message.length < 300, message);
  });

  it("is no value of the set, in any version that knows it", () => {
    for (const line of ["Restart=on-failure", "ProtectSystem=strict", "ProtectHome=tmpfs", "Type=notify-reload"]) {
      assert.deepEqual(findingsOf(service(line)), [], line);
      assert.deepEqual(findingsOf(service(line), "x.service", QUIET, 257), [], line);
    }
  });

  it("is changed to the words like it, or loses a comment", () => {
    assert.equal(fixed(service("Restart=on-falure"), code), service("Restart=on-failure"));
    assert.equal(fixed(service("Restart = ALWAYS "), code), service("Restart = always "));
    assert.equal(fixed(service("Restart=always ; again"), code), service("Restart=always"));
    assert.deepEqual(fixTitles(service("Restart=sometimes # again"), code), []);
  });

  it("is not judged in sections that systemd does not read, or outside of any", () => {
    expectFindings(`Restart=a
^^^^^^^^^ syntax/outside-section error
[Service]
ExecStart=/bin/true
[X-Service]
Restart=b
`);
  });

  it("is not judged in comments and in other values", () => {
    expectFindings(String.raw`[Service]
# Restart=a
ExecStart=/bin/true \
; Restart=b
  c
`);
  });
});

describe("value/deprecated", () => {
  it("is a warning for a value on its way out", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
StandardOutput=syslog
               ^^^^^^ value/deprecated warning: "syslog" in StandardOutput= is an obsolete value: systemd accepts it, but warns
KillMode=none
         ^^^^ value/deprecated warning: "none" in KillMode= is an obsolete value that leaves processes behind that are never killed: systemd accepts it, but warns
KillMode=mixed
StandardError=journal
`);
  });
});
