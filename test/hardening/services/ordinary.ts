import { HARMLESS, SERVER, type UnknownService } from "./service.ts";

/** Services that only serve, some of them with a word that means something else elsewhere. */
export const ORDINARY: readonly UnknownService[] = [
  {
    is: "a web application",
    file: "shop.service",
    unit: `[Unit]
Description=Shop
After=network.target

[Service]
User=shop
WorkingDirectory=/srv/shop
ExecStart=/srv/shop/venv/bin/gunicorn --bind 127.0.0.1:8000 shop.wsgi
`,
    never: "",
    shows: true,
    must: `${HARMLESS} PrivateTmp PrivateDevices ProtectClock ProtectKernelTunables ProtectKernelModules RestrictSUIDSGID RestrictNamespaces RestrictRealtime`,
  },
  {
    is: "an API in Go",
    file: "orders.service",
    unit: `[Unit]
Description=Orders API

[Service]
User=orders
ExecStart=/usr/local/bin/orders -listen :8080
`,
    never: "",
    shows: true,
    must: `${SERVER} NoNewPrivileges ProtectProc CapabilityBoundingSet`,
  },
  {
    is: "a Java server",
    file: "billing.service",
    unit: `[Unit]
Description=Billing

[Service]
User=billing
ExecStart=/usr/bin/java -jar /opt/billing/billing.jar --server.port=8081
`,
    never: "MemoryDenyWriteExecute",
    shows: true,
    must: `${SERVER} NoNewPrivileges ProtectProc`,
  },
  {
    is: "a server in JavaScript",
    file: "chat.service",
    unit: `[Unit]
Description=Realtime chat

[Service]
User=chat
Environment=PORT=3000
ExecStart=/usr/bin/node /opt/chat/server.js
`,
    never: "MemoryDenyWriteExecute",
    shows: true,
    must: `${SERVER} NoNewPrivileges ProtectProc`,
  },
  {
    is: "a nightly backup",
    file: "nightly.service",
    unit: `[Unit]
Description=Nightly copy of /srv

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/nightly.sh
`,
    never: "PrivateTmp ProtectHome",
    shows: true,
    must: "",
  },
  {
    is: "a static site",
    file: "pages.service",
    unit: `[Unit]
Description=Pages of the club

[Service]
DynamicUser=yes
ExecStart=/usr/local/bin/pages --root /srv/pages --port 8088
`,
    never: "",
    shows: true,
    must: "PrivateDevices ProtectClock ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups RestrictNamespaces RestrictRealtime LockPersonality RestrictAddressFamilies CapabilityBoundingSet",
  },
  {
    is: "an exporter that reads /proc",
    file: "procmetrics.service",
    unit: `[Unit]
Description=Prometheus exporter for load and memory

[Service]
User=procmetrics
ExecStart=/usr/local/bin/procmetrics --listen :9100
`,
    never: "",
    shows: true,
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "a queue worker",
    file: "thumbs.service",
    unit: `[Unit]
Description=Queue worker for thumbnails

[Service]
User=thumbs
ExecStart=/usr/local/bin/thumbs work --queue images
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "a matrix bridge",
    file: "bridge.service",
    unit: `[Unit]
Description=Matrix bridge to chat rooms elsewhere

[Service]
User=bridge
ExecStart=/opt/bridge/bridge -c /opt/bridge/config.yaml
`,
    never: "",
    must: `${SERVER} NoNewPrivileges ProtectProc`,
  },
  {
    is: "a fanout of messages",
    file: "fanout.service",
    unit: `[Unit]
Description=Fanout of messages to all subscribers

[Service]
User=fanout
ExecStart=/usr/local/bin/fanout --listen :7000
`,
    never: "",
    shows: true,
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "a photo gallery",
    file: "gallery.service",
    unit: `[Unit]
Description=Photo gallery, sorted by camera and lens

[Service]
User=gallery
StateDirectory=gallery
ExecStart=/usr/local/bin/gallery --port 2342
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "serial numbers",
    file: "serials.service",
    unit: `[Unit]
Description=Serial numbers of bicycles

[Service]
User=serials
ExecStart=/usr/local/bin/numbers --listen :7100
`,
    never: "",
    shows: true,
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "strings",
    file: "strings.service",
    unit: `[Unit]
Description=String search

[Service]
User=strings
ExecStart=/usr/local/bin/stringsearch
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "a payment interface",
    file: "tills.service",
    unit: `[Unit]
Description=API for payment terminals

[Service]
User=tills
ExecStart=/usr/local/bin/tills -addr :9443
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "audio books",
    file: "books.service",
    unit: `[Unit]
Description=Audio book library

[Service]
User=books
ExecStart=/usr/local/bin/books --port 13378
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "a container registry",
    file: "registry.service",
    unit: `[Unit]
Description=Container registry

[Service]
User=registry
ExecStart=/usr/local/bin/registry serve /etc/registry.yml
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "a viewer of tracks",
    file: "tracks.service",
    unit: `[Unit]
Description=Viewer for GPS tracks

[Service]
User=tracks
ExecStart=/usr/local/bin/tracks --port 8099
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "an admin page",
    file: "backoffice.service",
    unit: `[Unit]
Description=Admin panel of the shop

[Service]
User=backoffice
ExecStart=/usr/local/bin/backoffice --port 8101
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "a tunnel over SSH",
    file: "reverse.service",
    unit: `[Unit]
Description=SSH tunnel to the office

[Service]
User=reverse
ExecStart=/usr/bin/ssh -N -R 2222:localhost:22 office.example
`,
    never: "",
    shows: true,
    must: `${HARMLESS} PrivateTmp PrivateDevices ProtectClock ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
  {
    is: "a feed reader",
    file: "feeds.service",
    unit: `[Unit]
Description=Feed reader

[Service]
User=feeds
ExecStart=/opt/feeds/venv/bin/uvicorn feeds:app --port 8102
`,
    never: "",
    shows: true,
    must: `${HARMLESS} PrivateTmp PrivateDevices ProtectClock ProtectKernelTunables ProtectKernelModules RestrictNamespaces`,
  },
  {
    is: "a bot",
    file: "tellbot.service",
    unit: `[Unit]
Description=Bot for the chat

[Service]
User=tellbot
ExecStart=/usr/bin/python3 /opt/tellbot/bot.py
`,
    never: "",
    must: `${SERVER} NoNewPrivileges`,
  },
  {
    is: "a mailing list",
    file: "letters.service",
    unit: `[Unit]
Description=Newsletter of the museum

[Service]
User=letters
ExecStart=/usr/local/bin/letters --smtp localhost:25 --listen :8103
`,
    never: "",
    shows: true,
    must: SERVER,
  },
];
