/** Programs that talk to no other machine, whatever they are told. */
export const OFFLINE: ReadonlySet<string> = new Set(
  (
    "munged uptimed earlyoom low-memory-monitor nohang haveged jitterentropy-rngd rngd rasdaemon mcelog fancontrol thinkfan mbpfan " +
    "irqbalance numad ksmtuned zcfan swapspace memlockd gpm lircd colord upowerd acpid atd hd-idle power-profiles-daemon thermald " +
    "usbmuxd iio-sensor-proxy rtkit-daemon accounts-daemon switcheroo-control spacenavd mandb updatedb.plocate lcdproc keyd " +
    "kill mkdir chown chmod install rm test true touch sleep"
  ).split(" "),
);
