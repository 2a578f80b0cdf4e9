import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { shownScript } from "./readScript.ts";

const shell = (body: string, others: Readonly<Record<string, string>> = {}, run = {}) =>
  shownScript("/opt/shop/run.sh", `#!/bin/sh\n${body}`, others, run);

describe("shell scripts", () => {
  it("say which program they become, through their variables", () => {
    const shown = shell('BASE=/opt/shop\nDAEMON="$BASE/bin/shopd"\nOPTS="-f -d"\nexec "$DAEMON" $OPTS\n');
    assert.deepEqual(shown.starts, ["/opt/shop/bin/shopd"]);
    assert.deepEqual(shown.hides, []);
  });

  it("follow files that they source, and say which are missing", () => {
    const shown = shell('. /etc/default/shop\n. "$LIBRARY"\n. /opt/shop/gone\nexec $DAEMON', {
      "/etc/default/shop": "DAEMON=/usr/sbin/shopd\nLIBRARY=/opt/shop/lib.sh\n",
      "/opt/shop/lib.sh": "start() {\n  hwclock --hctosys\n}\nstart\n",
    });
    assert.deepEqual(shown.starts, ["/usr/sbin/shopd", "hwclock"]);
    assert.deepEqual(shown.signs, ["clock by hwclock:2"]);
    assert.deepEqual(shown.unread, ["/opt/shop/gone is not on this machine"]);
  });

  it("need no file that they test for", () => {
    assert.deepEqual(shell("[ -r /etc/default/shop ] && . /etc/default/shop\n").unread, []);
    assert.deepEqual(shell("if [[ -f /etc/default/shop ]]; then\n . /etc/default/shop\nfi\n").unread, []);
  });

  it("take values of the unit's environment", () => {
    const run = { environment: { DAEMON: "/usr/bin/shopd" } };
    assert.deepEqual(shell("exec $DAEMON --fg", {}, run).starts, ["/usr/bin/shopd"]);
  });

  it("say that a shell runs what another command writes", () => {
    assert.deepEqual(shell("(echo . /etc/shop; echo exec shopd) | env -i /bin/sh\n").hides, [
      "runs sh with what another command writes",
    ]);
    assert.deepEqual(shell("sh <<END\nexec shopd\nEND\n").hides, []);
  });

  it("say what cannot be followed", () => {
    assert.deepEqual(shell("exec $DAEMON --fg").hides, ["runs $DAEMON, which nothing sets"]);
    assert.deepEqual(shell("DAEMON=$(cat /etc/shop)\n$DAEMON").hides, ["runs $(…), whose value is not in its text"]);
    assert.deepEqual(shell(". $LIBRARY").hides, ["sources $LIBRARY, which nothing sets"]);
  });

  it("run the commands of their arguments", () => {
    const shown = shell('exec "$@"', {}, { args: ["/usr/bin/shopd", "--name", "a b"] });
    assert.deepEqual(shown.starts, ["/usr/bin/shopd"]);
    assert.deepEqual(shown.hides, []);
  });

  it("call functions with arguments", () => {
    const shown = shell(
      'run() {\n  "$1" --now\n}\nas() { su -s /bin/sh "$1" -c "$2"; }\nrun /usr/bin/first\nas shop "/usr/bin/second -d"\n',
    );
    assert.deepEqual(shown.starts, ["/usr/bin/first", "su", "/usr/bin/second"]);
    assert.deepEqual(shown.hides, []);
  });

  it("do nothing in a function that nobody calls", () => {
    assert.deepEqual(shell("stop() {\n  modprobe -r shop\n}\necho ok\n").signs, []);
    assert.deepEqual(shell("stop() {\n  modprobe -r shop\n}\nstop\n").signs, ["modules by modprobe:3"]);
  });

  it("may be wrapped in programs that change the user, the root or the priority", () => {
    const starts = (line: string): readonly string[] => shell(line).starts.filter((it) => it.startsWith("/opt"));
    for (const line of [
      "exec sudo -u shop -- /opt/d /etc/x",
      "runuser -u shop -- /opt/d",
      "su - shop -s /bin/sh -c 'cd /srv && exec /opt/d'",
      "setpriv --reuid=shop --regid shop --init-groups /opt/d",
      "chroot /srv/root /opt/d",
      "nice -n 5 ionice -c 3 /opt/d",
      "start-stop-daemon --start --quiet --pidfile /run/d.pid --exec /opt/d -- --fg",
      "nohup env A=b timeout -k 5 10 /opt/d &",
      "sh -c 'true; /opt/d -x'",
      "find /srv -name x -exec /opt/d {} \\;",
      "ls | xargs -n 1 /opt/d",
      "trap '/opt/d' EXIT",
      "x=$(/opt/d --version)",
      "echo `/opt/d`",
      "if ! /opt/d; then :; fi",
      "case $1 in start|restart) /opt/d;; *) ;; esac",
      "for p in /opt/d; do $p; done",
      "function run { /opt/d; }\nrun",
      "[ -x /opt/d ] && /opt/d || exit 0",
      "cat <<EOF\nnot /opt/e\nEOF\n/opt/d",
      "(cd /srv; /opt/d) &",
      "{ /opt/d; } 2>&1 | logger",
      "coproc /opt/d",
    ])
      assert.deepEqual(starts(line), ["/opt/d"], line);
  });

  it("show by their commands and arguments what they do", () => {
    const signs = (line: string): readonly string[] => shell(line).signs.map((it) => it.split(" by ")[0] ?? "");
    assert.deepEqual(signs("chown -R shop /srv"), ["chown"]);
    assert.deepEqual(signs("install -d -o shop /srv"), ["chown"]);
    assert.deepEqual(signs("install -d /srv"), []);
    assert.deepEqual(signs("chmod 4755 /srv/x"), ["setuidMode"]);
    assert.deepEqual(signs("chmod u+s /srv/x"), ["setuidMode"]);
    assert.deepEqual(signs("chmod 0755 /srv/x"), []);
    assert.deepEqual(signs("date -s 10:00"), ["clock"]);
    assert.deepEqual(signs("date +%s"), []);
    assert.deepEqual(signs("ip addr show"), ["netlink"]);
    assert.deepEqual(signs("ip link add dev x type dummy"), ["netlink", "networkSettings"]);
    assert.deepEqual(signs("echo 1 > /proc/sys/net/ipv4/ip_forward"), ["procFiles", "kernelSettings"]);
    assert.deepEqual(signs("echo 4 | tee /sys/fs/cgroup/x/cpu.max"), ["controlGroups", "controlGroups"]);
    assert.deepEqual(signs("cat < /dev/ttyUSB0"), ["devices"]);
    assert.deepEqual(signs("cat /dev/null > /dev/stderr"), []);
    assert.deepEqual(signs("sudo systemctl restart x"), ["setuid", "privileged", "bus"]);
    assert.deepEqual(signs("node -e 1"), ["compiles", "procFiles"]);
  });

  it("hand texts to other programs, which run them", () => {
    assert.deepEqual(shell("python3 - <<'EOF'\nimport os\nos.chown('/srv', 1, 1)\nEOF\n").signs, [
      "chown by os.chown:3",
    ]);
    assert.deepEqual(shell("bash <<EOF\nmodprobe x\nEOF\ncat <<EOF\nmount /srv\nEOF\n").signs, [
      "modules by modprobe:2",
    ]);
  });

  it("hand programs of their package to others of it, which start them", () => {
    const line =
      'prefix=/usr\n/usr/bin/env -i /bin/sh -c "\\\n\t/opt/shop/logger -start $prefix/lib/shop/shopd /usr/bin/other"\n';
    const others = { "/opt/shop/logger": "x", "/usr/lib/shop/shopd": "x", "/usr/bin/other": "x" };
    const packages = { "/opt/shop": "shop", "/usr/lib/shop": "shop", "/usr/bin/other": "other" };
    const { starts } = shownScript("/opt/shop/run.sh", `#!/bin/sh\n${line}`, others, {}, packages);
    assert.deepEqual(starts, ["/usr/bin/env", "/opt/shop/logger", "/usr/lib/shop/shopd"]);
  });

  it("run what their arguments choose", () => {
    const script =
      'stop() { modprobe -r x; }\ncase "$1" in\n start|run) exec /opt/d;;\n stop) stop;;\n *) su x;;\nesac\n';
    const started = shell(script, {}, { args: ["start"] });
    assert.deepEqual([started.starts, started.signs], [["/opt/d"], []]);
    assert.deepEqual(shell(script, {}, { args: ["reload"] }).starts, ["su"]);
    assert.deepEqual(shell(`shift\n${script}`, {}, { args: ["x", "start"] }).starts, ["modprobe", "/opt/d", "su"]);
    assert.ok(shell(script, {}, { args: ["stop"] }).signs.includes("modules by modprobe:2"));
    for (const run of [{}, { args: [] }]) assert.deepEqual(shell(script, {}, run).starts, ["modprobe", "/opt/d", "su"]);
  });

  it("run what is behind a variable that nothing sets", () => {
    const { starts, hides } = shell('$NICE /opt/d -x\neval "$name=/opt/e"\n');
    assert.deepEqual([starts, hides], [["/opt/d"], ["runs $NICE, which nothing sets"]]);
  });

  it("hand words of lists to nothing else", () => {
    assert.deepEqual(shell("for d in /home/a /etc; do tar -cf x $d; done").starts, ["tar"]);
  });

  it("do not do what their comments and texts say", () => {
    assert.deepEqual(shell("# mount /srv\necho 'mount /srv; chown x'\necho \"reboot; modprobe\"\n").signs, []);
  });
});
