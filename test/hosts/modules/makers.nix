# Functions that the module explains make units of lists and sets.
{ config, lib, pkgs, ... }:
let
  mkWorker = name: settings: lib.nameValuePair "worker-${name}" {
    serviceConfig = { ExecStart = "${pkgs.worker}/bin/worker"; Restart = "allways"; };
#                                                                         ^^^^^^^ value/enumeration error
  };
  workers = lib.mapAttrs' mkWorker config.workers;
  mkTimer =
    name:
    let
      unit = "worker-${name}";
    in
    {
      name = unit;
#            ^^^^ unit/nothing-to-do error
      value.timerConfig.OnCalendar = "dayly";
#                                     ^^^^^ value/calendar error
    };
in
{
  options.systemd.mounts = lib.mkOption { type = lib.types.str; default = { where = "x"; }; };
  config.systemd.services = lib.mkMerge [
    workers
    (lib.mkMerge (map (name: { "extra-${name}".serviceConfig.KillMode = "all"; }) config.extra))
#                                                                        ^^^ value/enumeration error
    (lib.genAttrs [ "a" "b" ] (name: { serviceConfig.ContinueOnError = true; }))
#                                                    ^^^^^^^^^^^^^^^ directive/unknown error
    (lib.listToAttrs [ { name = "c"; value = { serviceConfig.Nice = 21; }; } ])
#                                                                   ^^ value/number error
    (import ./others.nix { serviceConfig.Nice = 21; })
  ];
  config.systemd.timers = lib.listToAttrs (map mkTimer config.timers);
  config.systemd.paths = lib.mapAttrs (name: path: { pathConfig.PathChanged = path; pathConfig.Unit = name; }) config.paths;
}
