# nix-darwin's services are launchd's.
{ pkgs, ... }:
{
  launchd.daemons.a.serviceConfig = { KeepAlive = true; RunAtLoad = true; Restart = "allways"; };
  launchd.user.agents.b = { serviceConfig.ProgramArguments = [ "a" ]; };
  environment.etc."systemd".text = "serviceConfig";
}
