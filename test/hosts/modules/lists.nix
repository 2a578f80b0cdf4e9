{ config, lib, ... }:
{
  systemd.services.a.serviceConfig = {
    ExecStart = [ "" "/bin/a" ];
    CapabilityBoundingSet = [ "CAP_NET_BIND_SERVICE" "CAP_NET_BIND" ];
#                                                     ^^^^^^^^^^^^ value/capability warning
#                                                     ^^^^^^^^^^^^ sandbox/bounding-set warning
    SystemCallFilter = [ "@system-service" "~@privileged" "@sistem" ]
#                                                          ^^^^^^^ value/system-call error
      ++ lib.optional config.debug "@debugg";
#                                   ^^^^^^^ value/system-call error
    RestrictAddressFamilies = "AF_INET AF_INET8";
#   ^^^^^^^^^^^^^^^^^^^^^^^ sandbox/other-architectures info
#                                      ^^^^^^^^ value/address-family error
  };
}
