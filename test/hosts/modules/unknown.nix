# Nothing is known of these values, and nothing is said of what depends on them.
{ config, lib, pkgs, ... }:
{
  systemd.services.a = {
    serviceConfig = {
      Type = config.type;
      ExecStart = config.command;
      NotifyAccess = "all";
      RemainAfterExit = true;
      BusName = "org.example.A";
      PIDFile = "/run/a.pid";
      ExecStop = if config.stop then "true" else "false";
      CapabilityBoundingSet = config.capabilities ++ [ "CAP_CHOWN" ];
      AmbientCapabilities = map (it: "CAP_${it}") config.ambient;
      User = "${config.user}";
      UMask = config.mask or "0077";
      SystemCallFilter = lib.concatStringsSep " " config.calls;
      BindPaths = lib.optionals config.bind [ config.path ];
      Environment = lib.mapAttrsToList (n: v: "${n}=${v}") config.env;
      LimitNOFILE = config.limit * 2;
    };
    unitConfig.Requires = config.units;
    wantedBy = config.wantedBy;
    after = config.after;
  };
}
