# Options that are only declared, and sets that are called alike.
{ config, lib, ... }:
{
  options.services.a.serviceConfig = lib.mkOption { default = { KeepAlive = true; }; };
  options.systemd.package = lib.mkOption { };
  config.services.a.serviceConfig = { Restart = "allways"; };
  config.systemd.network.networks."10-lan" = { matchConfig.Name = "eth0"; networkConfig.DHCPP = true; };
  config.systemd.tmpfiles.rules = [ "d /run/a" ];
  config.virtualisation.oci-containers.containers.a = { serviceConfig = { KeepAlive = true; }; };
}
