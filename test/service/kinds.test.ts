import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import { safe } from "../hardening/kit.ts";

/** A command, what must not be added to it, and what still is. */
type Case = readonly [command: string, without: string, kept: string, ...lines: readonly string[]];

const namesIn = (list: string): string[] => list.split(" ").filter((it) => it !== "");

function hold(profile: Profile, cases: readonly Case[]): void {
  for (const [command, without, kept, ...lines] of cases) {
    const added = safe([`ExecStart=${command}`, ...lines], profile, undefined, "likely");
    for (const it of namesIn(without)) assert.ok(!added.some((line) => line.startsWith(`${it}=`)), `${command}: ${it}`);
    for (const it of namesIn(kept)) assert.ok(added.includes(it), `${command}: no ${it} in ${added.join(" ")}`);
  }
}

describe("hardening: kinds of programs", () => {
  it("lets programs write /etc whose task that is", () => {
    hold("basic", [
      ["/usr/bin/certbot renew", "ProtectHome", "ProtectSystem=full PrivateTmp=yes PrivateDevices=yes"],
      ["/usr/bin/dehydrated -c", "ProtectHome", "ProtectSystem=full PrivateTmp=yes"],
      ["/usr/bin/lego renew", "ProtectHome", "ProtectSystem=full PrivateTmp=yes"],
      ["/usr/bin/etckeeper commit daily", "ProtectSystem", "ProtectHome=read-only"],
      ["/usr/sbin/update-ca-certificates", "ProtectSystem", "ProtectHome=read-only"],
      ["/usr/sbin/useradd x", "ProtectSystem ProtectHome", "PrivateTmp=yes"],
      ["/usr/bin/htpasswd -b /etc/nginx/users a b", "", "ProtectSystem=full ReadWritePaths=-/etc/nginx"],
      ["/usr/bin/htpasswd -b /srv/users a b", "", "ProtectSystem=full"],
      ["/usr/bin/ssh-keygen -A", "ProtectSystem", "ProtectHome=read-only"],
    ]);
  });

  it("keeps mounts and swap on the host", () => {
    const namespace = "ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectKernelTunables ProtectControlGroups";
    hold("basic", [
      ["/usr/bin/rclone mount a: /mnt/a", namespace, "LockPersonality=yes"],
      ["/usr/bin/rclone --config /etc/r.conf serve http a:", "", "ProtectSystem=full PrivateDevices=yes"],
      ["/usr/bin/bindfs /srv/a /srv/b", namespace, "LockPersonality=yes"],
      ["/usr/bin/ntfs-3g /dev/sda1 /mnt/a", namespace, "LockPersonality=yes"],
      ["/usr/sbin/swapoff -a", namespace, "LockPersonality=yes"],
    ]);
  });

  it("leaves people's sessions alone", () => {
    for (const it of ["tmux new-session -d", "screen -dmS a", "jupyter lab", "Xtigervnc :1"])
      assert.deepEqual(safe([`ExecStart=/usr/bin/${it}`, "User=bob"], "strict"), [], it);
    const browser = "RestrictNamespaces NoNewPrivileges ProtectHome PrivateTmp PrivateDevices SystemCallFilter";
    hold("strict", [["/usr/bin/chromedriver", browser, "LockPersonality=yes ProtectKernelLogs=yes", "User=bob"]]);
    hold("basic", [
      ["/usr/bin/su - x -c /usr/bin/y", "ProtectHome PrivateTmp", "ProtectSystem=full PrivateDevices=yes"],
      ["/usr/bin/sudo -u x y", "ProtectHome PrivateTmp", "ProtectSystem=full"],
      ["/usr/sbin/runuser -u x -- y", "ProtectHome PrivateTmp", "ProtectSystem=full"],
      ["/usr/bin/xset -display :0 dpms", "PrivateTmp", "ProtectHome=read-only", "User=bob"],
      ["/usr/bin/y --display=:0", "PrivateTmp", "ProtectHome=tmpfs", "User=bob"],
    ]);
  });

  it("leaves hardware within reach", () => {
    hold("basic", [
      ["/usr/sbin/rfkill block all", "PrivateDevices ProtectClock", "ProtectSystem=full"],
      ["/usr/bin/brightnessctl s 5", "PrivateDevices ProtectKernelTunables", "ProtectSystem=full"],
      ["/usr/local/bin/ollama serve", "ProtectSystem ProtectHome PrivateDevices ProtectClock", "PrivateTmp=yes"],
      ["/opt/x/llama-server", "ProtectHome PrivateDevices ProtectClock", "ProtectSystem=full"],
      ["/usr/bin/python3 /opt/ComfyUI/main.py", "PrivateDevices NoNewPrivileges", "PrivateTmp=yes", "User=a"],
      ["/opt/x/run", "PrivateDevices ProtectClock", "PrivateTmp=yes", "Environment=CUDA_VISIBLE_DEVICES=0"],
      ["/usr/bin/python3 /home/pi/blink.py", "PrivateDevices ProtectClock ProtectKernelTunables", "PrivateTmp=yes"],
      ["/usr/bin/python3 /opt/read_bme280.py", "PrivateDevices ProtectKernelTunables", "ProtectSystem=full"],
      ["/usr/bin/python3 /opt/i2conf.py", "", "PrivateDevices=yes"],
    ]);
  });

  it("knows what compiles, and what a launcher runs", () => {
    const user = "User=x";
    const jit = "MemoryDenyWriteExecute";
    for (const it of ["ts-node", "tsx", "n8n", "resty", "sbcl", "nvim", "wkhtmltopdf", "clickhouse-server"])
      hold("strict", [[`/usr/bin/${it} a`, jit, "LockPersonality=yes NoNewPrivileges=yes", user]]);
    const apps = `ProtectHome NoNewPrivileges SystemCallFilter CapabilityBoundingSet ${jit}`;
    for (const it of [
      "bundle exec puma -C x",
      "nice -n 5 bundle exec puma",
      "poetry run gunicorn a",
      "uv run --with x gunicorn a",
      "uv run -m gunicorn a",
      "direnv exec /srv/x puma",
      "nix-shell -p ruby --run 'puma -C x'",
      "mise exec -- puma",
      "rbenv exec bundle exec puma",
    ])
      hold("strict", [[`/usr/bin/${it}`, apps, "PrivateTmp=yes ProtectSystem=full", user]]);
    hold("strict", [
      ["/usr/bin/poetry run x", `SystemCallFilter ${jit}`, "ProtectHome=read-only CapabilityBoundingSet=", user],
      ["/usr/bin/yarn start", `SystemCallFilter ${jit}`, "ProtectHome=read-only", user],
      ["/usr/bin/npx -y puma@latest", apps, "PrivateTmp=yes", user],
      ["/usr/bin/npx serve", `ProtectHome ${jit}`, "PrivateTmp=yes", user],
      ["/usr/bin/npm exec -- dockerd", "PrivateTmp", "", user],
      ["/usr/bin/uv run", `ProtectHome ${jit}`, "PrivateTmp=yes", user],
      ["/usr/bin/clickhouse-server", "CapabilityBoundingSet", "PrivateTmp=yes", user],
    ]);
  });
});
