{ lib, ... }:
{
  systemd.services.nginx.serviceConfig = {
    ProtectSystem = lib.mkForce "strct";
#                                ^^^^^ value/enumeration error
    ProtectHome = lib.mkDefault true;
    PrivateTmp = lib.mkOverride 50 "maybe";
#                                   ^^^^^ value/enumeration error
    MemoryMax = lib.mkIf true "1Q";
#                               ^ value/size error
  };
}
