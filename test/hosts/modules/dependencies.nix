{
  systemd.services.a = {
    after = [ "network-online.target" ];
#              ^^^^^^^^^^^^^^^^^^^^^ reference/network-online info
    requires = [ "postgresql" ];
#                 ^^^^^^^^^^ value/unit-name error
    serviceConfig.ExecStart = "/bin/a";
    wantedBy = [ "multi-user.target" ];
  };
  systemd.services.b = {
    after = [ "network-online.target" ];
    wants = [ "network-online.target" ];
    serviceConfig.ExecStart = "/bin/b";
    wantedBy = [ "multi-user.target" ];
  };
}
