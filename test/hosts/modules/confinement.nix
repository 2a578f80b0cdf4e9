{ config, ... }:
{
  systemd.services.a = {
    confinement.enable = true;
    serviceConfig = { ExecStart = "/bin/a"; PrivateTmp = true; ProtectControlGroups = "maybe"; };
#                                  ^^^^^^ sandbox/hidden-program warning
#                                                                                      ^^^^^ value/enumeration error
  };
  systemd.services.b = {
    confinement = { enable = config.x; mode = "chroot-only"; };
    serviceConfig.ExecStart = "/bin/b";
  };
}
