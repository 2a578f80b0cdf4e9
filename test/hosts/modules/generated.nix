# Units that are made of a list have no name that is known.
{ config, lib, pkgs, ... }:
{
  systemd.services = lib.mapAttrs' (name: cfg: lib.nameValuePair "runner-${name}" {
    wantedBy = [ "multi-user.target" ];
    serviceConfig = {
      ExecStart = "${pkgs.runner}/bin/runner --name ${name}";
      Restart = "allways";
#                ^^^^^^^ value/enumeration error
      StateDirectory = "runner/${name}";
    };
  }) config.runners;
  systemd.timers = lib.listToAttrs (map (name: {
    name = "timer-${name}";
#          ^^^^^^^^^^^^^^^ unit/nothing-to-do error
    value = { timerConfig.OnCalendar = "dayly"; };
#                                       ^^^^^ value/calendar error
  }) config.names);
  systemd.sockets = lib.genAttrs config.names (name: { socketConfig.ListenStream = "/run/${name}"; socketConfig.Acept = true; });
#                                                                                                               ^^^^^ directive/unknown error
}
