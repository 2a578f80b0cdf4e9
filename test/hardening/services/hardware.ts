import { HARMLESS, type UnknownService } from "./service.ts";

/** Services of hardware, whose programs are known to nobody. */
export const HARDWARE: readonly UnknownService[] = [
  {
    is: "a fan controller",
    file: "fanwarden.service",
    unit: `[Unit]
Description=Fan controller

[Service]
ExecStart=/usr/local/sbin/fanwarden --curve /etc/fanwarden.conf
Restart=always
`,
    never: "PrivateDevices ProtectClock ProtectKernelTunables ProtectKernelModules",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces RestrictSUIDSGID RestrictRealtime`,
  },
  {
    is: "a controller of pumps by PWM",
    file: "pumpd.service",
    unit: `[Unit]
Description=Pump speed by PWM

[Service]
ExecStart=/usr/local/bin/pumpd
`,
    never: "PrivateDevices ProtectClock ProtectKernelTunables",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces`,
  },
  {
    is: "a MIDI bridge",
    file: "stagebridge.service",
    unit: `[Unit]
Description=MIDI bridge between network and keyboards
After=network.target

[Service]
User=stage
ExecStart=/usr/local/bin/stagebridge --port 5004
`,
    never: "PrivateDevices ProtectClock RestrictRealtime",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables ProtectKernelModules RestrictNamespaces RestrictSUIDSGID NoNewPrivileges RestrictAddressFamilies`,
  },
  {
    is: "a music player without a telling name",
    file: "corner.service",
    unit: `[Unit]
Description=Corner of the living room
After=network.target sound.target

[Service]
User=corner
ExecStart=/opt/corner/corner
`,
    never: "PrivateDevices ProtectClock RestrictRealtime",
    must: `${HARMLESS} ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
  {
    is: "an SDR server",
    file: "wavesrv.service",
    unit: `[Unit]
Description=SDR receiver on the network

[Service]
User=radio
ExecStart=/usr/local/bin/wavesrv -a 0.0.0.0 -p 1234
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables RestrictNamespaces RestrictSUIDSGID NoNewPrivileges`,
  },
  {
    is: "a modbus gateway",
    file: "modgate.service",
    unit: `[Unit]
Description=Modbus gateway between RTU and TCP

[Service]
User=modgate
ExecStart=/usr/local/bin/modgate --config /etc/modgate.toml
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables ProtectKernelModules RestrictNamespaces RestrictSUIDSGID NoNewPrivileges`,
  },
  {
    is: "zigbee2mqtt",
    file: "zigbee2mqtt.service",
    unit: `[Unit]
Description=zigbee2mqtt
After=network.target

[Service]
User=pi2
WorkingDirectory=/opt/zigbee2mqtt
ExecStart=/usr/bin/node index.js
`,
    never: "PrivateDevices ProtectClock MemoryDenyWriteExecute",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces`,
  },
  {
    is: "a camera recorder",
    file: "yardrec.service",
    unit: `[Unit]
Description=Records the cameras of the yard
After=network-online.target

[Service]
User=yard
ExecStart=/usr/local/bin/yardrec /etc/yardrec.yml
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables RestrictNamespaces RestrictSUIDSGID`,
  },
  {
    is: "a mapper for gamepads",
    file: "padmap.service",
    unit: `[Unit]
Description=Maps gamepads to keys

[Service]
ExecStart=/usr/local/bin/padmap /etc/padmap.json
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables RestrictNamespaces`,
  },
  {
    is: "a program that keeps the backlight",
    file: "dimmer.service",
    unit: `[Unit]
Description=Keeps the backlight over a reboot

[Service]
ExecStart=/usr/local/bin/dimmer
`,
    never: "PrivateDevices ProtectClock ProtectKernelTunables",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces RestrictRealtime ProtectKernelModules`,
  },
  {
    is: "a watcher of a UPS",
    file: "powerwatch.service",
    unit: `[Unit]
Description=UPS watcher

[Service]
ExecStart=/usr/local/sbin/powerwatch --usb
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
  {
    is: "a program that unseals keys",
    file: "unseal.service",
    unit: `[Unit]
Description=Unseals keys with the TPM

[Service]
ExecStart=/usr/local/bin/unseal --socket /run/unseal.sock
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
  {
    is: "a Bluetooth program",
    file: "present.service",
    unit: `[Unit]
Description=Presence of phones by Bluetooth
After=bluetooth.service

[Service]
User=present
ExecStart=/usr/local/bin/present --mqtt localhost
`,
    never: "PrivateDevices ProtectClock RestrictAddressFamilies!AF_BLUETOOTH NoNewPrivileges",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables RestrictNamespaces`,
  },
  {
    is: "a smart-card proxy",
    file: "cardproxy.service",
    unit: `[Unit]
Description=Smart card proxy
Requires=pcscd.socket

[Service]
User=cards
ExecStart=/usr/local/bin/cardproxy --listen 9001
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables ProtectKernelModules RestrictNamespaces NoNewPrivileges`,
  },
  {
    is: "an IPMI exporter",
    file: "bmcmetrics.service",
    unit: `[Unit]
Description=Exporter for IPMI sensors

[Service]
User=bmcmetrics
ExecStart=/usr/local/bin/bmcmetrics --web.listen-address=:9290
`,
    never: "PrivateDevices ProtectClock NoNewPrivileges CapabilityBoundingSet",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables RestrictNamespaces`,
  },
  {
    is: "an exporter of disk health",
    file: "diskmetrics.service",
    unit: `[Unit]
Description=Exporter for disk health (smartctl)

[Service]
ExecStart=/usr/local/bin/diskmetrics --listen :9633
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces`,
  },
  {
    is: "a program for a label printer",
    file: "labels.service",
    unit: `[Unit]
Description=Labels for the label printer

[Service]
User=labels
SupplementaryGroups=lp
ExecStart=/opt/labels/labels
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
  {
    is: "a reader of meters that only its device shows",
    file: "meterd.service",
    unit: `[Unit]
Description=Collector of the house
BindsTo=dev-ttyUSB0.device
After=dev-ttyUSB0.device

[Service]
User=meter
ExecStart=/usr/local/bin/collector
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables ProtectKernelModules RestrictNamespaces RestrictSUIDSGID NoNewPrivileges`,
  },
  {
    is: "a door with fingerprints",
    file: "fingerdoor.service",
    unit: `[Unit]
Description=Door with a fingerprint reader

[Service]
ExecStart=/usr/local/bin/door
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables ProtectKernelModules`,
  },
  {
    is: "a GNSS base station",
    file: "basestation.service",
    unit: `[Unit]
Description=GNSS base station for RTK

[Service]
User=base
ExecStart=/usr/local/bin/base --caster :2101
`,
    never: "PrivateDevices ProtectClock",
    must: `${HARMLESS} PrivateTmp ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
];
