{ config, lib, defaults, ... }:
{
  systemd.services.a = {
    inherit (config.a) description serviceConfig;
  };
  systemd.services.b.serviceConfig = {
    inherit (defaults) Type ExecStart RemainAfterExit KeepAlive;
#                                                     ^^^^^^^^^ directive/unknown error
    NotifyAccess = "all";
  };
  systemd.services.c = { inherit (defaults) script wantedBy; };
}
