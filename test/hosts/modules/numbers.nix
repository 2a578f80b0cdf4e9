{
  systemd.services.a.serviceConfig = {
    Nice = -5;
    OOMScoreAdjust = 2000;
#                    ^^^^ value/number error
    CPUQuota = "50";
#               ^^ value/percentage error
    TimeoutStartSec = 0.5;
    UMask = 77;
    LimitNOFILE = 65536;
    DynamicUser = 1;
    PrivateNetwork = false;
    RootDirectory = /var/empty;
    WorkingDirectory = ./here;
  };
}
