import { after, before, describe } from "mocha";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { type Claim, itShows } from "../../test/kit/claims.ts";
import { skip } from "../../test/kit/skip.ts";

const RUNS = "/opt/run && echo ran || echo denied";

const CLAIMS: readonly Claim[] = [
  {
    code: "sandbox/exec-paths-alone",
    script: RUNS,
    lines: ["ExecPaths=/usr"],
    prints: "ran",
    better: ["NoExecPaths=/", "ExecPaths=/usr"],
    printsThen: "denied",
  },
  // A copy of id, which prints whose rights it has.
  ...["NoNewPrivileges=yes", "DynamicUser=yes"].map((line) => ({
    code: "sandbox/set-uid",
    command: "/opt/sudo -un",
    lines: ["User=daemon", line],
    prints: "daemon",
    better: ["User=daemon", "LockPersonality=yes"],
    printsThen: "root",
  })),
  ...["/bin/mkdir -p /run/mine", "/bin/install -d -o daemon /run/mine", "/bin/chown daemon /run/others"].map((it) => ({
    code: "sandbox/cannot-create",
    command: "/bin/echo made",
    lines: ["User=daemon", `ExecStartPre=${it}`],
    prints: "failed",
    better: ["User=daemon", "RuntimeDirectory=mine"],
    printsThen: "made",
  })),
  {
    code: "sandbox/no-own-root",
    script: "[ -x /opt/run ] && echo host",
    lines: ["RootEphemeral=yes", "RootDirectoryStartOnly=yes", "RootImagePolicy=root=verity", "RootImageOptions=ro"],
    prints: "host",
    better: ["UMask=0077"],
    printsThen: "host",
  },
  {
    code: "sandbox/no-own-root",
    script: "touch /run/open && echo open || echo closed",
    lines: ["ProtectSystem=strict", "MountAPIVFS=yes"],
    prints: "open",
    better: ["ProtectSystem=strict"],
    printsThen: "closed",
  },
  {
    code: "sandbox/unreadable-file",
    command: "/bin/sh -c 'echo ran'",
    lines: ["User=daemon", "WorkingDirectory=/root"],
    prints: "failed",
    status: 200,
    better: ["User=daemon", "WorkingDirectory=-/root"],
    printsThen: "ran",
  },
  {
    code: "sandbox/unreadable-file",
    command: "/root/app/echo ran",
    lines: ["User=daemon", "ProtectHome=tmpfs", "BindReadOnlyPaths=/root/app"],
    prints: "failed",
    status: 203,
    better: ["User=daemon", "TemporaryFileSystem=/root", "BindReadOnlyPaths=/root/app"],
    printsThen: "ran",
  },
  {
    code: "sandbox/unreadable-file",
    command: "/bin/cat /etc/ssl/private/claim.key",
    lines: ["DynamicUser=yes"],
    prints: "failed",
    better: ["DynamicUser=yes", "SupplementaryGroups=ssl-cert"],
    printsThen: "key",
    needs: "/etc/ssl/private",
  },
  ...[
    ["RestrictNamespaces=yes", "/usr/bin/unshare -n true"],
    ["RestrictRealtime=yes", "/usr/bin/chrt -f 10 true"],
    ["LockPersonality=yes", "/usr/bin/setarch linux32 true"],
    ["RestrictSUIDSGID=yes", "/bin/chmod u+s /opt/run"],
    ["RestrictSUIDSGID=yes", "/bin/install -d -m 2775 /opt/shared"],
    ["RestrictSUIDSGID=yes", "/bin/mkdir -p --mode=g+s /opt/group"],
  ].map(([line = "", command = ""]) => ({
    code: "sandbox/denied-command",
    command: "/bin/echo went on",
    lines: [`ExecStartPre=${command}`, line],
    prints: "failed",
    better: [`ExecStartPre=+${command}`, line],
    printsThen: "went on",
  })),
  ...["ReadOnlyPaths", "BindReadOnlyPaths"].map((name) => ({
    code: "sandbox/later-mount",
    script:
      "systemctl start media-x.mount; touch /media/x/file && echo open || echo closed; systemctl stop media-x.mount",
    lines: [`${name}=/media`],
    prints: "open",
    better: [`${name}=/media`, "MountFlags=private"],
    printsThen: "closed",
  })),
  ...["/bin/touch", "+/bin/touch"].map((program) => ({
    code: "unit/late-credential",
    command: "/bin/echo ran",
    lines: [
      "RuntimeDirectory=claimed",
      `ExecStartPre=${program} /run/claimed/key`,
      "LoadCredential=key:/run/claimed/key",
    ],
    prints: "failed",
    better: [
      "RuntimeDirectory=claimed",
      `ExecStartPre=${program} /run/claimed/key`,
      "LoadCredential=key:/run/claimed/key",
      "SetCredential=key:none",
    ],
    printsThen: "ran",
  })),
  {
    code: "sandbox/hidden-write",
    command: "/usr/bin/touch /srv/data/file",
    lines: ["InaccessiblePaths=/srv/data"],
    prints: "failed",
    better: ["ReadWritePaths=/srv/data"],
    printsThen: "",
  },
  ...[
    ["/var/home/app/echo ran", "ProtectHome=yes", 203],
    ["/var/home/app/echo ran", "ProtectHome=tmpfs", 203],
    ["/bin/echo ran", "ProtectHome=yes", 200],
  ].map(([command, line, status]) => {
    const own = status === 200 ? ["WorkingDirectory=/var/home/app"] : [];
    return {
      code: "sandbox/linked-home",
      command: `${command}`,
      lines: [`${line}`, ...own],
      prints: "failed",
      status: Number(status),
      better: ["ProtectHome=read-only", ...own],
      printsThen: "ran",
    };
  }),
];

describe(`settings that do not fit in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;

  before(function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    box = startBox();
    box.run("cp", "/bin/true", "/opt/run");
    box.run("cp", "/usr/bin/id", "/opt/sudo");
    box.run("chmod", "u+s", "/opt/sudo");
    box.put(
      "/run/systemd/system/media-x.mount",
      "[Unit]\nDefaultDependencies=no\n[Mount]\nWhat=tmpfs\nWhere=/media/x\nType=tmpfs\n",
    );
    box.run("mkdir", "-p", "/media/x", "/run/others", "/root/app", "/srv/data");
    box.run("cp", "/bin/echo", "/root/app/echo");
    box.run("mkdir", "-p", "/var/home/app");
    box.run("cp", "/bin/echo", "/var/home/app/echo");
    box.run("sh", "-c", "rm -rf /home && ln -s var/home /home");
    box.put("/etc/ssl/private/claim.key", "key\n");
  });

  after(() => box?.stop());

  itShows(CLAIMS, () => box);
});
