import type { Start, WantedRunAs } from "../../server/src/features/newUnit/wanted.ts";

/** A command that people make a service of. */
export interface NewCommand {
  readonly exec: string;
  readonly runAs?: WantedRunAs;
  /** A job by a timer, which ends by itself. */
  readonly start?: Start;
  /**
   * What the program does as far as a sandbox is concerned, in lines of Python for the acts of STAND_IN; without them the real
   * program of the machine runs.
   */
  readonly does?: string;
  /** A line of shell that has to print "yes" once the service runs or has ended. */
  readonly proof?: string;
  /** Why no unit is written. */
  readonly refused?: RegExp;
}

/** The acts of stand-ins: each raises an exception where the sandbox or the user does not allow it. */
export const STAND_IN = `#!/usr/bin/python3
import os, pwd, socket, sys, time, mmap, stat
def home(path): return pwd.getpwuid(os.getuid()).pw_dir + path
open_sockets = []
def bind(port):
    s = socket.socket(socket.AF_INET6)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("::", port)); s.listen(); open_sockets.append(s)
def connect(path): socket.socket(socket.AF_UNIX).connect(path)
def read(path): open(path, "rb").read(1)
def write(path): open(path, "ab").write(b"x")
def entries(path): os.listdir(path)
def device(path): os.close(os.open(path, os.O_RDWR | os.O_NOCTTY))
def packets(): socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
def executable_memory(): mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
def give(path, user): os.chown(path, pwd.getpwnam(user).pw_uid, -1)
def key(path):
    s = os.stat(path); read(path)
    assert s.st_uid != os.getuid() or s.st_mode & 0o077 == 0, "bad permissions"
def option(name): return sys.argv[sys.argv.index(name) + 1]
def ready():
    open("/proc/self/comm", "w").write("ready"); time.sleep(600)
`;

const DAILY: Start = { kind: "timer", calendar: "daily" };
const user = (name: string): WantedRunAs => ({ kind: "user", name });
const DYNAMIC: WantedRunAs = { kind: "dynamic" };
const get = (port: number): string => `curl -fsS -o /dev/null http://127.0.0.1:${port}/ && echo yes`;
const SSH = 'key(option("-i")); read(home("/.ssh/known_hosts")); ready()';
const DOCKER = 'connect("/run/docker.sock"); ready()';
const SERIAL = (path: string): string => `device("${path}"); bind(7000 + os.getpid() % 900); ready()`;

/** Forty of them, of all kinds. */
export const NEW_COMMANDS: Readonly<Record<string, NewCommand>> = {
  // Web servers and applications.
  "http-high": { exec: "/usr/bin/python3 -m http.server 8080", proof: get(8080) },
  "http-low": { exec: "/usr/bin/python3 -m http.server 443", proof: get(443) },
  "http-variable": { exec: "PORT=82 /usr/local/bin/node /opt/shop/server.js", proof: get(82) },
  node: { exec: "/usr/local/bin/node /opt/shop/server.js --port 3000", proof: get(3000) },
  "node-relative": { exec: "/usr/local/bin/node server.js", refused: /"server\.js" is a relative path/ },
  caddy: {
    exec: "/usr/bin/caddy run --config /etc/caddy/Caddyfile",
    does: 'os.makedirs(os.environ["HOME"] + "/.config"); read("/etc/caddy/Caddyfile"); bind(80); bind(84); ready()',
  },
  nginx: {
    exec: "/usr/sbin/nginx -g 'daemon off;'",
    does: 'write("/var/log/nginx/error.log"); write("/run/nginx.pid"); bind(81); ready()',
  },
  gunicorn: {
    exec: "/srv/shop/venv/bin/gunicorn --bind 0.0.0.0:8000 shop:app",
    does: 'read("shop.py"); bind(8000); ready()',
  },
  java: { exec: "/usr/bin/java -jar /srv/shop/shop.jar", does: "executable_memory(); bind(8081); ready()" },
  // Daemons of packages, whose files belong to their own user.
  redis: {
    exec: "/usr/bin/redis-server /etc/redis/redis.conf",
    does: 'read("/etc/redis/redis.conf"); bind(6379); ready()',
  },
  postgres: {
    exec: "/usr/lib/postgresql/17/bin/postgres -D /var/lib/postgresql/17/main",
    runAs: user("postgres"),
    does: 'write("/var/lib/postgresql/17/main/postmaster.pid"); bind(5432); ready()',
  },
  mosquitto: {
    exec: "/usr/sbin/mosquitto -c /etc/mosquitto/mosquitto.conf",
    does: 'read("/etc/mosquitto/mosquitto.conf"); bind(1883); ready()',
  },
  // Containers and virtual machines.
  docker: { exec: "/usr/bin/docker run --rm -p 8082:80 nginx", does: DOCKER },
  "docker-user": { exec: "/usr/bin/docker run --rm nginx", runAs: user("deploy"), does: DOCKER },
  "docker-dynamic": { exec: "/usr/bin/docker run --rm nginx", runAs: DYNAMIC, refused: /container .*choose root$/ },
  "docker-detached": { exec: "/usr/bin/docker run -d nginx", refused: /^-d puts the program into the background/ },
  compose: { exec: "/usr/bin/docker compose -f /opt/shop/compose.yml up", does: DOCKER },
  podman: {
    exec: "/usr/bin/podman run --rm nginx",
    does: 'write("/var/lib/containers/db"); os.makedirs("/run/containers", exist_ok=True); os.unshare(os.CLONE_NEWNS); ready()',
  },
  "podman-user": {
    exec: "/usr/bin/podman run --rm nginx",
    runAs: user("deploy"),
    refused: /^podman needs the session/,
  },
  qemu: {
    exec: "/usr/bin/qemu-system-x86_64 -enable-kvm -drive file=/var/lib/vm/a.img",
    does: 'device("/dev/kvm"); write("/var/lib/vm/a.img"); ready()',
  },
  // Backups and other jobs over files of everybody.
  restic: {
    exec: "RESTIC_PASSWORD_FILE=/root/restic.key /usr/bin/restic -r /srv/backup backup /home",
    start: DAILY,
    does: 'read(os.environ["RESTIC_PASSWORD_FILE"]); entries("/home/me"); write("/srv/backup/lock")',
  },
  "restic-dynamic": {
    exec: "/usr/bin/restic backup /home",
    runAs: DYNAMIC,
    start: DAILY,
    refused: /cannot enter \/home/,
  },
  borg: {
    exec: "/usr/bin/borg create /srv/backup::now /etc",
    start: DAILY,
    does: 'read("/etc/shadow"); write("/srv/backup/l")',
  },
  rsync: {
    exec: "/usr/bin/rsync -a /home/me/ /srv/backup/",
    runAs: { kind: "root" },
    start: DAILY,
    does: 'entries("/home/me"); write("/srv/backup/r")',
  },
  tar: {
    exec: "/usr/bin/tar -czf /var/backups/etc.tar.gz /etc/hostname /etc/shadow",
    start: DAILY,
    proof: "test -s /var/backups/etc.tar.gz && echo yes",
  },
  dump: {
    exec: "/usr/bin/mysqldump --all-databases | gzip > /var/backups/all.sql.gz",
    start: DAILY,
    does: 'read(home("/.my.cnf"))',
    proof: "test -e /var/backups/all.sql.gz && echo yes",
  },
  cleanup: {
    exec: "/usr/bin/find /tmp/old -name '*.tmp' -delete",
    start: DAILY,
    proof: "test -e /tmp/old && ! test -e /tmp/old/a.tmp && echo yes",
  },
  shell: {
    exec: "date > /var/lib/new-shell/out && cat /var/lib/new-shell/out",
    start: DAILY,
    proof: "test -s /var/lib/new-shell/out && echo yes",
  },
  logrotate: {
    exec: "/usr/sbin/logrotate /etc/logrotate.conf",
    start: DAILY,
    does: 'write("/var/lib/logrotate/status"); give("/var/log/r.log", "deploy")',
  },
  restart: {
    exec: "/usr/bin/systemctl restart box-victim.service",
    start: DAILY,
    proof: "systemctl -q is-active box-victim.service && echo yes",
  },
  certbot: { exec: "/usr/bin/certbot renew", start: DAILY, does: 'write("/etc/letsencrypt/renewed"); bind(83)' },
  "log-file": {
    exec: "/usr/local/bin/app --log-file /var/log/app.log",
    refused: /^--log-file names \/var\/log\/app\.log, where only root can write/,
  },
  // Programs of a person.
  tunnel: { exec: "/usr/bin/ssh -N -i /root/.ssh/id_ed25519 -L 5433:db:5432 db", does: SSH },
  autossh: { exec: "/usr/bin/autossh -M 0 -N -i /home/me/.ssh/id_ed25519 -R 22:localhost:22 hub", does: SSH },
  "tunnel-user": {
    exec: "/usr/bin/ssh -N -i /root/.ssh/id_ed25519 db",
    runAs: user("deploy"),
    refused: /^The user deploy cannot enter \/root/,
  },
  bot: {
    exec: "/home/me/bot/venv/bin/python /home/me/bot/bot.py",
    does: 'write("bot.sqlite"); write("/home/me/bot/bot.log"); ready()',
  },
  "node-red": {
    exec: "/usr/bin/node-red",
    does: 'd = os.environ["HOME"] + "/.node-red"; os.makedirs(d); write(d + "/flows.json"); bind(1880); ready()',
  },
  // Hardware and the network.
  serial: { exec: "/usr/bin/socat /dev/ttyS0,raw TCP-LISTEN:7000", does: SERIAL("/dev/ttyS0") },
  camera: { exec: "/usr/bin/ffmpeg -f v4l2 -i /dev/video0 udp://239.0.0.1:1234", does: SERIAL("/dev/video0") },
  watchdog: { exec: "/usr/local/bin/feed /dev/watchdog", does: 'device("/dev/watchdog"); ready()' },
  capture: {
    exec: "/usr/bin/tcpdump -i eth0 -w /var/log/eth0.pcap",
    does: 'packets(); write("/var/log/eth0.pcap"); ready()',
  },
  journal: {
    exec: "/usr/bin/journalctl -f -u box-victim.service",
    runAs: DYNAMIC,
    proof: "journalctl -u new-journal.service -o cat | grep -q Started && echo yes",
  },
  exporter: {
    exec: "/usr/bin/prometheus-node-exporter --web.listen-address=:9100",
    does: 'read("/proc/stat"); bind(9100); ready()',
  },
};
