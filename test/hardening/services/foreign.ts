import { HARMLESS, type UnknownService } from "./service.ts";

/** Services that are described in German, or in words for what they do. */
export const FOREIGN: readonly UnknownService[] = [
  {
    is: "Lüftersteuerung für das NAS",
    file: "luefter.service",
    unit: `[Unit]
Description=Lüftersteuerung für das NAS
[Service]
ExecStart=/opt/luefter/regler.py --intervall 5
Restart=always
[Install]
WantedBy=multi-user.target
`,
    never: "PrivateDevices ProtectClock ProtectKernelTunables",
    must: HARMLESS,
  },
  {
    is: "USV-Überwachung",
    file: "usvd.service",
    unit: `[Unit]
Description=USV-Überwachung
[Service]
ExecStart=/usr/local/sbin/usvd -c /etc/usvd.conf
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Liest den Stromzähler aus",
    file: "stromzaehler.service",
    unit: `[Unit]
Description=Liest den Stromzähler aus
[Service]
User=smartmeter
ExecStart=/opt/stromzaehler/sml2mqtt /etc/sml2mqtt.yml
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Wetterstation im Garten",
    file: "wetter.service",
    unit: `[Unit]
Description=Wetterstation im Garten
[Service]
User=wetter
ExecStart=/usr/bin/python3 /opt/wetter/wetter.py
Environment=STATION=/dev/ttyACM0
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Zeitabgleich mit der Funkuhr",
    file: "zeitgeber.service",
    unit: `[Unit]
Description=Zeitabgleich mit der Funkuhr
[Service]
ExecStart=/usr/local/sbin/zeitgeber
`,
    never: "ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Brandmauer laden",
    file: "brandmauer.service",
    unit: `[Unit]
Description=Brandmauer laden
DefaultDependencies=no
Before=network-pre.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/brandmauer start
`,
    never: "ProtectKernelModules ProtectKernelTunables",
    must: "LockPersonality SystemCallArchitectures",
  },
  {
    is: "Info-Bildschirm am Empfang",
    file: "infoscreen.service",
    unit: `[Unit]
Description=Info-Bildschirm am Empfang
After=graphical.target
[Service]
User=anzeige
Environment=DISPLAY=:0
ExecStart=/usr/bin/chromium --kiosk https://intra.example/board
`,
    never: "PrivateDevices ProtectClock RestrictNamespaces MemoryDenyWriteExecute",
    must: "",
  },
  {
    is: "Bewässerung im Gewächshaus",
    file: "gewaechshaus.service",
    unit: `[Unit]
Description=Bewässerung im Gewächshaus
[Service]
User=garten
ExecStart=/usr/bin/python3 -m gewaechshaus --relais 4 --webport 8088
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Ladegrenze des Akkus",
    file: "akkuschutz.service",
    unit: `[Unit]
Description=Ladegrenze des Akkus
[Service]
Type=oneshot
ExecStart=/usr/local/bin/akkuschutz 80
`,
    never: "ProtectKernelTunables",
    must: "LockPersonality SystemCallArchitectures",
  },
  {
    is: "Adaptive performance tuning",
    file: "sysctuner.service",
    unit: `[Unit]
Description=Adaptive performance tuning
[Service]
ExecStart=/usr/local/sbin/sysctuner --profile throughput
`,
    never: "ProtectKernelTunables",
    must: "ProtectHostname ProtectKernelLogs LockPersonality SystemCallArchitectures",
  },
  {
    is: "Braukessel mit Rührwerk",
    file: "bierbrauer.service",
    unit: `[Unit]
Description=Braukessel mit Rührwerk
[Service]
User=brauer
ExecStart=/opt/bierbrauer/bierbrauer --port 8600
StateDirectory=bierbrauer
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "TSE der Registrierkasse",
    file: "tsedrv.service",
    unit: `[Unit]
Description=TSE der Registrierkasse
[Service]
User=kasse
ExecStart=/opt/tse/tse-connector --http.port=20001
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "BMS der Hausbatterie",
    file: "bmsbat.service",
    unit: `[Unit]
Description=BMS der Hausbatterie
[Service]
User=bms
ExecStart=/opt/bms/bmsd --listen :9876
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Distributed hash cracking agent",
    file: "hashcrack.service",
    unit: `[Unit]
Description=Distributed hash cracking agent
After=network-online.target
[Service]
User=crack
ExecStart=/opt/hashcrack/agent --opencl --server https://hash.example
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "eBPF runtime security",
    file: "tetraguard.service",
    unit: `[Unit]
Description=eBPF runtime security
After=network.target
[Service]
ExecStart=/opt/tetraguard/tetraguard --bpf-lib /opt/tetraguard/bpf --server-address localhost:54321
`,
    never: "ProtectKernelTunables ProtectProc",
    must: "ProtectHostname SystemCallArchitectures",
  },
  {
    is: "Greeter",
    file: "greetx.service",
    unit: `[Unit]
Description=Greeter
After=systemd-user-sessions.service plymouth-quit-wait.service
Conflicts=getty@tty1.service
[Service]
ExecStart=/usr/local/bin/greetx --tty 1
Restart=always
`,
    never:
      "PrivateDevices ProtectClock ProtectHome NoNewPrivileges PrivateTmp ProtectControlGroups RestrictSUIDSGID ProtectKernelTunables",
    must: "",
  },
  {
    is: "Guest agent",
    file: "vmtool.service",
    unit: `[Unit]
Description=Guest agent
[Service]
ExecStart=/opt/vmtool/vmtoold
`,
    never: "ProtectClock ProtectHostname PrivateDevices",
    must: "",
  },
  {
    is: "Compressed swap",
    file: "zramload.service",
    unit: `[Unit]
Description=Compressed swap
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/zramload 4G
`,
    never: "PrivateDevices ProtectClock ProtectKernelTunables ProtectKernelModules",
    must: "LockPersonality SystemCallArchitectures",
  },
];
