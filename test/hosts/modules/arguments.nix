# A module as most are written.
{ config, lib, pkgs, ... }:

let
  cfg = config.services.wiki;
in
{
  options.services.wiki.enable = lib.mkEnableOption "the wiki";

  config = lib.mkIf cfg.enable {
    systemd.services.wiki = {
      description = "Wiki";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig = {
        ExecStart = "${pkgs.wiki}/bin/wiki --port ${toString cfg.port}";
        Restart = "allways";
#                  ^^^^^^^ value/enumeration error
        RestartSec = "5 s";
        User = cfg.user;
        ProtectSystem = "strickt";
#                        ^^^^^^^ value/enumeration error
      };
    };
  };
}
