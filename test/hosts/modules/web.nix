# A service that is hardened in part, in all ways of writing.
{ config, pkgs, lib, ... }:
{
  systemd.services.web = {
    description = "Wiki";
    wantedBy = [ "multi-user.target" ];
    serviceConfig = {
      ExecStart = "${pkgs.gitea}/bin/gitea web --port 3000";
      ProtectHome = false; # for now
      ProtectSystem = "yes";
      SystemCallFilter = [ "~@mount" ];
      CapabilityBoundingSet = "";
      RestrictAddressFamilies = [ "AF_INET" "AF_INET6" "AF_UNIX" ];
#     ^^^^^^^^^^^^^^^^^^^^^^^ sandbox/other-architectures info
    };
  };
  systemd.services.short = { wantedBy = [ "multi-user.target" ]; serviceConfig.ExecStart = "${pkgs.nginx}/bin/nginx -g 'daemon off;'"; };
  systemd.services.empty = { serviceConfig = { }; script = "exec ${pkgs.hello}/bin/hello"; };
  systemd.user.services.home = {
    Service = {
      ExecStart = lib.getExe pkgs.syncthing;
    };
  };
  systemd.services.confined = {
    confinement.enable = true;
    serviceConfig.ExecStart = "${pkgs.nginx}/bin/nginx";
  };
}
