# Names that the file explains stand for what they are.
{ config, pkgs, ... }:
let
  common = {
    Restart = "allways";
#              ^^^^^^^ value/enumeration error
    PrivateTmp = true;
  };
  user = "nobody";
#         ^^^^^^ value/nobody warning
  argument = { config }: common;
in
{
  systemd.services.a.serviceConfig = common // { User = user; ExecStart = "/bin/a"; };
  systemd.services.b.serviceConfig = common;
  systemd.services.c.serviceConfig = argument;
}
