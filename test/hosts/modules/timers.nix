{
  systemd.timers.backup = {
#                ^^^^^^ unit/nothing-to-do error
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = "*-*-* 25:00";
#                         ^^ value/calendar error
      Persistent = true;
      RandomizedDelaySec = "1 fortnight";
#                             ^^^^^^^^^ value/time-span error
    };
  };
  systemd.timers.report.timerConfig.OnCalendar = [ "Mon 08:00" "Mun 09:00" ];
#                                                               ^^^^^^^^^ value/calendar error
  systemd.services.report = {
    serviceConfig.Type = "oneshot";
    script = "true";
    startAt = "dayly";
#              ^^^^^ value/calendar error
  };
  systemd.services.tidy = {
    script = "true";
    startAt = [ "03:00" "weekly" ];
  };
  systemd.timers.prefetch.timerConfig.Persistent = true;
  systemd.services.prefetch = {
    script = "true";
    startAt = "hourly";
  };
}
