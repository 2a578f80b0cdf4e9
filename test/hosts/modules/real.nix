# Ways of writing that are common, and right.
{ config, lib, pkgs, gate, ... }:
let
  cfg = config.services.viewer;
  python = pkgs.python3.withPackages (ps: with ps; [ uvicorn ]);
in
{
  systemd.services.viewer = {
    description = "Viewer";
    wantedBy = [ "multi-user.target" ];
    after = [ "network.target" "wireguard-${cfg.interface}.service" ];
    environment = (lib.mapAttrs (_: toString) cfg.environment) // {
      PORT = toString cfg.port;
      KEY_FILE = lib.mkIf (cfg.keyFile != null) "%d/key";
      SCRIPT = "${../script.py}";
    };
    serviceConfig = {
      ExecStart = lib.concatStringsSep " " [
        "${pkgs.viewer}/bin/viewer"
        "--port ${toString cfg.port}"
        "--root ${cfg.package}"
      ];
      ExecStartPre = [ "+${pkgs.coreutils}/bin/mkdir -p ${cfg.root}" "!${cfg.check}" "-${lib.getExe pkgs.hello}" ];
      ExecStartPost = "${pkgs.runtimeShell} -c 'echo up=$(cut -d\" \" -f1 /proc/uptime) > ${cfg.device}'";
      ExecReload = "${pkgs.coreutils}/bin/kill -HUP $MAINPID";
      EnvironmentFile = lib.optional (cfg.file != null) cfg.file;
      WorkingDirectory = /home/viewer/data;
      LoadCredential = [ "key:${cfg.keyFile}" ];
      DynamicUser = true;
      StateDirectory = [ "viewer" "viewer/${cfg.name}" ];
      PrivateNetwork = [ ];
      ProtectKernelTunables = lib.mkForce "no";
      Delegate = lib.mkForce "no";
      DeviceAllow = lib.mkForce [ "/dev/net/tun rwm" "char-pts rw" ];
      MemoryMax = lib.mkDefault "80%";
      TimeoutStartSec = "infinity";
      Restart = if cfg.restart then "always" else "no";
      SystemCallFilter = [ "@system-service" ] ++ lib.optionals cfg.jit [ "@memlock" ];
#     ^^^^^^^^^^^^^^^^ sandbox/other-architectures info
      BindReadOnlyPaths = map (it: "${it}:${it}") cfg.paths;
      IPAddressDeny = "any";
      IPAddressAllow = [ "localhost" "172.28.10.244" ];
    };
    unitConfig = {
      RequiresMountsFor = lib.unique [ cfg.root ];
      ConditionPathExists = "!${cfg.marker}";
      OnSuccess = [ ];
    };
  };
  systemd.services.api = gate // {
    serviceConfig = lib.mkMerge [ gate.io { ExecStart = "${python}/bin/python -m uvicorn server:app --port 8091"; } ];
  };
  systemd.services."container@repo".serviceConfig.ExecStartPre = [
    ''
      "${pkgs.util-linux}/bin/mount" -t cgroup2 -o remount,rw cgroup /sys/fs/cgroup
    ''
  ];
  systemd.services.copy = let other = config.systemd.services.viewer; in {
    inherit (other) wants after confinement;
    serviceConfig = lib.removeAttrs other.serviceConfig [ "RootDirectory" ] // { ExecStart = "${pkgs.viewer}/bin/copy"; };
  };
}
