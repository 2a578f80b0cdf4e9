import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;
const codesOf = (line: string, version?: number): string[] =>
  findingsOf(service(line), "x.service", { profile: "off" }, version).map((it) => it.code);

describe("value/environment", () => {
  it("is a word that is no assignment", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Environment=LANG=C $HOME "A B=1" 1A=x =y
                   ^^^^^ value/environment error: "$HOME" is not valid in Environment=: systemd ignores this word; allowed: NAME=VALUE
                          ^^^^^ value/environment error: "A B=1" is not valid in Environment=: systemd ignores this word; allowed: NAME=VALUE
                                 ^^^^ value/environment error: "1A=x" is not valid in Environment=: systemd ignores this word; allowed: NAME=VALUE
                                      ^^ value/environment error: "=y" is not valid in Environment=: systemd ignores this word; allowed: NAME=VALUE
`);
  });

  it("is a quote or an escape that breaks the rest of the line", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Environment=A=1 "B=2
                ^^^^ value/quoting error: Environment= has a quote that is not closed: systemd ignores the rest of this line
`);
    expectFindings(String.raw`[Service]
ExecStart=/bin/true
Environment=A=1 B=\d C
                  ^^ value/quoting error: Environment= has a backslash without an escape sequence: systemd ignores the rest of this line
`);
  });

  it("is a word with an unknown specifier", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Environment=A=%n B=5%Q
                    ^^ value/specifier error: Unknown specifier "%Q" in Environment=: systemd ignores this word
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
Environment=A=1 _b2= "C=x y" 'D=a=b' E="x y" F=\x41\s G=%% A%p=1
`);
  });
});

describe("value/specifier", () => {
  const code = "value/specifier";

  it("is an unknown specifier in a text", () => {
    expectFindings(`[Unit]
Description=Keeps 5%x free, 9%9
                   ^^ value/specifier error: Unknown specifier "%x" in Description=: systemd ignores this line
                             ^^ value/specifier error: Unknown specifier "%9" in Description=: systemd ignores this line
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

describe("value/self-reference", () => {
  it("is a variable that its own new value names", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Environment="PATH=/opt/bin:$PATH" A=$B HOME=$HOMES
                           ^^^^^ value/self-reference warning: "$PATH" in Environment= stands in PATH as it is: systemd expands no variables here
`);
  });
});

describe("value/self-reference: PATH", () => {
  it("gets the folders that systemd searches, and no other variable a fix", () => {
    const text = '[Service]\nExecStart=/bin/true\nEnvironment="PATH=/opt/bin:$PATH"\n';
    const { fixes, message } = onlyFinding(text, "value/self-reference");
    assert.match(message, /: systemd expands no variables here$/);
    assert.equal(
      fixed(text, "value/self-reference"),
      text.replace("$PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"),
    );
    assert.equal(fixes[0]?.safe, false);
    assert.deepEqual(onlyFinding(text.replaceAll("PATH", "LIBS"), "value/self-reference").fixes, []);
  });
});

describe("the names of variables", () => {
  it("are all that PassEnvironment= takes", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
PassEnvironment=LANG LC_ALL=C "A B" %u
                     ^^^^^^^^ value/environment error: "LC_ALL=C" is not valid in PassEnvironment=: systemd ignores this word; allowed: a variable name
                               ^^^ value/environment error
UnsetEnvironment=LANG LC_ALL=C $A
                               ^^ value/environment error: "$A" is not valid in UnsetEnvironment=: systemd ignores this word; allowed: a variable name or NAME=VALUE
`);
  });
});

describe("value/user", () => {
  const code = "value/user";

  it("is refused with the unit", () => {
    expectFindings(`[Service]
User=www-data:www-data
     ^^^^^^^^^^^^^^^^^ value/user error: "www-data:www-data" is no value of User=: systemd refuses the unit; allowed: the name or number of a user
ExecStart=bin/true
`);
    for (const value of ["-1", "00", "65535", "4294967295", "-", ".", "..", "a/b", "%h", "a\tb"])
      assert.equal(findingsOf(service(`Group=${value.replace("\\t", "\t")}`))[0]?.severity, "error", value);
  });

  it("is complained of where only systemd takes the name", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
User=_mdns.reflector
     ^^^^^^^^^^^^^^^ value/user warning: "_mdns.reflector" in User= is not a portable user name: systemd accepts it, but warns
SupplementaryGroups=adm "b c" 5
                        ^^ value/user warning
                           ^^ value/user warning
`);
    assert.equal(fixed(service('User="web"'), code), service("User=web"));
  });

  it("is no usual name, no number and nothing that only the machine knows", () => {
    for (const value of ["www-data", "_apt", "Debian-exim", "0", "65534", "4294967294", "%i", "%u", "x".repeat(31)])
      assert.deepEqual(findingsOf(`[Service]\nExecStart=/bin/true\nUser=${value}\n`, "x@.service"), [], value);
  });
});

describe("value/nobody", () => {
  it("is a user, not a group", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
User=nobody
     ^^^^^^ value/nobody warning: User= uses nobody, whose processes and files are accessible to every other service that runs as nobody: systemd accepts it, but warns
Group=nobody
`);
  });
});

describe("value/quotes", () => {
  it("is a text in quotes, which stay", () => {
    expectFindings(`[Unit]
Description="A web server"
            ^^^^^^^^^^^^^^ value/quotes warning: Description= keeps the quotes as part of its text
[Service]
ExecStart=/bin/true
SyslogIdentifier='web'
                 ^^^^^ value/quotes warning
`);
    const text = '[Unit]\nDescription="A"\n[Service]\nExecStart=/bin/true\n';
    assert.equal(fixed(text, "value/quotes"), text.replaceAll('"', ""));
  });

  it("is no text with quotes in it", () => {
    expectFindings(`[Unit]
Description="A" and "B"
Documentation="man:x(1)"
[Service]
ExecStart=/bin/true
`);
  });
});

describe("value/signal", () => {
  it("is a name that systemd does not know, or no number of one", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
KillSignal=term
           ^^^^ value/signal error: Unknown signal "term" in KillSignal=; did you mean TERM? systemd ignores this line
`);
    for (const value of [
      "0",
      "65",
      "-9",
      "IOT",
      "SIGPOLL",
      "RTMIN+31",
      "RTMIN-1",
      "RTMAX-31",
      "RTMIN+",
      "RTMIN + 3",
      "SIGSIGHUP",
    ])
      assert.deepEqual(codesOf(`KillSignal=${value}`), ["value/signal"], value);
    assert.deepEqual(fixTitles(service("KillSignal=term"), "value/signal"), ["Change to TERM"]);
    assert.equal(fixTitles(service("KillSignal=SIGTREM"), "value/signal")[0], "Change to SIGTERM");
    assert.deepEqual(fixTitles(service("KillSignal=SIGCLD"), "value/signal"), ["Change to SIGCHLD"]);
  });

  it("is none in any spelling that systemd takes", () => {
    for (const value of [
      "TERM",
      "SIGTERM",
      "15",
      "015",
      "0xf",
      "+10",
      "33",
      "64",
      "RTMIN",
      "SIGRTMIN+30",
      "RTMAX-3",
      "RTMIN+0x3",
    ])
      assert.deepEqual(codesOf(`KillSignal=${value}`), [], value);
  });
});

describe("value/exit-status", () => {
  const code = "value/exit-status";

  it("is a word that is no status, name or signal", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
SuccessExitStatus=143 256 TEMPFAIL success SIGKILL CLD
                      ^^^ value/exit-status error: Unknown exit status or signal "256" in SuccessExitStatus=: systemd ignores this word
                                   ^^^^^^^ value/exit-status error
                                                   ^^^ value/exit-status error
`);
    assert.equal(fixed(service("SuccessExitStatus=143,255"), code), service("SuccessExitStatus=143 255"));
    assert.equal(fixed(service("SuccessExitStatus=success"), code), service("SuccessExitStatus=SUCCESS"));
  });

  it("depends on the version", () => {
    assert.deepEqual(codesOf("SuccessExitStatus=MEMORY_THP"), []);
    assert.deepEqual(codesOf("SuccessExitStatus=MEMORY_THP", 257), [code]);
  });
});

describe("value/uri", () => {
  const code = "value/uri";
  const unit = (value: string): string => `[Unit]\nDocumentation=${value}\n[Service]\nExecStart=/bin/true\n`;

  it("is a word of Documentation= without a scheme that counts", () => {
    expectFindings(`[Unit]
Documentation=man:a(8) ftp://x file:a HTTP://a
                       ^^^^^^^ value/uri error: "ftp://x" is not valid in Documentation=: systemd ignores this word; allowed: URIs that begin with man:, http://, https://, file:/ or info:
                               ^^^^^^ value/uri error
                                      ^^^^^^^^ value/uri error
[Service]
ExecStart=/bin/true
`);
    assert.equal(fixed(unit("nginx(8)"), code), unit("man:nginx(8)"));
    assert.equal(fixed(unit("www.example.org"), code), unit("https://www.example.org"));
    assert.equal(fixed(unit("/usr/share/doc/x"), code), unit("file:/usr/share/doc/x"));
  });

  it("costs the whole assignment by one unknown specifier", () => {
    expectFindings(`[Unit]
Documentation=man:%Q man:a(1) x
                  ^^ value/specifier error: Unknown specifier "%Q" in Documentation=: systemd ignores this line
[Service]
ExecStart=/bin/true
`);
  });
});

describe("names", () => {
  it("have the characters that they can have", () => {
    for (const [line, code] of [
      ["BusName=daemon", "value/bus-name"],
      ["BusName=org.1example", "value/bus-name"],
      ["BusName=", "value/bus-name"],
      ["LogNamespace=a/b", "value/name"],
      ["LogNamespace=a b", "value/name"],
      ["DelegateSubgroup=cgroup.procs", "value/name"],
      ["DelegateSubgroup=_x", "value/name"],
      ["OOMRules=/etc/x", "value/name"],
      ["LUOSession=a:b", "value/name"],
      ["LUOSession=a b a", "value/name"],
      ["LogExtraFields=team=web", "value/log-field"],
      ["LogExtraFields=TEAM", "value/log-field"],
      ["LogFilterPatterns=~", "value/pattern"],
      ["RefreshOnReload=everything", "value/enumeration"],
      ["StandardInputText=a\\qb", "value/quoting"],
      ["StandardInputText=\\x25Q", "value/specifier"],
      ["SELinuxContext=-%Q", "value/specifier"],
    ] as const)
      assert.deepEqual(codesOf(line), [code], line);
  });

  it("are taken otherwise", () => {
    for (const line of [
      "BusName=org.example.Daemon",
      "BusName=%n",
      "LogNamespace=web-%p.x@y:z",
      "DelegateSubgroup=main.x",
      "OOMRules=a 'b c' é",
      "LUOSession=a b",
      "LogExtraFields=TEAM=web 'A_1=%n x'",
      "LogFilterPatterns=~a(b|c)*[]d[:alpha:]]{2,3}?",
      "RefreshOnReload=~extensions credentials",
      "RefreshOnReload=yes",
      "StandardInputText=a\\n %h \\x41",
      "SELinuxContext=-a:b",
    ])
      assert.deepEqual(codesOf(line), [], line);
  });

  it("cost the unit where a label cannot be resolved", () => {
    assert.match(
      onlyFinding(service("SmackProcessLabel=%Q"), "value/specifier").message,
      /: systemd refuses the unit$/,
    );
  });
});

describe("value/credential and value/encoding", () => {
  it("put the name first where the path of the file comes first", () => {
    for (const value of ["/etc/web.key:/run/web/key", "/etc/web.key:key"])
      assert.equal(
        fixed(service(`LoadCredential=${value}`), "value/credential"),
        service("LoadCredential=key:/etc/web.key"),
      );
    assert.deepEqual(fixTitles(service("LoadCredential=a/b:c"), "value/credential"), []);
  });

  it("are what systemd-analyze complains of", () => {
    const bad: Readonly<Record<string, readonly string[]>> = {
      SetCredential: ["a", "a:", ":b", "é:b", ".:b", "a/b:c", "%h:b", "a\\:b:c"],
      LoadCredential: ["a:b/c", "a:/b/../c", "%h", ":x", ".", "a:.", "a:é", "a:~/x"],
      ImportCredential: ["a*b", "**", ":b", "a:b:c", "a?", "a[b]", "a.*:é", "a:."],
    };
    for (const [key, values] of Object.entries(bad))
      for (const value of values) assert.deepEqual(codesOf(`${key}=${value}`), ["value/credential"], `${key}=${value}`);
    for (const value of ["QUI", "QQ=", "QR==", "QUJDQQ==QUJD", "====", "Q", "QUJ=Q"])
      assert.deepEqual(codesOf(`StandardInputData=${value}`), ["value/encoding"], value);
    assert.deepEqual(codesOf("SetCredentialEncrypted=a:QUJ"), ["value/encoding"]);
    assert.deepEqual(codesOf("SetCredential=a:\\q"), ["value/quoting"]);
    assert.deepEqual(codesOf("SetCredential=a:\\400"), ["value/quoting"]);
  });

  it("are nothing else", () => {
    const good: Readonly<Record<string, readonly string[]>> = {
      SetCredential: ["a:b:c", "a:\\x00b", "a:%Q", "%n:b", '"a:b"', "a:\\u0000"],
      SetCredentialEncrypted: ["a:QUJD", "a:-_-_", "a: QU JD"],
      LoadCredential: ["a:", "a:b", "a:/b", "a:/b/c:d", "a:%h/x", "a:/é", "a b"],
      LoadCredentialEncrypted: ["a:/b"],
      ImportCredential: ["a*", "*", "a.*:b.", "a:", "a:b*", "a:%Q"],
      StandardInputData: ["QU JD", "-_-_", "+/+/", "QUI=", "QQ=="],
    };
    for (const [key, values] of Object.entries(good))
      for (const value of values) assert.deepEqual(codesOf(`${key}=${value}`), [], `${key}=${value}`);
  });
});
