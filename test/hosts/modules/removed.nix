{
  systemd.services.a = {
    enable = false;
    serviceConfig = { ExecStart = "/bin/a"; MemoryLimit = "1G"; };
#                                           ^^^^^^^^^^^ directive/ignored error
  };
  systemd.services.b.serviceConfig = { ExecStart = "/bin/b"; CPUAccounting = null; };
#                                                            ^^^^^^^^^^^^^ directive/ignored error
}
