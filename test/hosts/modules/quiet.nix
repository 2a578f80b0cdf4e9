# Units with unknown values in every place where a rule looks at several settings.
{ config, lib, pkgs, ... }:
{
  systemd.services.a = {
    confinement.enable = true;
    confinement.packages = [ pkgs.coreutils ];
    path = [ pkgs.coreutils ];
    script = ''
      mkdir -p /tmp/x
      exec ${pkgs.hello}/bin/hello --socket /run/a/sock
    '';
    preStart = "${pkgs.coreutils}/bin/true";
    serviceConfig = { RuntimeDirectory = "a"; User = "a"; BindReadOnlyPaths = [ "/etc/ssl" ]; };
  };
  systemd.services.b = {
    script = ''
      install -d -m 700 /var/lib/b
      sudo -u x true
      systemctl restart foo
      curl localhost:80
    '';
    serviceConfig = { DynamicUser = true; ProtectSystem = "strict"; ProtectHome = true; NoNewPrivileges = true; StateDirectory = "b"; PrivateNetwork = true; };
  };
  systemd.services.c = {
    serviceConfig = {
      Type = "oneshot";
      ExecStart = "${pkgs.bash}/bin/bash ${./run.sh}";
      ExecStartPre = [ "-${pkgs.coreutils}/bin/mkdir -p /run/c" ];
#                                                       ^^^^^^ sandbox/cannot-create info
      PIDFile = "/run/c/pid";
      RestrictNamespaces = true;
      ProtectProc = "invisible"; ProcSubset = "pid";
      InaccessiblePaths = [ "/home" ]; ReadWritePaths = [ config.services.x.dir "/var/log/c" ];
      NoExecPaths = "/"; ExecPaths = "/nix/store";
#                    ^ sandbox/still-executable info
      User = "c"; Group = "c";
      SystemCallArchitectures = "native"; SystemCallFilter = "@system-service";
    };
  };
  systemd.user.services.d = { wantedBy = [ "default.target" ]; serviceConfig = { ExecStart = "${pkgs.d}/bin/d"; Restart = "always"; }; };
  systemd.services.e = { wantedBy = [ "multi-user.target" ]; after = [ "network-online.target" ]; wants = lib.optional true "network-online.target"; serviceConfig.ExecStart = "${pkgs.e}/bin/e"; };
  systemd.services.f = { wantedBy = [ "multi-user.target" ]; after = [ "network-online.target" ]; wants = config.x; serviceConfig.ExecStart = "${pkgs.e}/bin/e"; };
  systemd.sockets.g = { wantedBy = [ "sockets.target" ]; socketConfig = { ListenStream = config.x; Accept = true; }; };
  systemd.paths.h = { wantedBy = [ "multi-user.target" ]; pathConfig.PathExistsGlob = "/etc/*"; };
  systemd.timers.i = { wantedBy = [ "timers.target" ]; timerConfig.OnCalendar = config.services.x.interval; };
  systemd.timers.j = { wantedBy = [ "timers.target" ]; timerConfig = { OnBootSec = "5m"; OnUnitActiveSec = config.services.x.x; Unit = "j.service"; }; };
  systemd.mounts = [ { what = config.services.x.x; where = "/data"; type = "nfs"; } { what = "x"; where = config.services.x.y; } ];
  systemd.automounts = [ { where = config.services.x.y; } ];
  systemd.slices.k.sliceConfig.MemoryMax = config.services.x.k;
  systemd.timers.p = { wantedBy = [ "timers.target" ]; timerConfig.OnCalendar = "*-*-* ${config.services.x.hour}:00"; };
  systemd.timers.q = { wantedBy = [ "timers.target" ]; timerConfig.OnCalendar = "*-*-* 25:${config.services.x.hour}"; };
  systemd.targets.l = { wants = [ "a.service" ]; };
  systemd.services.m = { serviceConfig = { Type = "oneshot"; RemainAfterExit = true; ExecStart = lib.mkIf config.services.x.z "x"; }; };
  systemd.services.n = { wantedBy = [ "multi-user.target" ]; serviceConfig = { Type = "forking"; PIDFile = config.services.x.pid; ExecStart = "${pkgs.n}/bin/n"; }; };
  systemd.services.o = { wantedBy = [ "multi-user.target" ]; serviceConfig = { Type = "notify"; ExecStart = "${pkgs.n}/bin/n"; WatchdogSec = config.services.x.w; User = config.services.x.u; AmbientCapabilities = config.services.x.c; CapabilityBoundingSet = [ ]; }; };
}
