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
                ^^^^^^^ value/boolean error: NoNewPrivileges= takes yes or no, not "enabled": systemd drops the assignment
RemainAfterExit= 2
                 ^ value/boolean error: RemainAfterExit= takes yes or no, not "2": systemd drops the assignment
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
^^^^^^^^^^^^^^^ value/boolean error: NoNewPrivileges= needs a value: systemd drops the assignment
`);
  });

  it("costs the unit where the C code says so", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
DynamicUser=maybe
            ^^^^^ value/boolean error: DynamicUser= takes yes or no, not "maybe": systemd refuses the unit
`);
  });

  it("is judged as a whole, also over several lines", () => {
    expectFindings(String.raw`[Service]
ExecStart=/bin/true
NoNewPrivileges=yes \
                ^^^^^^^^ value/boolean error: NoNewPrivileges= takes yes or no, not "yes  no": systemd drops the assignment
no
`);
  });

  it("loses a comment behind the value by a fix", () => {
    const text = service("NoNewPrivileges=yes  # safer");
    assert.equal(fixed(text, code), service("NoNewPrivileges=yes"));
    assert.deepEqual(fixTitles(text, code), ["Remove the comment: a value has no room for one"]);
  });
});

describe("value/enumeration", () => {
  const code = "value/enumeration";

  it("is a word that is none of the set", () => {
    const { start, end, message } = onlyFinding(service("Restart=Always"), code);
    assert.deepEqual([start, end], [38, 44]);
    assert.match(message, /^Restart= takes .*, not "Always": systemd drops the assignment$/);
  });

  it("is counted, not listed, where the set is large", () => {
    assert.match(
      onlyFinding("[Unit]\nSuccessAction=never\n[Service]\nExecStart=/bin/true\n", code).message,
      /^SuccessAction= takes one of \d+ words, not "never": systemd drops the assignment$/,
    );
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
  Restart=c
`);
  });
});

describe("value/deprecated", () => {
  it("is a warning for a value on its way out", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
StandardOutput=syslog
               ^^^^^^ value/deprecated warning: StandardOutput=syslog is obsolete: systemd takes it with a warning
KillMode=none
         ^^^^ value/deprecated warning: KillMode=none is obsolete: systemd takes it with a warning
KillMode=mixed
StandardError=journal
`);
  });
});

describe("value/command", () => {
  const code = "value/command";

  it("is a program that is no name and no absolute path", () => {
    expectFindings(`[Service]
ExecStart=bin/server --fast
          ^^^^^^^^^^ value/command error: The program is neither an absolute path nor a plain file name: systemd refuses the unit
`);
    expectFindings(`[Service]
ExecStart=/bin/true
ExecReload=-./reload
            ^^^^^^^^ value/command error: The program is neither an absolute path nor a plain file name: systemd drops the line
`);
  });

  it("is a program that is a folder, or none at all", () => {
    expectFindings(`[Service]
ExecStart=/usr/bin/
          ^^^^^^^^^ value/command error: The program's path names a directory: systemd refuses the unit
`);
    const { start, end, message } = onlyFinding(service("ExecStop=-"), code);
    assert.deepEqual([start, end], [40, 40]);
    assert.equal(message, "No program follows the prefix: systemd drops the line");
  });

  it("is a quote that is not closed", () => {
    expectFindings(`[Service]
ExecStart=/bin/echo "it is
                    ^^^^^^ value/command error: The quote is not closed: systemd refuses the unit
`);
    expectFindings(`[Service]
ExecStart=/bin/true
ExecStop=-/bin/echo 'it is
                    ^^^^^^ value/command error: The quote is not closed: systemd drops the line
`);
  });

  it("costs only the line where the quote opens the first word of a command", () => {
    expectFindings(`[Service]
ExecStart=/bin/true ; "/bin/false
                      ^^^^^^^^^^^ value/command error: The quote is not closed: systemd drops the line
`);
  });

  it("is looked for in front of an open quote too", () => {
    expectFindings(`[Service]
ExecStart=bin/echo "it is
          ^^^^^^^^ value/command error: The program is neither an absolute path nor a plain file name: systemd refuses the unit
`);
    expectFindings(
      String.raw`[Service]
ExecStart=/bin/true
ExecStop=-/bin/echo \d "it is
                    ^^ value/command warning
                       ^^^^^^ value/command error
`,
    );
  });

  it("is an unknown specifier", () => {
    expectFindings(`[Service]
ExecStart=/bin/echo %Q
                    ^^ value/command error: %Q is no specifier: systemd refuses the unit
`);
  });

  it("is @ without the name that the program is to see", () => {
    expectFindings(`[Service]
ExecStart=@/bin/true
           ^^^^^^^^^ value/command error: The prefix @ needs the name that the program is to see as its own: systemd refuses the unit
`);
  });

  it("is the prefix | before 258", () => {
    const text = "[Service]\nExecStart=|echo $HOME\n";
    assert.deepEqual(findingsOf(text), []);
    assert.equal(
      onlyFinding(text, code, "x.service", 257).message,
      "The prefix | came with systemd 258: systemd refuses the unit",
    );
  });

  it("is the prefix !! since 258, which a fix removes", () => {
    expectFindings(`[Service]
ExecStart=-!!/bin/true
          ^^^ value/command warning: The prefix !! has no effect since systemd 258
`);
    expectFindings("[Service]\nExecStart=-!!/bin/true\n", QUIET, 257);
    assert.equal(fixed("[Service]\nExecStart=-!!:/bin/true\n", code), "[Service]\nExecStart=-:/bin/true\n");
  });

  it("is the prefix !! inside of quotes, which a fix cannot remove", () => {
    expectFindings(`[Service]
ExecStart="!!/bin/true"
          ^^^^^^^^^^^^^ value/command warning: The prefix !! has no effect since systemd 258
`);
    assert.deepEqual(fixTitles(`[Service]\nExecStart="!!/bin/true"\n`, code), []);
  });

  it("is an escape that there is not, which a fix doubles", () => {
    expectFindings(String.raw`[Service]
ExecStart=/bin/grep \d \
                    ^^ value/command warning: \d is no escape sequence: systemd keeps the backslash and complains
  "a\.b"
    ^^ value/command warning: \. is no escape sequence: systemd keeps the backslash and complains
`);
    const text = "[Service]\nExecStart=/bin/grep a\\.b\n";
    assert.equal(fixed(text, code), "[Service]\nExecStart=/bin/grep a\\\\.b\n");
    assert.equal(fixed("[Service]\nExecStart=/bin/echo \\😀\n", code), "[Service]\nExecStart=/bin/echo \\\\😀\n");
  });

  it("is a backslash at the very end, before a blank", () => {
    const text = "[Service]\nExecStart=/bin/echo a\\ \n";
    const { start, end, severity } = onlyFinding(text, code);
    assert.deepEqual([start, end, severity], [31, 32, "warning"]);
    assert.equal(fixed(text, code), "[Service]\nExecStart=/bin/echo a\\\\ \n");
  });

  it("is no well-formed line", () => {
    expectFindings(String.raw`[Service]
Type=oneshot
ExecStart=true
ExecStart=-/bin/true "a b" 'c' \x41\n %% %i %h/x $A ${"$"}{B} $$
ExecStart=@/bin/true name ; +/bin/true \; ; :!/bin/true
ExecStart="/usr/bin/with space" ";" %%Q
ExecStart=
ExecStart=%h/bin/x
ExecStart=/bin/sh -c "a && b | c > d"
ExecStartPre=
`);
  });

  it("is a mistake in each kind of command, wherever it stands", () => {
    for (const name of ["ExecStartPre", "ExecStartPost", "ExecCondition", "ExecReload", "ExecStop", "ExecStopPost"]) {
      assert.equal(onlyFinding(service(`${name}=-a/b`), code).directive, name);
    }
    assert.equal(
      onlyFinding("[Socket]\nListenStream=1\nExecStartPre=a/b\n", code, "x.socket").directive,
      "ExecStartPre",
    );
    assert.equal(onlyFinding("[Service]\nExecStart=a/b\n", code, "x.service.d/y.conf").directive, "ExecStart");
  });

  it("is the first mistake of a line only", () => {
    assert.equal(findingsOf(service(`ExecStop=-a/b "c ; d/e`)).length, 1);
  });
});

describe("value/environment", () => {
  it("is a word that is no assignment", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Environment=LANG=C $HOME "A B=1" 1A=x =y
                   ^^^^^ value/environment error: This word is not NAME=VALUE: systemd drops it
                         ^^^^^^^ value/environment error: This word is not NAME=VALUE: systemd drops it
                                 ^^^^ value/environment error: This word is not NAME=VALUE: systemd drops it
                                      ^^ value/environment error: This word is not NAME=VALUE: systemd drops it
`);
  });

  it("is a quote or an escape that breaks the rest of the line", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Environment=A=1 "B=2
                ^^^^ value/environment error: The quote is not closed: systemd drops the line from here on
`);
    expectFindings(String.raw`[Service]
ExecStart=/bin/true
Environment=A=1 B=\d C
                  ^^ value/environment error: This is no escape sequence: systemd drops the line from here on
`);
  });

  it("is a word with an unknown specifier", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Environment=A=%i B=5%Q
                 ^^^^^ value/environment error: %Q is no specifier: systemd drops this word
`);
  });

  it("is found on the line on which it stands", () => {
    expectFindings(String.raw`[Service]
ExecStart=/bin/true
Environment=A=1 \
# no word
  word \
  ^^^^ value/environment error
  B=2
`);
  });

  it("is no assignment, quoted or not, and no empty value", () => {
    expectFindings(String.raw`[Service]
ExecStart=/bin/true
Environment=
Environment=A=1 _b2= "C=x y" 'D=a=b' E="x y" F=\x41\s G=%% %i=1
`);
  });
});

describe("value/specifier", () => {
  const code = "value/specifier";

  it("is an unknown specifier in a text", () => {
    expectFindings(`[Unit]
Description=Keeps 5%x free, 9%9
                   ^^ value/specifier error: %x is no specifier: systemd drops the assignment
                             ^^ value/specifier error: %9 is no specifier: systemd drops the assignment
[Service]
ExecStart=/bin/true
`);
  });

  it("is no known one, no doubled one and no percent sign by itself", () => {
    expectFindings(`[Unit]
Description=%n of %i at %H: 5% of %% 100%, %. 7%
[Service]
ExecStart=/bin/true
`);
  });

  it("is none where the directive takes percent signs as they are", () => {
    expectFindings("[Service]\nExecStart=/bin/true\nCPUQuota=20%\nMemoryMax=50%\n");
  });

  it("is doubled by a safe fix", () => {
    const text = "[Unit]\nDescription=5%x\n[Service]\nExecStart=/bin/true\n";
    assert.equal(fixed(text, code), text.replace("%", "%%"));
    assert.equal(onlyFinding(text, code).fixes[0]?.safe, true);
  });
});
