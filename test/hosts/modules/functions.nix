# What functions make is unknown as a whole.
{ config, lib, mkService, hardening, ... }:
{
  systemd.services.a = mkService { serviceConfig = { Restart = "allways"; }; };
  systemd.services.b = {
    serviceConfig = hardening // { Restart = "allways"; };
#                                             ^^^^^^^ value/enumeration error
  };
  systemd.services.c.serviceConfig = mkService { KeepAlive = true; };
  systemd.services.d = lib.recursiveUpdate mkService { serviceConfig.Restart = "alway"; };
#                                                                               ^^^^^ value/enumeration error
  systemd.services.e = import ./e.nix { inherit config; };
}
