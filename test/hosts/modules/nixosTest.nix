{ pkgs, ... }:
{
  name = "a";
  nodes.machine = { config, ... }: {
    systemd.services.a = { script = "exit 1"; serviceConfig.Type = "onshot"; };
#                                                                   ^^^^^^ value/enumeration error
    boot.initrd.systemd.services.b = { serviceConfig.Type = "oneshot"; unitConfig.DefaultDependencies = "nope"; };
#                                                                                                        ^^^^ value/boolean error
  };
  containers.c.config.systemd.services.d.serviceConfig.MemoryMax = "lots";
#                                                                   ^^^^ value/size error
  testScript = ''
    systemd.services.x.serviceConfig.Restart = "allways"
  '';
}
