/** Whole files as people write them by hand, of different kinds: path → text. Each value is typed to its end, then Enter. */
export const TYPED_FILES = {
  "shop.service": `[Unit]
Description=Web shop
Documentation=https://example.com/shop
Wants=network-online.target
After=network-online.target postgresql.service

[Service]
Type=simple
User=shop
Group=www-data
WorkingDirectory=/srv
Environment=PORT=8080
EnvironmentFile=-/etc/default/shop
ExecStart=/usr/bin/node /srv/shop/server.js --listen 8080
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=5
TimeoutStopSec=30s
PrivateTmp=yes
ProtectSystem=full

[Install]
WantedBy=multi-user.target
`,
  "backup.timer": `[Unit]
Description=Back up each night

[Timer]
OnCalendar=daily
OnBootSec=15min
RandomizedDelaySec=1h
AccuracySec=1m
Persistent=true
Unit=backup.service

[Install]
WantedBy=timers.target
`,
  "web.container": `# The web server of the shop
[Unit]
Description=Web server
After=network-online.target

[Container]
Image=docker.io/library/nginx:latest
ContainerName=web
PublishPort=8080:80
Volume=data.volume:/var/lib/data:Z
Network=host
Environment=TZ=UTC
AutoUpdate=registry
NoNewPrivileges=true
User=1000

[Service]
Restart=always

[Install]
WantedBy=default.target
`,
  "lan.network": `[Match]
Name=eth0

[Network]
Description=The office
DHCP=yes
Address=192.168.1.10/24
Gateway=192.168.1.1
DNS=1.1.1.1
IPv6AcceptRA=no
LinkLocalAddressing=ipv6

[DHCPv4]
UseDNS=no
`,
  "shop.service.d/limits.conf": `# No more than half of the machine
[Service]
Type=notify
User=net
Restart=no
KillMode=mixed
KillSignal=SIGINT
ExecStart=
ExecStart=/usr/bin/python3 /opt/shop/run.py
MemoryMax=512M
CPUQuota=50%
LimitNOFILE=65536
StandardOutput=journal
StateDirectory=shop
SystemCallFilter=@system-service
SystemCallFilter=mount
CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_CHOWN
UMask=0027
Nice=5
TimeoutStartSec=2min
`,
} as const;
