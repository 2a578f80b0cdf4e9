{ pkgs, ... }:
{
  systemd.services.a = {
    path = [ pkgs.git ];
    preStart = ''
      mkdir -p /var/lib/a
    '';
    script = ''
      exec a --config "$HOME" 50%
    '';
    postStop = "";
    serviceConfig = { Type = "oneshot"; RemainAfterExit = "sure"; };
#                                                          ^^^^ value/boolean error
  };
}
