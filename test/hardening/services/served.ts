import { HARMLESS, type UnknownService } from "./service.ts";

/** Services that open hardware, networks or namespaces and serve a port, declare directories or run as a dynamic user all the same. */
export const SERVED: readonly UnknownService[] = [
  {
    is: "TV streaming from the satellite dish",
    file: "tvserver.service",
    unit: `[Unit]
Description=TV streaming from the satellite dish
After=network.target
[Service]
User=tv
StateDirectory=tvserver
ExecStart=/opt/tvserver/tvserver --http-port 9981 --adapters 0,1
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "SSH agent for PIV keys",
    file: "pivtouch.service",
    unit: `[Unit]
Description=SSH agent for PIV keys
[Service]
User=keys
ExecStart=/usr/local/bin/pivtouch -l /run/pivtouch/agent.sock
RuntimeDirectory=pivtouch
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Door cam",
    file: "doorcam.service",
    unit: `[Unit]
Description=Door cam
After=network.target
[Service]
User=cam
ExecStart=/usr/local/bin/ustreamer2 --host 0.0.0.0 --port 8080 -r 1280x720
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Launchpad to OSC",
    file: "padbridge.service",
    unit: `[Unit]
Description=Launchpad to OSC
[Service]
User=stage
ExecStart=/usr/local/bin/padbridge --osc-port 9000
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Transcode worker",
    file: "vtrans.service",
    unit: `[Unit]
Description=Transcode worker
After=network.target
[Service]
User=media
SupplementaryGroups=render
ExecStart=/opt/vtrans/worker --queue redis://localhost --hwaccel vaapi
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Judge for submitted solutions",
    file: "jailrun.service",
    unit: `[Unit]
Description=Judge for submitted solutions
After=network.target
[Service]
ExecStart=/usr/local/bin/jailrun --http-addr :5050 --parallelism 4
`,
    never: "RestrictNamespaces",
    must: "",
  },
  {
    is: "WebAssembly function host",
    file: "wasmhost.service",
    unit: `[Unit]
Description=WebAssembly function host
After=network.target
[Service]
User=wasm
ExecStart=/usr/local/bin/wasmhost serve --addr 0.0.0.0:3000 /srv/functions
`,
    never: "MemoryDenyWriteExecute",
    must: HARMLESS,
  },
  {
    is: "Etikettendruck",
    file: "labelhub.service",
    unit: `[Unit]
Description=Etikettendruck
After=network.target
[Service]
User=label
ExecStart=/opt/labelhub/labelhub --http 0.0.0.0:6100 --usb
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Stage lighting",
    file: "dmxd.service",
    unit: `[Unit]
Description=Stage lighting
After=network.target
[Service]
User=stage
ExecStart=/usr/local/bin/dmxd --artnet --http-port 9090 --dongle enttec
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Photobooth with DSLR",
    file: "photobooth.service",
    unit: `[Unit]
Description=Photobooth with DSLR
[Service]
User=booth
ExecStart=/usr/bin/node /opt/photobooth/index.js
Environment=PORT=3333
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Remote development environments",
    file: "devbox.service",
    unit: `[Unit]
Description=Remote development environments
After=network.target
[Service]
User=dev
ExecStart=/opt/devbox/devbox server --port 7080 --workspaces /home/dev
`,
    never: "RestrictNamespaces NoNewPrivileges ProtectHome RestrictSUIDSGID",
    must: "",
  },
  {
    is: "Cat feeder web API",
    file: "catfeeder.service",
    unit: `[Unit]
Description=Cat feeder web API
[Service]
User=cat
ExecStart=/usr/bin/node /home/cat/feeder/app.js
Environment=PORT=3003
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "EFT-POS bridge",
    file: "swipepay.service",
    unit: `[Unit]
Description=EFT-POS bridge
[Service]
User=till
ExecStart=/opt/swipepay/bridge --listen 127.0.0.1:18080
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Direct links between sites",
    file: "natpunch.service",
    unit: `[Unit]
Description=Direct links between sites
After=network-online.target
[Service]
ExecStart=/usr/local/bin/natpunch up --listen-port 41641
StateDirectory=natpunch
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Webhooks that deploy sites",
    file: "hooksh.service",
    unit: `[Unit]
Description=Webhooks that deploy sites
After=network.target
[Service]
User=deploy
ExecStart=/usr/local/bin/hooksh -hooks /etc/hooks.json -port 9000
`,
    never: "NoNewPrivileges RestrictSUIDSGID",
    must: "",
  },
  {
    is: "Saves web pages as PDF",
    file: "hoard.service",
    unit: `[Unit]
Description=Saves web pages as PDF
After=network.target
[Service]
User=hoard
StateDirectory=hoard
ExecStart=/opt/hoard/hoard server --port 8010
`,
    never: "RestrictNamespaces",
    must: HARMLESS,
  },
  {
    is: "Movies and shows",
    file: "jellyclone.service",
    unit: `[Unit]
Description=Movies and shows
After=network.target
[Service]
User=media
StateDirectory=jellyclone
ExecStart=/opt/jellyclone/jellyclone --http-port 8096
`,
    never: "PrivateDevices ProtectClock",
    must: HARMLESS,
  },
  {
    is: "Browser based command line",
    file: "dbadmin-shell.service",
    unit: `[Unit]
Description=Browser based command line
[Service]
User=ops
ExecStart=/opt/bcl/bcl --addr :8022
`,
    never: "NoNewPrivileges",
    must: "",
  },
];
