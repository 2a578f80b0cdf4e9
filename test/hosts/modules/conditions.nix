{ config, lib, ... }:
{
  systemd.services.a = lib.mkIf config.a {
    serviceConfig = lib.mkMerge [
      { Type = "oneshot"; ExecStart = [ "/bin/a" "/bin/b" ]; }
      (lib.mkIf config.b { Restart = "allways"; })
#                                     ^^^^^^^ value/enumeration error
      (if config.c then { LimitNOFILE = "many"; } else { })
#                                        ^^^^ value/number error
    ];
    after = lib.mkIf config.d [ "a.target" ];
    wants = lib.optionals config.e [ "b" ];
#                                     ^ value/unit-name error
  };
  systemd.services.b = lib.optionalAttrs config.x { serviceConfig.Nice = "x"; };
#                                                                         ^ value/number error
}
