import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const QUIET = { profile: "off" } as const;

describe("section/unknown", () => {
  const code = "section/unknown";

  it("is a section that no unit has, or that this kind does not have", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
[Servcie]
 ^^^^^^^ section/unknown error: Unknown section [Servcie]; did you mean [Service]? systemd ignores all settings in it
[Timer]
 ^^^^^ section/unknown error: Section [Timer] is not valid in a .service unit: systemd ignores all settings in it
`);
  });

  it("minds letter case and blanks", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
[UNIT]
 ^^^^ section/unknown error: Unknown section [UNIT]; did you mean [Unit]? systemd ignores all settings in it
[Install ]
 ^^^^^^^^ section/unknown error: Unknown section [Install ]; did you mean [Install]? systemd ignores all settings in it
`);
  });

  it("makes systemd pass over what is below it, of which nothing more is said", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
[Servise]
 ^^^^^^^ section/unknown error
ProtectHoem=yes
Restart=sometimes
ExecStart=bin/x
junk
`);
  });

  it("is no section of other programs", () => {
    expectFindings("[Service]\nExecStart=/bin/true\n[X-Own]\nKey=1\njunk\n[X-]\n");
  });

  it("is not said of sections that repeat", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
[Unit]
Description=x
[Service]
Restart=always
[Unit]
After=network.target
`);
  });

  it("points at a header without a name as a whole", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
[]
^^ section/unknown error: Unknown section []: systemd ignores all settings in it
`,
      QUIET,
      257,
    );
  });

  it("is changed to a name like it", () => {
    assert.equal(
      fixed("[Service]\nExecStart=/bin/true\n[ install ]\nWantedBy=x.target\n", code),
      "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=x.target\n",
    );
    assert.deepEqual(fixTitles("[Service]\nExecStart=/bin/true\n[Instal]\n", code), ["Change to [Install]"]);
    assert.deepEqual(fixTitles("[Service]\nExecStart=/bin/true\n[Timer]\n", code), []);
  });
});

describe("directive/unknown", () => {
  const code = "directive/unknown";

  it("is a name that no section of the unit knows", () => {
    expectFindings(`[Unit]
Descripton=x
^^^^^^^^^^ directive/unknown error: Unknown directive Descripton= in [Unit]; did you mean Description=? systemd ignores this line
[Service]
ExecStart=/bin/true
[Install]
  Wanted = x.target
  ^^^^^^ directive/unknown error: Unknown directive Wanted= in [Install]; did you mean WantedBy=? systemd ignores this line
`);
  });

  it("minds letter case and blanks", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
restart=always
^^^^^^^ directive/unknown error: Unknown directive restart= in [Service]; did you mean Restart=? systemd ignores this line
Exec Stop=/bin/true
^^^^^^^^^ directive/unknown error: Unknown directive Exec Stop= in [Service]; did you mean ExecStop=? systemd ignores this line
x-own=1
^^^^^ directive/unknown error: Unknown directive x-own= in [Service]: systemd ignores this line
`);
  });

  it("tells where a name of other units belongs", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
OnCalendar=daily
^^^^^^^^^^ directive/unknown error: OnCalendar= belongs to [Timer], which is not valid in a .service unit: systemd ignores this line
`);
  });

  it("is said of empty and continued assignments too", () => {
    expectFindings(String.raw`[Service]
ExecStart=/bin/true
Foo=
^^^ directive/unknown error
Bar=1 \
^^^ directive/unknown error
  2
`);
  });

  it("is no key of other programs, no comment and no value", () => {
    expectFindings(String.raw`[Unit]
X-Own=1
X-=1
# Foo=1
; Foo=1
[Service]
ExecStart=/bin/true \
# Foo=1
  ; Foo=1
  Foo=1
`);
  });

  it("is said once of each line", () => {
    assert.deepEqual(
      findingsOf("[Service]\nExecStart=/bin/true\nFoo=1\nFoo=2\n").map((it) => [it.code, it.start]),
      [
        [code, 30],
        [code, 36],
      ],
    );
  });

  it("is said of drop-ins and templates as well", () => {
    expectFindings(`#- a.service.d/x.conf
[Service]
Foo=1
^^^ directive/unknown error
`);
    expectFindings(`#- a@.service
[Service]
ExecStart=/bin/true %i
Foo=%i
^^^ directive/unknown error
`);
  });

  it("is changed to the names like it, the value and the blanks kept", () => {
    assert.equal(
      fixed("[Service]\r\nExecStart=/bin/true\r\n ProtectHoem = yes \r\n", code),
      "[Service]\r\nExecStart=/bin/true\r\n ProtectHome = yes \r\n",
    );
    assert.deepEqual(fixTitles("[Service]\nExecStart=/bin/true\nProtectHoem=yes\n", code), ["Change to ProtectHome="]);
    assert.deepEqual(fixTitles("[Service]\nExecStart=/bin/true\nFrobnicate=yes\n", code), []);
  });

  it("is not changed to a name that the version does not know", () => {
    const text = "[Service]\nExecStart=/bin/true\nMemoryTPH=disable\n";
    assert.ok(onlyFinding(text, code, "x.service", 262).fixes.some((it) => it.title === "Change to MemoryTHP="));
    assert.ok(!onlyFinding(text, code, "x.service", 257).fixes.some((it) => it.title === "Change to MemoryTHP="));
  });
});

describe("directive/wrong-section", () => {
  const code = "directive/wrong-section";

  it("is a name that another section of the unit knows", () => {
    expectFindings(`[Unit]
Restart=always
^^^^^^^ directive/wrong-section error: Restart= belongs to [Service]: in [Unit] systemd ignores this line
[Service]
ExecStart=/bin/true
WantedBy=x.target
^^^^^^^^ directive/wrong-section error: WantedBy= belongs to [Install]: in [Service] systemd ignores this line
Description=x
^^^^^^^^^^^ directive/wrong-section error: Description= belongs to [Unit]: in [Service] systemd ignores this line
`);
  });

  it("has no more to say about the value", () => {
    expectFindings(`[Unit]
Restart=sometimes
^^^^^^^ directive/wrong-section error
[Service]
ExecStart=/bin/true
`);
  });

  it("is found in drop-ins", () => {
    expectFindings(`#- a.service.d/x.conf
[Unit]
Restart=always
^^^^^^^ directive/wrong-section error
`);
  });

  describe("move", () => {
    it("puts the line behind the last setting of its section", () => {
      assert.equal(
        fixed(
          "[Unit]\nRestart=always\nAfter=x.target\n\n[Service]\nExecStart=/bin/true\n\n[Install]\nAlias=y.service\n",
          code,
        ),
        "[Unit]\nAfter=x.target\n\n[Service]\nExecStart=/bin/true\nRestart=always\n\n[Install]\nAlias=y.service\n",
      );
    });

    it("puts it behind the header of an empty section", () => {
      assert.equal(
        fixed("[Unit]\nRestart=always\n[Service]\n# later\n", code),
        "[Unit]\n[Service]\nRestart=always\n# later\n",
      );
    });

    it("takes the last section of that name", () => {
      assert.equal(
        fixed("[Service]\nExecStart=/bin/true\n[Unit]\nRestart=no\n[Service]\nType=exec\n[Install]\n", code),
        "[Service]\nExecStart=/bin/true\n[Unit]\n[Service]\nType=exec\nRestart=no\n[Install]\n",
      );
    });

    it("moves backwards too", () => {
      assert.equal(
        fixed("[Unit]\nAfter=x.target\n[Service]\nExecStart=/bin/true\nDescription=x\nType=exec\n", code),
        "[Unit]\nAfter=x.target\nDescription=x\n[Service]\nExecStart=/bin/true\nType=exec\n",
      );
    });

    it("keeps CR LF, CR and LF CR", () => {
      for (const eol of ["\r\n", "\r", "\n\r"]) {
        const added = eol === "\n\r" ? "\n" : eol;
        assert.equal(
          fixed(["[Unit]", "Restart=no", "[Service]", "ExecStart=/bin/true", "[Install]", ""].join(eol), code),
          `[Unit]${eol}[Service]${eol}ExecStart=/bin/true${eol}Restart=no${added}[Install]${eol}`,
          JSON.stringify(eol),
        );
      }
    });

    it("keeps a missing final newline missing", () => {
      assert.equal(
        fixed("[Unit]\nRestart=no\n[Service]\nExecStart=/bin/true", code),
        "[Unit]\n[Service]\nExecStart=/bin/true\nRestart=no",
      );
      assert.equal(
        fixed("[Service]\r\nExecStart=/bin/true\r\n[Unit]\r\nRestart=no", code),
        "[Service]\r\nExecStart=/bin/true\r\nRestart=no\r\n[Unit]",
      );
    });

    it("takes all lines of a continued value along, with the comments inside", () => {
      assert.equal(
        fixed("[Unit]\nEnvironment=A=1 \\\n# two\n  B=2\nAfter=x.target\n[Service]\nExecStart=/bin/true\n", code),
        "[Unit]\nAfter=x.target\n[Service]\nExecStart=/bin/true\nEnvironment=A=1 \\\n# two\n  B=2\n",
      );
    });

    it("takes the empty line along that ends a continued value", () => {
      assert.equal(
        fixed("[Unit]\nRestart=no \\\n\nAfter=x.target\n[Service]\nExecStart=/bin/true\n[Install]\n", code),
        "[Unit]\nAfter=x.target\n[Service]\nExecStart=/bin/true\nRestart=no \\\n\n[Install]\n",
      );
    });

    it("ends a value that is still continued at the end of the file", () => {
      const before = "[Service]\nExecStart=/bin/true\n[Unit]\n";
      const moved = "[Service]\nExecStart=/bin/true\nRestart=no \\\n\n[Unit]";
      assert.equal(fixed(`${before}Restart=no \\\n`, code), `${moved}\n`);
      assert.equal(fixed(`${before}Restart=no \\`, code), moved);
    });

    it("does not become part of a value that is continued at the end of the file", () => {
      assert.equal(
        fixed("[Unit]\nRestart=no\n[Service]\nExecStart=/bin/true \\\n", code),
        "[Unit]\n[Service]\nExecStart=/bin/true \\\n\nRestart=no\n",
      );
      assert.equal(
        fixed("[Unit]\nRestart=no\n[Service]\nExecStart=/bin/true \\", code),
        "[Unit]\n[Service]\nExecStart=/bin/true \\\n\nRestart=no",
      );
      assert.equal(
        fixed("[Unit]\nRestart=no\n[Service]\nExecStart=/bin/true \\\n# x\n", code),
        "[Unit]\n[Service]\nExecStart=/bin/true \\\n# x\n\nRestart=no\n",
      );
    });

    it("makes a section that is missing, behind those that come before it", () => {
      assert.equal(
        fixed("[Unit]\nDescription=x\nRestart=no\n\n[Install]\nAlias=y.service\n", code),
        "[Unit]\nDescription=x\n\n[Service]\nRestart=no\n\n[Install]\nAlias=y.service\n",
      );
      assert.equal(
        fixed("[Service]\nExecStart=/bin/true\nWantedBy=x.target", code),
        "[Service]\nExecStart=/bin/true\n\n[Install]\nWantedBy=x.target",
      );
    });

    it("makes a section that is missing, before all others where none comes before it", () => {
      assert.equal(
        fixed("# licence\n\n[Service]\r\nExecStart=/bin/true\r\nDescription=x\r\n", code),
        "# licence\n\n[Unit]\nDescription=x\n\n[Service]\r\nExecStart=/bin/true\r\n",
      );
    });

    it("leaves a byte order mark at the start of the text", () => {
      assert.equal(
        fixed("\ufeff[Service]\nExecStart=/bin/true\nDescription=x\n", code),
        "\ufeff[Unit]\nDescription=x\n\n[Service]\nExecStart=/bin/true\n",
      );
    });

    it("does not count sections of others, or of another kind of unit, as places to move to", () => {
      assert.equal(
        fixed("[X-Own]\nA=1\n[Unit]\nRestart=no\n[Socket]\nA=1\n", code),
        "[X-Own]\nA=1\n[Unit]\n\n[Service]\nRestart=no\n[Socket]\nA=1\n",
      );
    });

    it("is offered by name", () => {
      assert.deepEqual(fixTitles("[Unit]\nRestart=no\n[Service]\nExecStart=/bin/true\n", code), [
        "Move Restart= to [Service]",
      ]);
    });
  });
});

describe("directive/too-new", () => {
  const text = `[Service]
ExecStart=/bin/true
MemoryTHP=disable
^^^^^^^^^ directive/too-new error: MemoryTHP= requires systemd 260: version 257 ignores this line
`;

  it("is a directive that the version does not know yet", () => {
    expectFindings(text, QUIET, 257);
  });

  it("is none in the version that brought it", () => {
    assert.deepEqual(findingsOf("[Service]\nExecStart=/bin/true\nMemoryTHP=disable\n", "x.service", QUIET, 260), []);
    assert.equal(findingsOf("[Service]\nExecStart=/bin/true\nMemoryTHP=disable\n", "x.service", QUIET, 259).length, 1);
  });

  it("has no more to say about the value", () => {
    const found = findingsOf("[Service]\nExecStart=/bin/true\nMemoryTHP=bogus\n", "x.service", QUIET, 257);
    assert.deepEqual(
      found.map((it) => it.code),
      ["directive/too-new"],
    );
  });
});

describe("directive/ignored", () => {
  it("is a directive that systemd reads for nothing", () => {
    const found = onlyFinding("[Service]\nExecStart=/bin/true\nMemoryLimit=1G\n", "directive/ignored");
    assert.deepEqual([found.start, found.end, found.severity, found.tag], [30, 41, "error", "unnecessary"]);
    assert.match(found.message, /^MemoryLimit= has no effect.*; use MemoryMax= instead$/);
  });

  it("is none before the version that dropped it", () => {
    expectFindings("[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\nMemoryMax=1G\n", QUIET, 257);
  });
});

describe("directive/old-name", () => {
  const code = "directive/old-name";

  it("is a hint", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
ReadOnlyDirectories=/srv
^^^^^^^^^^^^^^^^^^^ directive/old-name hint: ReadOnlyDirectories= is the old name of ReadOnlyPaths=
`);
  });

  it("is told apart from an old place", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
StartLimitBurst=3
^^^^^^^^^^^^^^^ directive/old-name hint: StartLimitBurst= has moved to [Unit]: systemd still silently accepts it in [Service]
StartLimitInterval=3
^^^^^^^^^^^^^^^^^^ directive/old-name hint: StartLimitInterval= is the old name of StartLimitIntervalSec= in [Unit]
`);
  });

  it("is changed safely", () => {
    const text = "[Service]\nExecStart=/bin/true\n ReadOnlyDirectories = /srv\n";
    assert.equal(fixed(text, code), "[Service]\nExecStart=/bin/true\n ReadOnlyPaths = /srv\n");
    assert.equal(onlyFinding(text, code).fixes[0]?.safe, true);
  });
});

describe("directive/unsupported", () => {
  it("is said of each directive that a kind of unit cannot use, whatever its value", () => {
    expectFindings(`#- x.slice
[Slice]
Delegate=
^^^^^^^^ directive/unsupported error: Delegate= has no effect in a .slice unit, as only services and scopes can delegate: systemd ignores this line
ManagedOOMSwap=kill
`);
    for (const [path, section] of Object.entries({ "x.socket": "Socket", "x.swap": "Swap", "x.mount": "Mount" })) {
      const lines = [
        "Delegate=yes",
        "ManagedOOMSwap=kill",
        "ManagedOOMMemoryPressureLimit=5%",
        "ManagedOOMPreference=avoid",
      ];
      const found = findingsOf(`[${section}]\n${lines.join("\n")}\n`, path, { ...QUIET, select: ["directive"] });
      assert.deepEqual(
        found.map(({ directive }) => directive),
        ["Delegate", "ManagedOOMSwap", "ManagedOOMMemoryPressureLimit"],
      );
    }
  });

  it("is said of no service and no scope", () => {
    assert.deepEqual(findingsOf("[Service]\nExecStart=/bin/true\nDelegate=yes\nManagedOOMSwap=kill\n"), []);
    assert.deepEqual(findingsOf("[Scope]\nDelegate=yes\nManagedOOMSwap=kill\n", "x.scope.d/a.conf"), []);
  });
});
