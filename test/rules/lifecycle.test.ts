import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findingsIn } from "../../server/src/rules/ruleFacts.ts";
import { applyEdits } from "../../server/src/text/span.ts";

const own = (text: string) => findingsIn({ text }).filter((it) => it.code.startsWith("unit/"));
const run = (...lines: readonly string[]): string => `[Service]\n${lines.join("\n")}\n`;
const APP = "ExecStart=/opt/app/server";

/** What is found, by its rule, and what the first fix makes of the text. */
const CASES: readonly (readonly [text: string, code: string, fixed?: string])[] = [
  [
    run("Type=simple", "ExecStart=/usr/sbin/nginx"),
    "background-program info",
    "ExecStart=/usr/sbin/nginx -g 'daemon off;'",
  ],
  [run("ExecStart=/usr/sbin/sshd"), "background-program warning", "ExecStart=/usr/sbin/sshd -D"],
  [run("ExecStart=/usr/bin/screen -dmS game /opt/game"), "background-program warning"],
  [
    run("ExecStart=/usr/bin/docker compose up -d", "ExecStop=/usr/bin/docker compose down"),
    "background-program warning",
    "ExecStart=/usr/bin/docker compose up\n",
  ],
  [run("Type=forking", "ExecStart=/usr/sbin/sshd -D"), "foreground-program warning", "Type=exec"],
  [run("Type=notify", "ExecStart=/usr/bin/redis-server --supervised no"), "missing-readiness warning", "Type=exec"],
  [
    run("Type=notify", "ExecStart=/bin/sh -c '/opt/app --notify; true'"),
    "missing-readiness warning",
    "NotifyAccess=all",
  ],
  [
    run(APP, "Restart=on-failure", "RestartSec=2", "[Unit]", "StartLimitIntervalSec=6", "StartLimitBurst=5"),
    "restart-limit warning",
    "StartLimitIntervalSec=20",
  ],
  [
    run(APP, "Restart=on-failure", "RestartSec=2", "[Unit]", "StartLimitInterval=10"),
    "restart-limit warning",
    "StartLimitInterval=20",
  ],
  [
    run("ExecStart=/opt/app/worker --broker=amqp://mq.example.net/", "Restart=always"),
    "restart-limit info",
    "RestartSec=5s",
  ],
  [run(APP, "Restart=on-failure", "SuccessExitStatus=1 143"), "missing-restart warning", "SuccessExitStatus=143"],
  [run("ExecStart=-/opt/app/server", "Restart=on-failure"), "missing-restart warning", "Restart=always"],
  [run("Type=oneshot", "ExecStart=/usr/sbin/sshd -D"), "endless-oneshot warning", "Type=exec"],
  [run(APP, "Restart=on-abnormal"), "missing-restart info", "Restart=on-failure"],
  [run(APP, "RuntimeMaxSec=1d", "[Install]", "WantedBy=multi-user.target"), "missing-restart info", "Restart=always"],
  [run(APP, "KillSignal=SIGKILL"), "stop-signal warning", `[Service]\n${APP}\n`],
  [run(APP, "ExecStop=/bin/kill -s QUIT $MAINPID"), "stop-signal info", "KillSignal=SIGQUIT"],
  [
    run("ExecStart=/usr/sbin/mariadbd", "TimeoutSec=2"),
    "stop-timeout warning",
    "TimeoutStartSec=2\nTimeoutStopSec=15min",
  ],
  [run("ExecStart=/usr/bin/node /srv/app.js", "ExecReload=/bin/kill -HUP $MAINPID"), "reload-signal info"],
  [run("ExecStartPre=/bin/sh -c 'sleep 6'", APP, "TimeoutStartSec=3"), "long-pause error", "TimeoutStartSec=36"],
  [run(APP, "ExecStop=/usr/bin/sleep 2m"), "long-pause warning", "TimeoutStopSec=150"],
  [
    run("ExecStart=/usr/bin/java -jar /a.jar", "SuccessExitStatus=143", "TasksMax=20"),
    "tight-limit info",
    "TasksMax=512",
  ],
  [
    run("User=web", "ExecStart=/usr/bin/java -jar /a.jar", "SuccessExitStatus=143", "LimitNPROC=8"),
    "tight-limit warning",
    "TasksMax=512",
  ],
  [run("ExecStart=/opt/app --threads 64", "TasksMax=32"), "tight-limit warning", "TasksMax=512"],
  [
    run("ExecStart=/usr/share/elasticsearch/bin/elasticsearch", "LimitNOFILE=4096"),
    "tight-limit warning",
    "LimitNOFILE=65535",
  ],
  [
    run("ExecStart=/usr/bin/java -Xmx2g -jar /a.jar", "SuccessExitStatus=143", "MemoryMax=1G"),
    "tight-limit warning",
    "MemoryMax=3072M",
  ],
  [
    run("PrivateTmp=yes", "ExecStart=/usr/bin/dbd --data /var/tmp/store.db"),
    "lost-data warning",
    "StateDirectory=x\nExecStart=/usr/bin/dbd --data /var/lib/x/store.db",
  ],
  [run("TemporaryFileSystem=/var/lib/dbd", "ExecStart=/usr/bin/dbd --data /var/lib/dbd/store.db"), "lost-data warning"],
  [
    run("ExecStart=/usr/bin/docker run --rm --name db -p 5432:5432 r.example.net/library/postgres:17"),
    "lost-data warning",
  ],
];

describe("services that fail although systemd accepts them", () => {
  for (const [text, code, fixed] of CASES) {
    it(`${code}: ${text.replaceAll("\n", " ")}`, () => {
      const found = own(text);
      assert.deepEqual(
        found.map((it) => `${it.code} ${it.severity}`),
        [`unit/${code}`],
      );
      if (fixed === undefined) return;
      const changed = applyEdits(text, found[0]?.fixes[0]?.edits() ?? []);
      assert.ok(changed.includes(fixed), changed);
      assert.deepEqual(
        own(changed).map((it) => it.code),
        [],
        changed,
      );
    });
  }

  const quiet = [
    run("StandardInput=socket", "ExecStart=/usr/bin/rsync --daemon"),
    run("KillMode=process", "ExecStart=/usr/sbin/sshd"),
    run("Type=oneshot", "ExecStart=/usr/bin/docker compose up -d"),
    run("Type=oneshot", "ExecStart=/usr/sbin/nginx -t"),
    run("Type=notify", "NotifyAccess=all", "ExecStart=/usr/bin/podman run -d --sdnotify=conmon img"),
    run(APP, "Restart=on-failure", "RestartSec=5", "[Unit]", "StartLimitIntervalSec=60"),
    run("ExecStart=/usr/bin/docker run --rm registry.example.net/app:1", "Restart=always"),
    run("ExecStart=/opt/app --listen app.example.net:80", "Restart=always"),
    run("ExecStart=/opt/app --pid-file /run/app.pid --cache /run/app/cache"),
    run("ExecStart=/opt/app --data /srv/data"),
    run("ExecStart=/opt/app --db /run/postgresql/.s.PGSQL.5432"),
    run("ExecStart=/usr/bin/dbd --data /var/lib/dbd", "TemporaryFileSystem=/var", "StateDirectory=dbd"),
  ];
  for (const text of quiet) it(`nothing: ${text.replaceAll("\n", " ")}`, () => assert.deepEqual(own(text), []));
});
