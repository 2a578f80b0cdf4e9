import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";
import { skip } from "../../test/kit/skip.ts";

/** The command line as the sources have it. */
const CLI = "/usr/lib/unit-warden-test/cli.js";

/** Writes where it may write, each moment. */
const service = (name: string): string => `[Service]
ExecStart=/bin/sh -c "while :; do date >/var/lib/${name}/now; sleep 0.2; done"
ExecReload=/bin/true
`;

/**
 * What the cases are made of. \`state UNIT\` prints how a unit is, with all files that are its own; \`case UNIT ACT\` notes that
 * before and after an act of the shell, with what it prints; \`stopped UNIT LINE SIGNAL WORD…\` sends a signal once so many lines of
 * progress are there, and waits for all that was started.
 */
const KIT = String.raw`
warden() { node ${CLI} "$@"; }
state() {
  systemctl show -p ActiveState,SubState,Result,FragmentPath,DropInPaths,NeedDaemonReload,UnitFileState "$1.service"
  grep TracerPid "/proc/$(systemctl show -P MainPID "$1.service")/status"
  find /etc/systemd/system /run/systemd/system /run/systemd/system.control /run/unit-warden /var/lib/unit-warden/learn "/var/lib/$1" \
    -path "*/$1[./]*" ! -name '*.lock' -printf '%p %u:%g %m %y %l\n' 2>/dev/null | sort
  systemctl list-units --plain --no-legend --all "unit-warden-*-$1.service*"
}
waited() { for i in $(seq 900); do ! eval "$1" || return 0; sleep 0.1; done; }
put_back() { seen=$(systemctl list-units --plain --no-legend --all "unit-warden-put-back-$1*") && [ -z "$seen" ]; }
quiet() { waited "put_back $1 && sleep 0.5 && put_back $1 && sleep 0.5 && put_back $1"; }
stopped() {
  unit=$1 lines=$2 signal=$3
  shift 3
  node ${CLI} "$@" & pid=$!
  waited "[ \$(grep -c . /tmp/cases/$unit.errors) -ge $lines ] || ! kill -0 $pid 2>/dev/null"
  kill -"$signal" "$pid" 2>/dev/null
  wait "$pid"
}
case_of() {
  state "$1" >"/tmp/cases/$1.before"
  : >"/tmp/cases/$1.errors"
  (eval "$2") >"/tmp/cases/$1.output" 2>"/tmp/cases/$1.errors"
  echo $? >"/tmp/cases/$1.status"
  quiet "$1"
  state "$1" >"/tmp/cases/$1.after"
}
small() { mount -t tmpfs -o "size=$1" tmpfs /var/lib/unit-warden; }
large() { umount /var/lib/unit-warden; }
fill() { dd if=/dev/zero of=/var/lib/unit-warden/fill bs=1M count=200 2>/dev/null; }
log_of() { echo "/var/lib/unit-warden/learn/$1".service.*/ExecStart-1.strace; }
is_back() { waited "! systemctl show -P DropInPaths $1.service | grep -q ."; }
`;

interface Interruption {
  readonly what: string;
  /** Commands of the shell, in which UNIT is the name of the service. */
  readonly act: string;
  readonly status?: number;
  readonly output?: RegExp;
  readonly errors?: RegExp;
}

const EVERY = (lines: readonly number[], signal: string, words: string): readonly Interruption[] =>
  lines.map((line) => ({
    what: `SIG${signal} after line ${line} of ${words}`,
    act: `stopped UNIT ${line} ${signal} ${words}`,
  }));

const LEARN = "learn UNIT --yes --verify --exercise 'sleep 0.5'";
const TRY = "try UNIT --yes --exercise 'sleep 0.5'";
const NOTHING = /^# UNIT\.service: nothing is derived: /;
const BUSY = /another run of unit-warden is at work on UNIT\.service \(unit-warden [\w ]+, process \d+\)/;

/** Of one service each, several at a time. */
const APART: readonly Interruption[] = [
  ...EVERY([1, 7, 8, 9, 11, 14], "KILL", LEARN),
  ...EVERY([1, 4, 5, 6, 8], "KILL", TRY),
  ...EVERY([4, 5], "KILL", "learn start UNIT --yes"),
  ...EVERY([7, 9, 13], "INT", LEARN),
  ...EVERY([5, 7], "INT", TRY),
  {
    what: "SIGKILL of learn stop, which a second one ends",
    act: "warden learn start UNIT --yes && stopped UNIT 1 KILL learn stop UNIT; warden learn stop UNIT; rm -f /var/lib/unit-warden/learn/UNIT.service.learnt* /var/lib/unit-warden/learn/UNIT.service.needs*",
  },
  {
    what: "learn and try at once",
    act: `${TRY.replace("try", "warden try")} & waited '[ -e /run/unit-warden/UNIT.service.put-back ]'; warden ${LEARN}; second=$?; wait $!; exit $second`,
    status: 2,
    errors: BUSY,
  },
  {
    what: "try while learn is at work",
    act: `warden ${LEARN} & waited '[ -e /run/unit-warden/UNIT.service.put-back ]'; warden ${TRY}; second=$?; wait $!; exit $second`,
    status: 2,
    errors: BUSY,
  },
  {
    what: "learn while it is observed for days",
    act: "warden learn start UNIT --yes; warden learn UNIT --yes; second=$?; warden learn stop UNIT; rm -f /var/lib/unit-warden/learn/UNIT.service.*json; exit $second",
    status: 2,
    errors: /UNIT\.service is under observation: unit-warden learn stop UNIT\.service ends it/,
  },
  {
    what: "a link to a file of root in the place of a log",
    act: 'seq 90000 >/srv/UNIT; warden learn start UNIT --yes; log=$(log_of UNIT); mv "$log" "$log.old"; ln -s /srv/UNIT "$log"; is_back UNIT; seq 90000 | cmp - /srv/UNIT || exit 9; warden learn stop UNIT',
    status: 1,
    output: /nothing is derived: the log of ExecStart-1 is not the file any more that was made for it/,
  },
  {
    what: "a pipe in the place of a log",
    act: 'warden learn start UNIT --yes; log=$(log_of UNIT); rm "$log"; mkfifo "$log"; is_back UNIT; warden learn stop UNIT',
    status: 1,
    output: /is not the file any more that was made for it/,
  },
  {
    what: "a log of 200 GB without blocks",
    act: 'warden learn start UNIT --yes; truncate -s 200G "$(log_of UNIT)"; is_back UNIT; warden learn stop UNIT',
    status: 1,
    output: /nothing is derived: the log of ExecStart-1 grew by 215 GB at once/,
  },
  {
    what: "lines that nobody observed",
    act: 'warden learn start UNIT --yes; for i in 1 2 3 4 5 6 7 8 9; do seq -f "%.0f 1000.1 +++ nonsense <[\\"" 1000 >>"$(log_of UNIT)"; done; warden learn stop UNIT; rm -f /var/lib/unit-warden/learn/UNIT.service.*json',
  },
];

/** These change what all services share, one after the other. */
const TOGETHER: readonly Interruption[] = [
  { what: "no room before", act: `small 200k; warden ${LEARN}; s=$?; large; exit $s`, status: 1, output: NOTHING },
  {
    what: "a disk that fills up while it is exercised",
    act: "small 70m; warden learn UNIT --yes --write --exercise '[ -e /run/observed ] || { touch /run/observed; exit; }; dd if=/dev/zero of=/var/lib/unit-warden/fill bs=1M; sleep 4; true'; s=$?; large; rm /run/observed; exit $s",
    status: 1,
    output: NOTHING,
  },
  {
    what: "a disk that has room again before the next look",
    act: "small 70m; warden learn UNIT --yes --write --exercise '[ -e /run/observed ] || { touch /run/observed; exit; }; dd if=/dev/zero of=/var/lib/unit-warden/fill bs=1M; sleep 0.5; rm /var/lib/unit-warden/fill'; s=$?; large; rm /run/observed; exit $s",
    status: 1,
    output: NOTHING,
  },
  {
    what: "no room for days",
    act: "small 200k; warden learn start UNIT --yes; s=$?; large; exit $s",
    status: 2,
    errors: /has room for 0\.\d MB, and a log may take 64/,
  },
  {
    what: "a disk that fills up in days",
    act: "small 70m; warden learn start UNIT --yes; fill; is_back UNIT; rm /var/lib/unit-warden/fill; warden learn stop UNIT; s=$?; find /var/lib/unit-warden -type f; large; exit $s",
    status: 1,
    output: /\n# UNIT\.service: nothing is derived: [^\n]*room[^\n]*\n$/,
  },
  ...[LEARN, TRY].map((words) => ({
    what: `a read-only /etc before ${words.slice(0, 5).trim()}`,
    act: `mount --bind -o ro /etc /etc; warden ${words} --write; s=$?; umount --lazy /etc; exit $s`,
    status: 2,
    errors: /UNIT\.service\.d\/\S+ cannot be written: read-only file system; nothing was changed/,
  })),
  {
    what: "an /etc that is read-only at the end",
    act: "warden learn UNIT --yes --write --exercise 'mountpoint -q /etc || mount --bind -o ro /etc /etc'; s=$?; umount --lazy /etc; grep -l NoNewPrivileges /var/lib/unit-warden/learn/UNIT.service.*json; rm /var/lib/unit-warden/learn/UNIT.service.*json; exit $s",
    status: 2,
    output: /\nNoNewPrivileges=yes\n[\s\S]*\/var\/lib\/unit-warden\/learn\/UNIT\.service\.learnt\.json\n/,
    errors:
      /the settings could not be written: .*read-only file system; they are printed, and what was learnt is kept in/,
  },
];

/** So many cases run at the same time. */
const AT_ONCE = 8;

describe(`interruptions of learn and try${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(600_000);
  const named = (cases: readonly Interruption[], letter: string) =>
    cases.map((it, i) => ({ ...it, unit: `${letter}${i}x` }));
  const groups = { apart: named(APART, "a"), together: named(TOGETHER, "t") };
  const all = [...groups.apart, ...groups.together];
  let box: Box | undefined;

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    const { run, put } = box;
    run("mkdir", "-p", "/usr/lib/unit-warden-test", "/tmp/cases", "/var/lib/unit-warden/learn");
    put(CLI, program);
    put("/root/kit.sh", KIT);
    for (const { unit, act } of all) {
      put(`/etc/systemd/system/${unit}.service`, service(unit));
      put(`/root/${unit}.sh`, `. /root/kit.sh\ncase_of ${unit} ${quoted(act.replaceAll("UNIT", unit))}\n`);
    }
    const units = all.map((it) => it.unit);
    const made = "mkdir -m 2750 /var/lib/$it; touch /var/lib/$it/now /var/lib/$it/old; chown 33:4 /var/lib/$it/old";
    run(
      "sh",
      "-c",
      `for it in ${units.join(" ")}; do ${made}; done; systemctl daemon-reload; systemctl start ${units.join(" ")}`,
    );
    for (let at = 0; at < groups.apart.length; at += AT_ONCE) {
      const some = groups.apart.slice(at, at + AT_ONCE).map((it) => `bash /root/${it.unit}.sh &`);
      run("bash", "-c", `${some.join(" ")} wait`);
    }
    for (const { unit } of groups.together) run("bash", `/root/${unit}.sh`);
  });
  after(() => box?.stop());

  for (const { what, unit, status, output, errors } of all)
    it(`leave the service, its files and their owners as they were: ${what}`, () => {
      const read = (kind: string): string =>
        box?.run("cat", `/tmp/cases/${unit}.${kind}`).output.replaceAll(unit, "UNIT") ?? "";
      const [said, printed] = [read("errors"), read("output")];
      const about = `${said}\n${printed}`;
      assert.match(
        read("before"),
        /ActiveState=active\n[\s\S]*TracerPid:\s+0\n[\s\S]*\/var\/lib\/UNIT\/old www-data:adm/,
      );
      assert.equal(read("after"), read("before"), about);
      assert.doesNotMatch(said, /is not as it was/);
      if (said.includes("putting everything back as it was")) assert.match(said, /UNIT\.service is as it was\n/);
      if (status !== undefined) assert.equal(read("status"), `${status}\n`, about);
      if (output !== undefined) assert.match(printed, output, about);
      if (errors !== undefined) assert.match(said, errors, about);
    });
});

/** A text as one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
