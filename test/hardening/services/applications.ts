import { SERVER, type UnknownService } from "./service.ts";

/** Applications that say what they are and serve a port. */
export const APPLICATIONS: readonly UnknownService[] = [
  {
    is: "Fotoalbum der Familie",
    file: "fotos.service",
    unit: `[Unit]
Description=Fotoalbum der Familie
After=network.target
[Service]
User=fotos
StateDirectory=fotos
ExecStart=/usr/local/bin/fotos serve --port 2283
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Message queue",
    file: "mq9.service",
    unit: `[Unit]
Description=Message queue
After=network.target
[Service]
User=mq9
StateDirectory=mq9
ExecStart=/opt/mq9/bin/mq9d --port 9092 --data /var/lib/mq9
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Time series database",
    file: "tsdb4.service",
    unit: `[Unit]
Description=Time series database
After=network.target
[Service]
User=tsdb
StateDirectory=tsdb4
ExecStart=/usr/local/bin/tsdb4 -storage /var/lib/tsdb4 -httpListenAddr=:8428
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Reverse proxy",
    file: "edgeproxy.service",
    unit: `[Unit]
Description=Reverse proxy
After=network.target
[Service]
User=edge
AmbientCapabilities=CAP_NET_BIND_SERVICE
ExecStart=/opt/edgeproxy/edgeproxy -http :80 -https :443
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Wiki of the department",
    file: "wiki3.service",
    unit: `[Unit]
Description=Wiki of the department
After=network.target
[Service]
User=wiki
Environment=NODE_ENV=production PORT=3000
WorkingDirectory=/opt/wiki3
ExecStart=/usr/bin/node server
`,
    never: "MemoryDenyWriteExecute",
    shows: true,
    must: SERVER,
  },
  {
    is: "Webmail",
    file: "mailweb.service",
    unit: `[Unit]
Description=Webmail
After=network.target
[Service]
User=mailweb
ExecStart=/opt/mailweb/mailweb --listen=127.0.0.1:8888
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Matrix bridge to IRC",
    file: "matrixbridge.service",
    unit: `[Unit]
Description=Matrix bridge to IRC
After=network.target
[Service]
User=bridge
StateDirectory=matrixbridge
ExecStart=/opt/matrixbridge/bridge --port 29318 -c /etc/matrixbridge.yaml
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Forum",
    file: "forum.service",
    unit: `[Unit]
Description=Forum
After=network.target mariadb.service
[Service]
User=forum
WorkingDirectory=/srv/forum
ExecStart=/srv/forum/forum-linux-amd64 --http.addr=127.0.0.1:4567
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Reisekostenabrechnung",
    file: "reisen.service",
    unit: `[Unit]
Description=Reisekostenabrechnung
[Service]
User=reisen
ExecStart=/usr/local/bin/reisen --port 8401
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "E-book library",
    file: "ebooks.service",
    unit: `[Unit]
Description=E-book library
After=network.target
[Service]
User=books
ExecStart=/opt/ebooks/ebooks serve --http 0.0.0.0:8083 --library /srv/books
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Rezeptsammlung",
    file: "rezepte.service",
    unit: `[Unit]
Description=Rezeptsammlung
[Service]
User=rezepte
Environment=LISTEN_ADDR=127.0.0.1:8702
ExecStart=/opt/rezepte/rezepte
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Podcast aggregator",
    file: "podfeed.service",
    unit: `[Unit]
Description=Podcast aggregator
[Service]
User=pod
StateDirectory=podfeed
ExecStart=/usr/local/bin/podfeed --listen 127.0.0.1:8112
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Mahnwesen",
    file: "mahnwesen.service",
    unit: `[Unit]
Description=Mahnwesen
After=network.target postgresql.service
[Service]
User=mahn
ExecStart=/opt/mahnwesen/mahnwesen --port 8701
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Invitations and replies",
    file: "rsvp.service",
    unit: `[Unit]
Description=Invitations and replies
[Service]
User=rsvp
Environment=DATABASE_URL=postgres:///rsvp PORT=8705
ExecStart=/opt/rsvp/bin/rsvp
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Password manager",
    file: "vaultlet.service",
    unit: `[Unit]
Description=Password manager
[Service]
User=vault
StateDirectory=vaultlet
ExecStart=/usr/local/bin/vaultlet --rocket-port 8706
`,
    never: "",
    shows: true,
    must: SERVER,
  },
  {
    is: "Family tree",
    file: "genealogy.service",
    unit: `[Unit]
Description=Family tree
After=network.target
[Service]
User=tree
ExecStart=/opt/genealogy/gwd --port 2317
`,
    never: "",
    shows: true,
    must: SERVER,
  },
];
