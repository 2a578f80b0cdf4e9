# Lists of units in all ways of writing.
{ config, lib, ... }:
{
  systemd.services.a = {
    serviceConfig.ExecStart = "/usr/bin/a";
    after = [
      "network.target" # comment
      "b"
#      ^ value/unit-name error
    ] ++ lib.optionals config.c [ "d.service" "e" ];
#                                              ^ value/unit-name error
    bindsTo = lib.optional config.f "sys-subsystem-net-devices-${config.g}.device";
    partOf = map (it: "${it}.service") config.h;
    documentation = [ "man:a(8)" "https://example.org" "example.org" ];
#                                                       ^^^^^^^^^^^ value/uri error
    aliases = [ "b.socket" ];
#                ^^^^^^^^ value/alias warning
    startLimitBurst = "many";
#                      ^^^^ value/number error
  };
}
