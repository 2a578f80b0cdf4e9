{ config, ... }:
{
  systemd.services.a = {
    environment = {
      HOME = "/var/lib/a";
      "1A" = "b";
#     ^^^^^^^^^ value/environment error
      QUOTED = "a \"b\" c";
      NOTHING = null;
      UNKNOWN = config.a;
      COUNT = toString 5;
    };
    environment.LANG = "C";
  };
}
