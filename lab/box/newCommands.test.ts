import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { newUnits } from "../../server/src/features/newUnit.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { skip } from "../../test/kit/skip.ts";
import { MACHINE_VERSION } from "../../test/kit/systemd.ts";
import { NEW_COMMANDS, type NewCommand, STAND_IN } from "./newCommands.ts";

/** What the commands expect of a machine; /dev of a box is its own. */
const MACHINE = `
for user in me deploy postgres redis; do id -u $user >/dev/null 2>&1 || useradd --create-home $user; done
for group in docker dialout video kvm; do getent group $group >/dev/null || groupadd --system $group; done
chmod 700 /home/me
mkdir -p /home/me/.ssh /root/.ssh /home/me/bot/venv/bin /opt/shop /srv/shop/venv/bin /srv/backup /var/backups /etc/caddy /etc/redis \\
  /etc/mosquitto /etc/letsencrypt /var/log/nginx /var/lib/vm /var/lib/containers /var/lib/logrotate /var/lib/postgresql/17/main /tmp/old
for home in /root /home/me; do echo key > $home/.ssh/id_ed25519; echo hosts > $home/.ssh/known_hosts; chmod 600 $home/.ssh/*; done
echo secret > /root/restic.key; chmod 600 /root/restic.key; touch /root/.my.cnf /home/me/bot/bot.py /opt/shop/compose.yml /srv/shop/shop.py
touch /srv/shop/shop.jar /etc/caddy/Caddyfile /etc/mosquitto/mosquitto.conf /etc/logrotate.conf /var/log/r.log /tmp/old/a.tmp
touch -d 2020-01-01 /tmp/old/a.tmp; echo conf > /etc/redis/redis.conf; chown redis: /etc/redis/redis.conf; chmod 640 /etc/redis/redis.conf
chown -R me: /home/me; chown -R postgres: /var/lib/postgresql; chmod 700 /var/lib/postgresql/17/main
for it in ttyS0:dialout video0:video kvm:kvm; do
  rm -f /dev/\${it%:*}; mknod -m 660 /dev/\${it%:*} c 1 3; chown root:\${it#*:} /dev/\${it%:*}; done
rm -f /dev/watchdog; mknod -m 600 /dev/watchdog c 1 3
ln -sf ${process.execPath} /usr/local/bin/node
systemctl daemon-reload
systemctl start docker-socket.service box-victim.service
for i in $(seq 50); do test -S /run/docker.sock && break; sleep 0.1; done
chown root:docker /run/docker.sock; chmod 660 /run/docker.sock
`;
const SERVER =
  'require("http").createServer((_, r) => r.end()).listen(Number(process.env.PORT ?? process.argv.at(-1)));';
const DOCKER_SOCKET = `[Service]\nExecStart=/usr/bin/python3 -c 'import socket,time; s=socket.socket(socket.AF_UNIX); s.bind("/run/docker.sock"); s.listen(50); time.sleep(9999)'\n`;

const nameOf = (name: string): string => `new-${name}`;

function made(
  { exec, runAs = { kind: "suited" }, start = { kind: "boot" } }: NewCommand,
  name: string,
  profile: "basic" | "isolated",
) {
  const options = { profile, scope: "system", version: MACHINE_VERSION ?? 257 } as const;
  return newUnits({ name: nameOf(name), exec, runAs, start, ...options });
}

/** The program of a command, after its variables. */
const programOf = ({ exec }: NewCommand): string => /(?:^|\s)(\/\S+)/.exec(exec)?.[1] ?? "";

const RUNS = Object.entries(NEW_COMMANDS).filter(([, it]) => it.refused === undefined);

for (const profile of ["basic", "isolated"] as const)
  describe(`new services of usual commands in a running systemd, ${profile}${NO_BOX ? ` (skipped: ${NO_BOX})` : ""}`, () => {
    let box: Box | undefined;
    /** Runs lines of shell in the box. */
    const sh = (lines: string): string => box?.run("sh", "-c", lines).output.trim() ?? "";

    before(function () {
      this.timeout(120_000);
      if (NO_BOX) return skip(this, NO_BOX);
      box = startBox();
      box.put("/etc/systemd/system/docker-socket.service", DOCKER_SOCKET);
      box.put("/etc/systemd/system/box-victim.service", "[Service]\nExecStart=/bin/sleep 999\n");
      sh(MACHINE);
      box.put("/opt/shop/server.js", SERVER);
      const files = new Map<string, string>();
      for (const [name, command] of RUNS) {
        const units = made(command, name, profile);
        if (units.kind === "files")
          for (const { name: file, text } of units.files) files.set(`/etc/systemd/system/${file}`, text);
        if (command.does === undefined) continue;
        // Several commands run the same program: the stand-in asks which one it is for.
        const program = programOf(command);
        const acts = `if os.path.exists("/etc/systemd/system/${nameOf(name)}.service") and "${nameOf(name)}.service" in open("/proc/self/cgroup").read():\n    ${command.does}\n`;
        files.set(program, `${files.get(program) ?? STAND_IN}${acts}`);
      }
      // All in one go: each command in a box costs a process of its own.
      const archive = [...files].map(([path, text]) => ({ path, text, isProgram: !path.startsWith("/etc/") }));
      box.run(
        "python3",
        "-c",
        "import json,os,sys\nfor f in json.loads(sys.argv[1]):\n os.makedirs(os.path.dirname(f['path']),exist_ok=True)\n os.path.lexists(f['path']) and os.remove(f['path'])\n open(f['path'],'w').write(f['text'])\n os.chmod(f['path'],0o755 if f['isProgram'] else 0o644)",
        JSON.stringify(archive),
      );
      sh(
        `systemctl daemon-reload; systemctl start --no-block ${RUNS.map(([name]) => `${nameOf(name)}.service`).join(" ")}`,
      );
    });
    after(() => {
      box?.stop();
    });

    for (const [name, command] of RUNS)
      it(`runs ${command.exec}`, function () {
        if (!box) return skip(this, "nothing can be started in a box");
        const unit = `${nameOf(name)}.service`;
        const units = made(command, name, profile);
        assert.ok(units.kind === "files", units.kind === "refused" ? units.message : "");
        const proof =
          command.proof ??
          (command.start
            ? "echo yes"
            : `test "$(cat /proc/$(systemctl show -P MainPID ${unit})/comm 2>/dev/null)" = ready && echo yes`);
        const state = command.start ? "inactive" : "active";
        const seen = sh(
          `for i in $(seq 100); do test "$(systemctl show -P ActiveState ${unit})" = ${state} && test "$(${proof})" = yes && break; sleep 0.1; done
        echo $(systemctl show -P Result,NRestarts,ActiveState ${unit}) $(${proof})`,
        );
        assert.equal(
          seen,
          `success 0 ${state} yes`,
          `${sh(`journalctl -u ${unit} -o cat --no-pager -n 20`)}\n${units.files[0]?.text}`,
        );
      });

    for (const [name, command] of Object.entries(NEW_COMMANDS))
      if (command.refused)
        it(`refuses ${command.exec}`, () => {
          const units = made(command, name, profile);
          assert.match(units.kind === "refused" ? units.message : "made", command.refused ?? /^$/);
        });
  });
