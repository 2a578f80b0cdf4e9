import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const QUIET = { profile: "off" } as const;
const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;
const start = (command: string): string => `[Service]\nExecStart=${command}\n`;
const codesOf = (command: string): string[] => findingsOf(start(command)).map((it) => it.code);

describe("value/command", () => {
  const code = "value/command";

  it("is a program that is no name and no absolute path", () => {
    expectFindings(`[Service]
ExecStart=bin/server --fast
          ^^^^^^^^^^ value/command error: "bin/server" in ExecStart= is neither an absolute path nor a plain file name: systemd refuses the unit
`);
    expectFindings(`[Service]
ExecStart=/bin/true
ExecReload=-./reload
            ^^^^^^^^ value/command error: "./reload" in ExecReload= is neither an absolute path nor a plain file name: systemd ignores the rest of this line
`);
  });

  it("is a program that is a folder, or none at all", () => {
    expectFindings(`[Service]
ExecStart=/usr/bin/
          ^^^^^^^^^ value/command error: "/usr/bin/" in ExecStart= is a directory and no program: systemd refuses the unit
`);
    const { start, end, message } = onlyFinding(service("ExecStop=-"), code);
    assert.deepEqual([start, end], [40, 40]);
    assert.equal(message, "ExecStop= names no program after the prefix: systemd ignores the rest of this line");
  });

  it("is a quote that is not closed", () => {
    expectFindings(`[Service]
ExecStart=/bin/echo "it is
                    ^^^^^^ value/command error: ExecStart= has a quote that is not closed: systemd refuses the unit
`);
    expectFindings(`[Service]
ExecStart=/bin/true
ExecStop=-/bin/echo 'it is
                    ^^^^^^ value/command error: ExecStop= has a quote that is not closed: systemd ignores the rest of this line
`);
  });

  it("costs only the line where the quote opens the first word of a command", () => {
    expectFindings(`[Service]
ExecStart=/bin/true ; "/bin/false
                      ^^^^^^^^^^^ value/command error: ExecStart= has a quote that is not closed: systemd ignores the rest of this line
`);
  });

  it("is looked for in front of an open quote too", () => {
    expectFindings(`[Service]
ExecStart=bin/echo "it is
          ^^^^^^^^ value/command error: "bin/echo" in ExecStart= is neither an absolute path nor a plain file name: systemd refuses the unit
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
                    ^^ value/specifier error: Unknown specifier "%Q" in ExecStart=: systemd refuses the unit
`);
  });

  it("is @ without the name that the program is to see", () => {
    expectFindings(`[Service]
ExecStart=@/bin/true
           ^^^^^^^^^ value/command error: "@" in ExecStart= is a prefix that needs a name for argv[0] after the program: systemd refuses the unit
`);
  });

  it("is the prefix | before 258", () => {
    const text = "[Service]\nExecStart=|echo $HOME\n";
    assert.deepEqual(findingsOf(text), []);
    assert.equal(
      onlyFinding(text, code, "x.service", 257).message,
      '"|" in ExecStart= is a prefix that requires systemd 258',
    );
  });

  it("is the prefix !! since 258, which a fix removes", () => {
    expectFindings(`[Service]
ExecStart=-!!/bin/true
          ^^^ value/command warning: "!!" in ExecStart= is a prefix without effect since systemd 258: systemd accepts it, but warns
`);
    expectFindings("[Service]\nExecStart=-!!/bin/true\n", QUIET, 257);
    assert.equal(fixed("[Service]\nExecStart=-!!:/bin/true\n", code), "[Service]\nExecStart=-:/bin/true\n");
  });

  it("is the prefix !! inside of quotes, which a fix cannot remove", () => {
    expectFindings(`[Service]
ExecStart="!!/bin/true"
          ^^^^^^^^^^^^^ value/command warning: "!!" in ExecStart= is a prefix without effect since systemd 258: systemd accepts it, but warns
`);
    assert.deepEqual(fixTitles(`[Service]\nExecStart="!!/bin/true"\n`, code), []);
  });

  it("is an escape that there is not, which a fix doubles", () => {
    expectFindings(String.raw`[Service]
ExecStart=/bin/grep \d \
                    ^^ value/command warning: Unknown escape sequence "\d" in ExecStart=: systemd accepts it, but warns
  "a\.b"
    ^^ value/command warning: Unknown escape sequence "\." in ExecStart=: systemd accepts it, but warns
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
ExecStart=-/bin/true "a b" 'c' \x41\n %% %p %h/x $A ${"$"}{B} $$
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

describe("value/shell-syntax", () => {
  const code = "value/shell-syntax";

  it("is an operator that reaches the program as a word", () => {
    expectFindings(`[Service]
ExecStart=/usr/bin/server --fast > /var/log/server 2>&1
                                 ^ value/shell-syntax warning: ">" in ExecStart= is shell syntax, but systemd runs no shell
`);
    for (const word of ["|", "||", "&&", ">>", "2>/dev/null", "</dev/null", "2>&1", "&>/dev/null"])
      assert.deepEqual(codesOf(`/bin/a x ${word} /bin/b`), [code], word);
    assert.deepEqual(codesOf("/bin/a x &"), [code]);
  });

  it("is a command that only a shell has, with the setting that does the same", () => {
    expectFindings(`[Service]
ExecStartPre=cd /srv
             ^^ value/shell-syntax warning: "cd" in ExecStartPre= is a command of the shell, but systemd runs no shell: it looks for a program of that name; use WorkingDirectory= instead
ExecStart=LANG=C /usr/bin/server
          ^^^^^^ value/shell-syntax warning: "LANG=C" in ExecStart= sets a variable only in a shell, but systemd runs no shell: it looks for a program of that name; use Environment= instead
`);
    for (const command of ["exit 0", "source /etc/x", "if true", "-umask 022"])
      assert.deepEqual(codesOf(command), [code], command);
    for (const command of ["/usr/bin/cd /srv", "|cd /srv", "test -e /x", "[ -e /x ]", "echo cd", "kill 1", "true"])
      assert.ok(!codesOf(command).includes(code), command);
  });

  it("is a command in place of a word, a pattern or a home directory", () => {
    for (const line of [
      "/bin/kill -HUP $(cat /run/x.pid)",
      'kill "$(cat /run/x.pid)"',
      "/bin/kill `cat /run/x.pid`",
      "/bin/rm -f /run/x/*.sock",
      "/bin/server ~/x.conf",
    ])
      assert.deepEqual(codesOf(line), [code], line);
  });

  it("is fine for a shell", () => {
    for (const line of [
      "/bin/sh -c 'a | b > /dev/null && rm /run/x/* ; kill $$(cat x) `id`'",
      '/usr/bin/env bash -c "a $(b) ~/c"',
      "|echo $HOME > ~/x",
      "/bin/sh -c $$(x)",
    ])
      assert.deepEqual(codesOf(line), [], line);
  });

  it("is no word that means itself", () => {
    for (const line of [
      "/bin/a '|' \">\" \\x3e a|b --x=>y <a> -&- foo&bar",
      "/usr/bin/test a > b",
      "/usr/bin/find /tmp -name *.sock",
      "/usr/bin/systemctl stop foo@*.service",
      "/bin/a --listen=*:80 0.0.0.0:* x~/y",
      "/usr/bin/perl -e $(x)",
    ])
      assert.deepEqual(
        codesOf(line).filter((it) => it === code),
        [],
        line,
      );
  });

  it("is run by a shell after a fix", () => {
    assert.equal(fixed(start("-/bin/a > /x"), code), start("-/bin/sh -c '/bin/a > /x'"));
    assert.deepEqual(fixTitles(start("/bin/a 'b c' > /x"), code), []);
    assert.deepEqual(fixTitles(start("@/bin/a b > /x"), code), []);
    assert.deepEqual(fixTitles(start("/bin/sh -c 'a' > /x"), code), []);
  });
});

describe("value/variable-program", () => {
  it("is a variable in front of the arguments", () => {
    expectFindings(`[Service]
ExecStart=/opt/$FLAVOUR/server --fast
          ^^^^^^^^^^^^^^^^^^^^ value/variable-program warning: "/opt/$FLAVOUR/server" in ExecStart= has a variable in the program name, where systemd expands none
`);
    assert.deepEqual(codesOf("$SERVER --fast"), ["value/variable-program"]);
    assert.deepEqual(codesOf("|$SERVER --fast"), []);
    assert.deepEqual(codesOf("/usr/bin/env $SERVER"), []);
  });
});

describe("value/variable", () => {
  const code = "value/variable";

  it("is one behind a backslash, which no fix takes away unasked", () => {
    const text = service("ExecReload=/bin/kill -HUP \\\\$MAINPID");
    const { message, fixes } = onlyFinding(text, "value/variable");
    assert.match(message, /^"\\\\\$MAINPID" in ExecReload= begins with a backslash; did you mean \$MAINPID\?/);
    assert.deepEqual(
      fixes.map((it) => [it.title, it.safe]),
      [["Write $MAINPID", false]],
    );
    const single = onlyFinding(service("ExecReload=/bin/kill -HUP \\$MAINPID"), "value/command");
    assert.deepEqual(
      single.fixes.map((it) => [it.title, it.safe]),
      [["Remove the backslash", false]],
    );
  });

  it("is a variable without braces inside of a word", () => {
    expectFindings(`[Service]
ExecStart=/usr/bin/server --debug=$DEBUG --log=$LOG
                                  ^^^^^^ value/variable warning: "$DEBUG" in ExecStart= stands inside a word, where systemd expands only \${DEBUG}; did you mean \${DEBUG}?
                                               ^^^^ value/variable warning
`);
    assert.equal(fixed(start("/bin/a --x=$X"), code), start("/bin/a --x=$" + "{X}"));
  });

  it("is a word that begins with one, which gives nothing", () => {
    expectFindings(`[Service]
ExecStart=/usr/bin/server $HOME/x
                          ^^^^^^^ value/variable warning: "$HOME/x" in ExecStart= expands to nothing: systemd reads all of it as the name of a variable
`);
    assert.deepEqual(codesOf("/bin/sh -c '$CMD x'"), [code]);
    assert.deepEqual(codesOf("/bin/a $1"), [code]);
    assert.equal(fixed(start("/bin/a $X-y"), code), start("/bin/a $" + "{X}-y"));
  });

  it("is none that systemd replaces or a shell sees", () => {
    for (const line of [
      "/bin/a $A ${" + "A} x${" + 'A}y $$A x$$A "$A" $',
      ":/bin/a $A/x --x=$A",
      "/bin/sh -c 'x $A/y --z=$A'",
      "/bin/a --format=$remote_addr a$ --x=$a --re=^a$",
    ])
      assert.deepEqual(codesOf(line), [], line);
  });
});

describe("value/date-format", () => {
  const code = "value/date-format";

  it("is a format whose letters systemd replaces", () => {
    expectFindings(`[Service]
ExecStart=/bin/sh -c 'tar cf x-$(date -u +%Y-%m).tar /home'
                                         ^^^^^^ value/date-format warning: "%Y" in ExecStart= stands in a date format, which systemd expands before date sees it; did you mean +%%Y-%%m?
`);
    assert.equal(fixed(start("/bin/date +%Y-%m-%d"), code), start("/bin/date +%%Y-%%m-%%d"));
    assert.equal(fixed(start("/bin/sh -c 'date \"+%H:%%M\"'"), code), start("/bin/sh -c 'date \"+%%H:%%M\"'"));
  });

  it("is a date or a time in a word for another program", () => {
    expectFindings(`[Service]
ExecStart=/usr/bin/backup --to=/srv/x-%Y-%m-%d_%H%M.tar
                                      ^^^^^^^^^^^^^ value/date-format warning: "%Y-%m-%d_%H%M" in ExecStart= is expanded by systemd before the program sees it; did you mean %%Y-%%m-%%d_%%H%%M? it becomes paths, names and IDs instead of a date
`);
    assert.equal(fixed(start("/usr/bin/a --at=%H:%M:%S"), code), start("/usr/bin/a --at=%%H:%%M:%%S"));
    assert.deepEqual(codesOf("/usr/bin/a --log=%Y%m%d.log"), [code]);
  });

  it("is none with doubled signs, or for other programs", () => {
    for (const line of [
      "/bin/date +%%Y",
      "/bin/a +%p",
      "/bin/sh -c 'date; echo + %p'",
      "/bin/a %%Y-%%m-%%d %%%%Y%%m",
      "/bin/a --name=%H-%m %d/%Y %Y/%H %Y/%m.conf %H-%M",
    ])
      assert.deepEqual(codesOf(line), [], line);
  });
});

describe("value/trailing-comment", () => {
  const code = "value/trailing-comment";

  it("is a comment behind a command or a text", () => {
    expectFindings(`[Unit]
Description=A web server # of ours
                         ^^^^^^^^^ value/trailing-comment warning: Description= has a comment after it, which becomes part of the text
[Service]
ExecStart=/usr/bin/server # as fast | slow
                          ^^^^^^^^^^^^^^^^ value/trailing-comment warning: "# as fast | slow" in ExecStart= is a comment after the command: its words become arguments
`);
    assert.equal(fixed(start("/bin/a b  # c"), code), start("/bin/a b"));
  });

  it("is no sharp sign inside of a text", () => {
    expectFindings(`[Unit]
Description=openQA Worker #%i for issue #1, C# and # 5
                                                   ^^^ value/trailing-comment warning
[Service]
ExecStart=/usr/bin/server '#' #channel a#b
`);
  });
});

describe("syntax/blank-after-backslash", () => {
  const code = "syntax/blank-after-backslash";

  it("is a line that its writer thinks goes on", () => {
    expectFindings(`[Unit]
Description=A web server \\ \t
                         ^^^ syntax/blank-after-backslash warning: Description= has whitespace after the backslash: the line is not continued
[Service]
ExecStart=/bin/true
`);
    const text = "[Unit]\nDescription=A \\ \n  b\n[Service]\nExecStart=/bin/true\n";
    assert.equal(fixed(text, code), text.replace("\\ \n", "\\\n"));
  });

  it("is no escaped backslash, no comment and no line that does go on", () => {
    expectFindings(String.raw`[Unit]
# A \ ${""}
Description=A \\ ${""}
[Service]
ExecStart=/bin/a \
  b
`);
  });
});
