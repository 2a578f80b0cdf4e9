import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const QUIET = { profile: "off" } as const;
const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;

/** Demands that no finding points at any of these lines, in both versions. */
function expectClean(...lines: readonly string[]): void {
  for (const line of lines) {
    for (const version of [257, 262])
      assert.deepEqual(findingsOf(service(line), "x.service", QUIET, version), [], line);
  }
}

describe("value/number", () => {
  const code = "value/number";

  it("is no whole number, or one out of bounds", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Nice=20
     ^^ value/number error: "20" is no value of Nice=: systemd ignores this line; allowed: a whole number from -20, the highest priority, to 19
OOMScoreAdjust=-1001
               ^^^^^ value/number error: "-1001" is no value of OOMScoreAdjust=: systemd ignores this line; allowed: a whole number from -1000, which is never killed, to 1000
FileDescriptorStoreMax=many
                       ^^^^ value/number error: "many" is no value of FileDescriptorStoreMax=: systemd ignores this line; allowed: a whole number of 0 or more
LimitNOFILE=1K
            ^^ value/number error: "1K" is no value of LimitNOFILE=: systemd ignores this line; allowed: a whole number of 0 or more, or infinity
IOWeight=1.5
         ^^^ value/number error: "1.5" is no value of IOWeight=: systemd ignores this line; allowed: a whole number from 1 to 10000
`);
  });

  it("is missing where the directive needs one", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
FileDescriptorStoreMax=
^^^^^^^^^^^^^^^^^^^^^^ value/number error: FileDescriptorStoreMax= needs a value: systemd ignores this line
Nice=
IOWeight=
`);
  });

  it("is no number that systemd takes in any spelling", () => {
    expectClean("Nice=-20", "Nice=+5", "Nice=0x5", "LimitNOFILE=0b101", "LimitNOFILE=-0", "CPUWeight=idle");
    expectClean("TasksMax=infinity", "LimitNICE=+19", "LimitNICE=-20:40", "TTYRows=4294967295");
  });

  it("is octal by accident", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
Nice=010
     ^^^ value/number warning: "010" in Nice= is octal; did you mean 10? the leading 0 makes it 8
Nice=07
Nice=08
     ^^ value/number error: "08" is no value of Nice=; did you mean 8? systemd ignores this line; allowed: a whole number from -20, the highest priority, to 19
`);
    assert.equal(fixed(service("Nice=010"), code), service("Nice=10"));
    assert.equal(fixed(service("Nice=08"), code), service("Nice=8"));
  });

  it("is changed to the word like it", () => {
    assert.equal(fixed(service("CPUWeight=Idle"), code), service("CPUWeight=idle"));
    assert.equal(fixed(service("LimitNOFILE=infinty"), code), service("LimitNOFILE=infinity"));
    assert.equal(fixed(service("LimitNOFILE=unlimited"), code), service("LimitNOFILE=infinity"));
  });

  it("takes bounds of 64 bits to the digit", () => {
    expectClean("LimitNOFILE=18446744073709551614");
    onlyFinding(service("LimitNOFILE=18446744073709551615"), code);
  });
});

describe("value/mode", () => {
  it("is anything but octal digits", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
UMask=u=rwx
      ^^^^^ value/mode error: "u=rwx" is no value of UMask=: systemd ignores this line; allowed: a file mode in octal digits, such as 0750
StateDirectoryMode=0o750
                   ^^^^^ value/mode error: "0o750" is no value of StateDirectoryMode=; did you mean 0750? systemd ignores this line; allowed: a file mode in octal digits, such as 0750
RuntimeDirectoryMode=10000
                     ^^^^^ value/mode error: "10000" is no value of RuntimeDirectoryMode=: systemd ignores this line; allowed: a file mode up to 7777
UMask=
^^^^^ value/mode error: UMask= needs a value: systemd ignores this line
`);
    assert.equal(fixed(service("UMask=0o22"), "value/mode"), service("UMask=022"));
    expectClean("UMask=22", "UMask=0022", "UMask=7777", "UMask=0000000022");
  });
});

describe("value/time-span", () => {
  const code = "value/time-span";

  it("is a unit that there is not, and nothing else of the value", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
RestartSec=1min 5x
                 ^ value/time-span error: Unknown time unit "x" in RestartSec=: systemd ignores this line
TimeoutStopSec=90secs
                 ^^^^ value/time-span error: Unknown time unit "secs" in TimeoutStopSec=; did you mean s? systemd ignores this line
`);
  });

  it("is what is no number, a sign or too much", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
RestartSec=soon
           ^^^^ value/time-span error: "soon" is no value of RestartSec=: systemd ignores this line; allowed: a time span in seconds or with units, such as 1min 30s, or infinity
RestartSec=5s -1s
              ^^^ value/time-span error: "5s -1s" in RestartSec= is negative: systemd ignores this line
RestartSec=1.5.5
           ^^^^^ value/time-span error: Invalid number "1.5.5" in RestartSec=: systemd ignores this line
RestartSec=600000y
           ^^^^^^ value/time-span error: "600000" in RestartSec= is too large for systemd: systemd ignores this line
RestartSec=
^^^^^^^^^^ value/time-span error: RestartSec= needs a value: systemd ignores this line
TimeoutAbortSec=
`);
  });

  it("gets the unit that is meant", () => {
    for (const [wrong, right] of [
      ["5mins", "5min"],
      ["5mn", "5min"],
      ["5secs", "5s"],
      ["5hrs", "5h"],
      ["5 milliseconds", "5 ms"],
      ["5Min", "5min"],
      ["5S", "5s"],
      ["5H", "5h"],
    ])
      assert.equal(fixed(service(`RestartSec=${wrong}`), code), service(`RestartSec=${right}`), wrong);
    assert.deepEqual(fixTitles(service("RestartSec=5x"), code), []);
  });

  it("is months, where nobody means them", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
TimeoutStartSec=5M
                 ^ value/time-span warning: "M" in TimeoutStartSec= means months
`);
    assert.deepEqual(fixTitles(service("TimeoutStartSec=5M"), code), ["Change to min", "Change to month"]);
    assert.equal(fixed(service("TimeoutStartSec=5M"), code), service("TimeoutStartSec=5min"));
    expectFindings("#- x.timer\n[Timer]\nOnBootSec=1M\n");
  });

  it("is judged over several lines", () => {
    expectFindings(String.raw`[Service]
ExecStart=/bin/true
RestartSec=1min \
# no unit
  5x
   ^ value/time-span error
`);
  });

  it("is none that systemd takes", () => {
    expectClean("RestartSec=5", "RestartSec=1.5", "RestartSec=1h30", "RestartSec=5min 20", "RestartSec=infinity");
    expectClean(
      "RestartSec=.5s",
      "RestartSec=5µs",
      "RestartSec=1y2month3w",
      "TimerSlackNSec=5ns",
      "LimitRTTIME=1:5min",
    );
  });

  it("keeps at least a second where pressure is watched", () => {
    assert.match(
      onlyFinding(service("ManagedOOMMemoryPressureDurationSec=999ms"), code).message,
      /^"999ms" is no value of .*; allowed: a time span of at least a second, such as 30s$/,
    );
    onlyFinding(service("ManagedOOMMemoryPressureDurationSec=infinity"), code);
    expectClean("ManagedOOMMemoryPressureDurationSec=1s");
  });

  it("is a timer's only where its specifiers are known", () => {
    expectFindings(`#- x.timer
[Timer]
OnBootSec=5 %H
OnBootSec=%n
          ^^ value/time-span error
OnBootSec=%Q
          ^^ value/specifier error
OnBootSec=
OnActiveSec=5
`);
  });
});

describe("value/size", () => {
  const code = "value/size";

  it("is a suffix that there is not, and nothing else of the value", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
MemoryMax=512MB
             ^^ value/size error: Unknown size suffix "MB" in MemoryMax=; did you mean M? systemd ignores this line
LimitAS=1g
         ^ value/size error: Unknown size suffix "g" in LimitAS=; did you mean G? systemd ignores this line
LimitCORE=10%
            ^ value/size error: "10%" in LimitCORE= is a percentage, and only a size is allowed: systemd ignores this line
`);
  });

  it("gets the suffix that is meant", () => {
    for (const [wrong, right] of [
      ["512k", "512K"],
      ["512KB", "512K"],
      ["512Ki", "512K"],
      ["512MiB", "512M"],
      ["1 gb", "1 G"],
      ["512bytes", "512B"],
    ])
      assert.equal(fixed(service(`LimitAS=${wrong}`), code), service(`LimitAS=${right}`), wrong);
    assert.deepEqual(fixTitles(service("LimitAS=5x"), code), []);
  });

  it("is out of order, negative, too large or nothing at all", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
MemoryMax=512M 1G
               ^^ value/size error: "1G" in MemoryMax= follows a suffix that is not larger: systemd ignores this line
MemoryMax=-1
          ^^ value/size error: "-1" in MemoryMax= is negative: systemd ignores this line
MemoryMax=16E
          ^^ value/size error: "16" in MemoryMax= does not fit into 64 bits: systemd ignores this line
MemoryMax=0
          ^ value/size error: "0" is no value of MemoryMax=: systemd ignores this line; allowed: a size above 0
MemoryLow=0
MemorySwapMax=0
MemoryMax=
`);
  });

  it("is a limit in which nothing runs", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
MemoryMax=512
          ^^^ value/size warning: "512" in MemoryMax= is in bytes and less than one memory page
MemoryMax=4096
MemoryLow=100
`);
    assert.equal(fixed(service("MemoryMax=512"), code), service("MemoryMax=512M"));
  });

  it("is none that systemd takes", () => {
    expectClean("MemoryMax=1.5G", "MemoryMax=1G 512M", "MemoryMax=infinity", "LimitAS=1G:infinity", "MemoryLow=1B");
  });

  it("had no suffixes for messages of a queue before 258", () => {
    const text = "[Socket]\nListenMessageQueue=/a\nMessageQueueMessageSize=1K\n";
    assert.deepEqual(findingsOf(text, "x@.socket", { ...QUIET, select: ["value"] }), []);
    onlyFinding(text, "value/number", "x@.socket", 257);
  });
});

describe("value/percentage", () => {
  const code = "value/percentage";

  it("is a number without a sign, too many digits or too much", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
CPUQuota=50
         ^^ value/percentage error: "50" is no value of CPUQuota=; did you mean 50%? systemd ignores this line; allowed: a percentage of one CPU such as 50%, which may be more than 100%
CPUQuota=5.555%
         ^^^^^^ value/percentage error: "5.555%" is no value of CPUQuota=: systemd ignores this line; allowed: a percentage with at most two decimals
CPUQuota=0%
         ^^ value/percentage error: "0%" is no value of CPUQuota=: systemd ignores this line; allowed: a percentage above 0%
MemoryMax=150%
          ^^^^ value/percentage error: "150%" is no value of MemoryMax=: systemd ignores this line; allowed: at most 100%
ManagedOOMMemoryPressureLimit=x
                              ^ value/percentage error: "x" is no value of ManagedOOMMemoryPressureLimit=: systemd ignores this line; allowed: a percentage such as 50%
`);
  });

  it("gets its sign", () => {
    assert.equal(fixed(service("CPUQuota=50"), code), service("CPUQuota=50%"));
    assert.equal(fixed(service("CPUQuota=50 %"), code), service("CPUQuota=50%"));
  });

  it("is none that systemd takes", () => {
    expectClean("CPUQuota=1000%", "CPUQuota=0.01%", "CPUQuota=505‰", "TasksMax=5.5%", "MemoryMax=50%");
  });
});

describe("value/resource-limit", () => {
  const code = "value/resource-limit";

  it("is a soft limit above the hard one, or more or less than two", () => {
    expectFindings(`[Service]
Type=oneshot
ExecStart=/bin/true
LimitNOFILE=4096:1024
            ^^^^^^^^^ value/resource-limit error: "4096" in LimitNOFILE= is a soft limit above the hard one; did you mean 1024:4096? systemd ignores this line
LimitNOFILE=1:2:3
               ^^ value/resource-limit error: "3" in LimitNOFILE= is one limit too many: systemd ignores this line; allowed: a soft and a hard limit
LimitNOFILE=1:
             ^ value/resource-limit error: LimitNOFILE= needs a hard limit after the colon: systemd ignores this line
LimitCPU=1.5s:1s
         ^^^^^^^ value/resource-limit error
LimitCPU=1.9s:1.2s
LimitNICE=-5:+5
          ^^^^^ value/resource-limit error
LimitNICE=infinity
          ^^^^^^^^ value/number error
LimitNOFILE=1:2:
LimitNOFILE=
^^^^^^^^^^^ value/resource-limit error
`);
    assert.equal(fixed(service("LimitNOFILE=4096:1024"), code), service("LimitNOFILE=1024:4096"));
  });

  it("points at the field that is wrong", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
LimitAS=1M:2m
            ^ value/size error
LimitCPU=5x:6s
          ^ value/time-span error
`);
  });
});

describe("value/cpu-set", () => {
  const code = "value/cpu-set";
  const TEXT = `[Service]
ExecStart=/bin/true
CPUAffinity=0 x,1-
              ^ value/cpu-set error: "x" in CPUAffinity= is neither a CPU nor a range: systemd ignores WHAT
                ^^ value/cpu-set error: "1-" in CPUAffinity= is neither a CPU nor a range: systemd ignores WHAT
AllowedCPUs=0-8192
            ^^^^^^ value/cpu-set error: "0-8192" in AllowedCPUs= is above the largest CPU or memory node, 8191: systemd ignores WHAT
NUMAMask="1
         ^^ value/quoting error: NUMAMask= has a quote that is not closed: systemd ignores this line
`;

  it("costs the word since 258, before that the assignment", () => {
    expectFindings(TEXT.replaceAll("WHAT", "this word"));
    expectFindings(TEXT.replaceAll("WHAT", "this line"), QUIET, 257);
  });

  it("is a range that runs backwards, which a fix turns round", () => {
    const text = service("CPUAffinity=0,3-1");
    assert.equal(
      onlyFinding(text, code).message,
      '"3-1" in CPUAffinity= runs backwards; did you mean 1-3? systemd ignores this word',
    );
    assert.equal(fixed(text, code), service("CPUAffinity=0,1-3"));
  });

  it("is none that systemd takes", () => {
    expectClean("CPUAffinity=numa", "CPUAffinity=0-3,,7 '8'", "CPUAffinity=0x1", "NUMAMask=all", "AllowedCPUs=");
    expectClean("AllowedCPUs=%H");
  });

  it("has specifiers for memory nodes since 258", () => {
    const text = "[Service]\nExecStart=/bin/true\nNUMAMask=%i\n";
    assert.deepEqual(findingsOf(text, "x@1.service", QUIET), []);
    onlyFinding(text, code, "x@1.service", 257);
  });
});

describe("value/coredump-filter", () => {
  it("is a word that is no kind of memory", () => {
    const text = service("CoredumpFilter=default elf-header");
    expectFindings(`[Service]
ExecStart=/bin/true
CoredumpFilter=default elf-header
                       ^^^^^^^^^^ value/coredump-filter error: Unknown memory type "elf-header" in CoredumpFilter=; did you mean elf-headers? systemd ignores this line
`);
    assert.equal(fixed(text, "value/coredump-filter"), service("CoredumpFilter=default elf-headers"));
    expectClean("CoredumpFilter=ff", "CoredumpFilter=0xFF all", "CoredumpFilter=-0", "CoredumpFilter=");
    onlyFinding(service("CoredumpFilter=fffffffffffffffff"), "value/coredump-filter");
  });
});

describe("value/io-device", () => {
  it("is a limit without a path or an amount", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
IOReadBandwidthMax=/dev/sda
                   ^^^^^^^^ value/io-device error: "/dev/sda" is no value of IOReadBandwidthMax=: systemd ignores this line; allowed: a path and a size to the base of 1000, or infinity
IOReadBandwidthMax=/dev/../sda 1M
                   ^^^^^^^^^^^ value/io-device error: "/dev/../sda" in IOReadBandwidthMax= has "..", which is not allowed in a path: systemd ignores this line
IOReadBandwidthMax=/dev/sda 0
                            ^ value/io-device error: "0" is not valid in IOReadBandwidthMax=: systemd ignores this line; allowed: a limit above 0
IOReadBandwidthMax=/dev/sda 1k
                             ^ value/size error: Unknown size suffix "k" in IOReadBandwidthMax=; did you mean K? systemd ignores this line
IODeviceWeight=/dev/sda 0
                        ^ value/number error
IODeviceLatencyTargetSec=/dev/sda 5x
                                   ^ value/time-span error
IODeviceWeight="/dev/sda 5
               ^^^^^^^^^^^ value/quoting error
`);
  });

  it("is none that systemd takes", () => {
    expectClean("IOReadBandwidthMax=/dev/sda infinity", 'IODeviceWeight="/dev/s a" 100', "IOReadIOPSMax=sda 1K 5");
    expectClean("IODeviceLatencyTargetSec=/dev/%H 5min 20s", "IOReadBandwidthMax=");
  });
});

describe("directive/retiring", () => {
  it("is a directive of which 257 says that it goes", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
MemoryLimit=1G
^^^^^^^^^^^ directive/retiring warning: MemoryLimit= is deprecated and has no effect from systemd 258 on: systemd accepts it, but warns; use MemoryMax= instead
BlockIOWeight=100
`,
      QUIET,
      257,
    );
    assert.deepEqual(
      findingsOf(service("MemoryLimit=1G")).map((it) => it.code),
      ["directive/ignored"],
    );
  });
});
