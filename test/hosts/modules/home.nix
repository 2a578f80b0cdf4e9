# Home Manager has the sections as systemd names them.
{ pkgs, ... }:
{
  systemd.user.services.sync = {
    Unit = {
      Description = "Sync";
      After = [ "graphical-session.target" ];
      ParOf = [ "graphical-session.target" ];
#     ^^^^^ directive/unknown error
    };
    Service = {
      ExecStart = "${pkgs.sync}/bin/sync";
      Restart = "on-failures";
#                ^^^^^^^^^^^ value/enumeration error
    };
    Install.WantedBy = [ "graphical-session.target" ];
  };
  systemd.user.timers.sync = {
    Timer.OnCalendar = "hourly";
    Install.WantedBy = [ "timers.target" ];
  };
}
