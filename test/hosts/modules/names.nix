{
  systemd.services."a@" = { serviceConfig.ExecStart = "/bin/a %i %Q"; };
#                                                                ^^ value/specifier error
  systemd.services."a@b".overrideStrategy = "asDropin";
  systemd = {
    services.c.serviceConfig.Nice = 25;
#                                   ^^ value/number error
    user.services = { d = { serviceConfig = { Nice = -21; }; }; };
    user = { services."e f" = { }; };
  };
}
