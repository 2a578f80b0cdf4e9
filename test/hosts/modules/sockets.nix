{
  systemd.sockets.a = {
    wantedBy = [ "sockets.target" ];
    listenStreams = [ "80" "70000" "/run/a" ];
#                           ^^^^^ value/socket-address error
    socketConfig = { Accept = "perhaps"; SocketMode = "0999"; };
#                              ^^^^^^^ value/boolean error
#                                                      ^^^^ value/mode error
  };
  systemd.paths.a.pathConfig.PathChanged = "relative/path";
#               ^ unit/nothing-to-do error
#                                           ^^^^^^^^^^^^^ value/path error
  systemd.slices.a.sliceConfig.CPUWeight = 20000;
#                                          ^^^^^ value/number error
  systemd.targets.a.unitConfig.StopWhenUnneded = true;
#                              ^^^^^^^^^^^^^^^ directive/unknown error
  systemd.mounts = [ { what = "/dev/sda1"; where = "/data"; type = "ext4"; mountConfig.TimeoutSec = "1 yr"; } ];
#                                                                                                      ^^ value/time-span error
  systemd.automounts = [ { where = "/data"; automountConfig.TimeoutIdleSec = "600"; } ];
}
