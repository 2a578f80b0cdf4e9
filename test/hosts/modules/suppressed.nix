{ pkgs, ... }:
{
  systemd.services.a.serviceConfig = {
    # unit-warden: ignore directive/unknown -- read by a tool of ours
    Own = "x";
    Other = "x";
#   ^^^^^ directive/unknown error
  };
  systemd.services.b = {
    serviceConfig = {
      ExecStart = "${pkgs.b}/bin/b";
      # unit-warden: ignore value/enumeration
      Restart = "allways"; # but not this one
      KillMode = "all";
#                 ^^^ value/enumeration error
    };
  };
}
