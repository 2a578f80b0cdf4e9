import assert from "node:assert/strict";
import { describe, it } from "mocha";
import PROCESSES from "../../data/processes.json";
import { processRow, programStart } from "../../server/src/service/programStart.ts";
import { shellEnd } from "../../server/src/service/shellEnd.ts";

const manner = (line: string): string => {
  const { manner: how, mayDiffer, by } = programStart(line.split(" ").map((it) => it.replaceAll("_", " ")));
  return [how, ...(mayDiffer ? ["?"] : []), ...(by === undefined ? [] : [by])].join(" ");
};

describe("how a program goes on", () => {
  const cases: Readonly<Record<string, string>> = {
    "/usr/bin/redis-server /etc/redis.conf --daemonize yes": "background --daemonize yes",
    "/usr/bin/redis-server --daemonize no": "foreground --daemonize no",
    "/usr/bin/redis-server": "foreground ?",
    "/usr/sbin/nginx": "background ?",
    "/usr/sbin/nginx -g daemon_off;": "foreground -g daemon off;",
    "/usr/sbin/nginx -s reload": "unknown",
    "/usr/sbin/php-fpm8.4 --nodaemonize": "foreground --nodaemonize",
    "/usr/sbin/sshd": "background",
    "/usr/sbin/sshd -D -o PidFile=/run/sshd.pid": "foreground -D",
    "/usr/sbin/sshd $SSHD_OPTS": "unknown",
    "/usr/sbin/snmpd -Lf /dev/null": "background",
    "/etc/cron.daily/lighttpd": "unknown",
    "/usr/bin/env A=b nice -n 5 /usr/sbin/rsyslogd": "background",
    "/usr/bin/setsid /opt/app": "background",
    "/usr/bin/setsid --wait /opt/app": "foreground --wait",
    "/usr/bin/python3 /usr/bin/supervisord": "background ?",
    "/usr/bin/tmux -L s new-session -d /opt/app": "background new-session -d /opt/app",
    "/usr/bin/screen -DmS s /opt/app": "foreground -DmS",
    "/usr/bin/celery -A p worker": "unknown",
    "/usr/bin/celery multi start w": "background multi start",
    "/usr/bin/docker run --rm --name a -p 80:80 img -d": "unknown",
    "/usr/bin/docker run --rm -itd img": "elsewhere -d",
    "/usr/bin/podman container run -d=false img": "unknown",
    "/usr/bin/docker compose -f /opt/up-d/compose.yml up": "unknown",
    "/usr/bin/docker-compose up web -d": "elsewhere -d",
    "/bin/sh -c exec_/usr/sbin/sshd_-D": "foreground -D",
    "/bin/sh -c /opt/app_&": "background &",
  };
  for (const [line, expected] of Object.entries(cases)) it(line, () => assert.equal(manner(line), expected));

  it("is known once for each name", () => {
    const names = PROCESSES.flatMap((row) => row.names.split(" "));
    assert.deepEqual([...new Set(names)], names);
    for (const name of names) assert.ok(processRow(`/usr/bin/${name}`), name);
  });
});

describe("the end of a shell", () => {
  const cases: Readonly<Record<string, string>> = {
    "cd /x && ./server &": "background",
    "./server > out 2>&1 & echo $! > pid": "background",
    "./helper & exec ./server": "last",
    "./server & wait": "children",
    "test -d /x && exec ./server 2>&1": "last",
    "cd /x && ./server --notify; true": "children",
    "./server | logger": "child",
    "./a || ./b": "undefined",
    "while true; do ./a & sleep 1; done": "undefined",
    "x=$(date); ./a &": "undefined",
    "./server; ./cleanup &": "undefined",
  };
  for (const [line, expected] of Object.entries(cases)) {
    it(line, () => {
      const end = shellEnd(line);
      assert.equal(end?.kind === "last" && end.isChild ? "child" : `${end?.kind}`, expected);
    });
  }
});
