# While it is typed.
{ pkgs, ... }:
{
  systemd.services.a = {
    serviceConfig = {
      ExecStart = "${pkgs.a}/bin/a";
      Restart =
      RestartSec = 5
      Prot
      KillMode = "all";
#                 ^^^ value/enumeration error
    };
    wantedBy = [ "multi-user.target"
  };
}
