# Several places of one file, one unit.
{ config, lib, ... }:
lib.mkMerge [
  {
    systemd.services.a.serviceConfig.Type = "notify";
    systemd.services.a.serviceConfig.ExecStart = "/usr/bin/a";
  }
  (lib.mkIf config.x {
    systemd.services.a.serviceConfig.NotifyAccess = "everybody";
#                                                    ^^^^^^^^^ value/enumeration error
  })
  { systemd.services.b.serviceConfig = { ExecStart = "/usr/bin/b"; NotifyAccess = "all"; Type = "simple"; }; }
]
