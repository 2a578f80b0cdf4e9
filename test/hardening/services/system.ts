import { HARMLESS, type UnknownService } from "./service.ts";

/** Services of the network, of sessions and of containers, whose programs are known to nobody. */
export const SYSTEM: readonly UnknownService[] = [
  {
    is: "a mesh VPN",
    file: "weave.service",
    unit: `[Unit]
Description=Mesh VPN between the offices

[Service]
ExecStart=/usr/local/bin/weave --config /etc/weave.yml
`,
    never:
      "PrivateDevices ProtectClock ProtectKernelTunables ProtectKernelModules RestrictAddressFamilies!AF_PACKET ProtectSystem",
    must: "ProtectKernelLogs ProtectControlGroups LockPersonality RestrictRealtime PrivateTmp SystemCallArchitectures",
  },
  {
    is: "a proxy that takes all traffic",
    file: "detour.service",
    unit: `[Unit]
Description=Proxy for the whole machine

[Service]
ExecStart=/usr/local/bin/detour run --tun --config /etc/detour.json
`,
    never: "PrivateDevices ProtectClock ProtectKernelTunables RestrictAddressFamilies!AF_PACKET",
    must: "ProtectKernelLogs ProtectControlGroups LockPersonality PrivateTmp",
  },
  {
    is: "a service that keeps a capability for interfaces",
    file: "linker.service",
    unit: `[Unit]
Description=Linker

[Service]
User=linker
AmbientCapabilities=CAP_NET_ADMIN
CapabilityBoundingSet=CAP_NET_ADMIN
ExecStart=/usr/local/bin/linker
`,
    never: "PrivateDevices ProtectClock ProtectKernelTunables",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces NoNewPrivileges`,
  },
  {
    is: "an LLDP agent",
    file: "neighbourd.service",
    unit: `[Unit]
Description=LLDP agent

[Service]
ExecStart=/usr/local/sbin/neighbourd -i eth0
`,
    never: "RestrictAddressFamilies!AF_PACKET ProtectKernelTunables CapabilityBoundingSet!CAP_NET_RAW",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces RestrictRealtime`,
  },
  {
    is: "a DHCP relay",
    file: "relay4.service",
    unit: `[Unit]
Description=DHCP relay
After=network-online.target

[Service]
ExecStart=/usr/local/sbin/relay4 -i br0 192.0.2.1
`,
    never: "RestrictAddressFamilies!AF_PACKET CapabilityBoundingSet!CAP_NET_RAW",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces RestrictRealtime`,
  },
  {
    is: "a ring of switches",
    file: "mrpd.service",
    unit: `[Unit]
Description=Media redundancy ring of the switches

[Service]
ExecStart=/usr/local/sbin/ringd br0
`,
    never: "RestrictAddressFamilies!AF_PACKET ProtectKernelTunables RestrictRealtime",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces`,
  },
  {
    is: "a PTP daemon",
    file: "gmd.service",
    unit: `[Unit]
Description=PTP grandmaster

[Service]
ExecStart=/usr/local/sbin/gmd -i eth0 --hw
`,
    never: "PrivateDevices ProtectClock RestrictRealtime RestrictAddressFamilies!AF_PACKET",
    must: `${HARMLESS} PrivateTmp RestrictNamespaces RestrictSUIDSGID`,
  },
  {
    is: "a hosting panel",
    file: "hostwerk.service",
    unit: `[Unit]
Description=Hosting panel

[Service]
ExecStart=/opt/hostwerk/bin/hostwerkd --listen :8443
`,
    never:
      "ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectHostname ProtectClock ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups RestrictSUIDSGID RestrictNamespaces NoNewPrivileges RestrictAddressFamilies!AF_PACKET SystemCallFilter CapabilityBoundingSet!CAP_NET_RAW MemoryDenyWriteExecute",
    must: "",
  },
  {
    is: "a first-boot installer",
    file: "finish.service",
    unit: `[Unit]
Description=Finish the installation at first boot
ConditionPathExists=!/etc/finished

[Service]
ExecStart=/usr/local/sbin/finish
`,
    never:
      "ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectHostname ProtectClock ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups RestrictSUIDSGID RestrictNamespaces NoNewPrivileges RestrictAddressFamilies!AF_PACKET SystemCallFilter CapabilityBoundingSet!CAP_NET_RAW MemoryDenyWriteExecute",
    must: "",
  },
  {
    is: "a terminal in the browser",
    file: "webterm.service",
    unit: `[Unit]
Description=Terminal of the lab in the browser

[Service]
User=anna
ExecStart=/usr/local/bin/webterm --port 7681 bash
`,
    never:
      "ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectHostname ProtectClock ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups RestrictSUIDSGID RestrictNamespaces NoNewPrivileges RestrictAddressFamilies!AF_PACKET SystemCallFilter CapabilityBoundingSet!CAP_NET_RAW MemoryDenyWriteExecute",
    must: "",
  },
  {
    is: "a container snapshotter",
    file: "lazysnap.service",
    unit: `[Unit]
Description=Remote snapshotter
Before=containerd.service

[Service]
ExecStart=/usr/local/bin/lazysnap --root /var/lib/lazysnap
`,
    never:
      "ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectHostname ProtectClock ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups RestrictSUIDSGID RestrictNamespaces NoNewPrivileges RestrictAddressFamilies!AF_PACKET SystemCallFilter CapabilityBoundingSet!CAP_NET_RAW MemoryDenyWriteExecute",
    must: "",
  },
  {
    is: "an agent beside containers",
    file: "harbourer.service",
    unit: `[Unit]
Description=Agent of the harbour
Requires=docker.service
After=docker.service

[Service]
ExecStart=/usr/local/bin/harbourer
`,
    never: "PrivateTmp DynamicUser",
    must: `${HARMLESS} ProtectKernelTunables ProtectKernelModules`,
  },
  {
    is: "a build agent",
    file: "builder.service",
    unit: `[Unit]
Description=Build agent

[Service]
User=build
ExecStart=/opt/builder/builder run
`,
    never:
      "ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectHostname ProtectClock ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups RestrictSUIDSGID RestrictNamespaces NoNewPrivileges RestrictAddressFamilies!AF_PACKET SystemCallFilter CapabilityBoundingSet!CAP_NET_RAW MemoryDenyWriteExecute",
    must: "",
  },
  {
    is: "a program with control groups of its own",
    file: "cells.service",
    unit: `[Unit]
Description=Cells

[Service]
Delegate=yes
ExecStart=/usr/local/bin/cells
`,
    never: "ProtectControlGroups RestrictNamespaces ProtectKernelTunables PrivateDevices",
    must: "LockPersonality SystemCallArchitectures RestrictRealtime",
  },
  {
    is: "a screen locker",
    file: "greylock@.service",
    unit: `[Unit]
Description=Lock the screen of %i before sleep
Before=sleep.target

[Service]
User=%i
Environment=DISPLAY=:0
ExecStart=/usr/local/bin/greylock
`,
    never: "PrivateTmp NoNewPrivileges ProtectHome PrivateDevices",
    must: `${HARMLESS} ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
  {
    is: "a kiosk",
    file: "wall.service",
    unit: `[Unit]
Description=Kiosk in the hall
After=network-online.target

[Service]
User=kiosk
ExecStart=/usr/local/bin/wall https://intranet.example
`,
    never:
      "PrivateDevices ProtectClock RestrictNamespaces NoNewPrivileges PrivateTmp ProtectHome MemoryDenyWriteExecute",
    must: HARMLESS,
  },
  {
    is: "an inference server",
    file: "infer.service",
    unit: `[Unit]
Description=Inference on the GPU

[Service]
User=ai
ExecStart=/opt/infer/venv/bin/python -m infer --port 8000
`,
    never: "PrivateDevices ProtectClock MemoryDenyWriteExecute NoNewPrivileges ProtectKernelModules",
    must: `${HARMLESS} ProtectKernelTunables RestrictNamespaces RestrictSUIDSGID`,
  },
  {
    is: "a price scraper",
    file: "prices.service",
    unit: `[Unit]
Description=Price scraper

[Service]
User=prices
ExecStart=/opt/prices/venv/bin/python /opt/prices/main.py
`,
    never: "RestrictNamespaces NoNewPrivileges MemoryDenyWriteExecute ProtectHome",
    must: `${HARMLESS} ProtectKernelTunables ProtectKernelModules ProtectClock PrivateTmp`,
  },
  {
    is: "a spooler",
    file: "papersd.service",
    unit: `[Unit]
Description=Printer spooler of the print shop

[Service]
ExecStart=/usr/local/sbin/papersd -c /etc/papers/papersd.conf
`,
    never: "PrivateDevices ProtectClock ProtectSystem",
    must: `${HARMLESS} ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
  {
    is: "a file system in user space",
    file: "bucketfs.service",
    unit: `[Unit]
Description=Object storage as a FUSE mount

[Service]
ExecStart=/usr/local/bin/bucketfs bucket /srv/bucket
`,
    never: "PrivateDevices ProtectClock ProtectSystem PrivateTmp ProtectHome NoNewPrivileges",
    must: "LockPersonality SystemCallArchitectures RestrictRealtime",
  },
];
