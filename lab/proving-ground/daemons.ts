import { command, type Daemon, datagram, dns, file, http, talk } from "./daemon.ts";

/** A page in the place where Debian's web servers look; they share it, so that any of them may have left its own there. */
const PAGE = "mkdir -p /var/www/html; echo letter of the probe > /var/www/html/probe.txt";

/** A person who logs in and gets mail. */
const PERSON = `
useradd --create-home --shell /bin/bash anna
echo anna:secret | chpasswd
`;

const LOGIN = [">USER anna\r\n", "<331", ">PASS secret\r\n", "<230"] as const;

const LETTER = (port: number) =>
  talk(
    port,
    "<220",
    ">EHLO box\r\n",
    "<250",
    ">MAIL FROM:<anna@localhost>\r\n",
    "<250 ",
    ">RCPT TO:<anna@localhost>\r\n",
    "<250 ",
    ">DATA\r\n",
    "<354",
    ">Subject: probe\r\n\r\nletter of the probe\r\n.\r\n",
    "<250 ",
  );

const REDIS = [">SET probe 42\r\nGET probe\r\nBGSAVE\r\n", "<+OK", "<42", "<saving started"] as const;

/** Daemons of Debian whose unit files the corpus of real units has, too. */
export const DAEMONS: readonly Daemon[] = [
  {
    packages: ["nginx-light"],
    unit: "nginx.service",
    role: "web server",
    setup: PAGE,
    probes: [http(80, "/probe.txt", "letter")],
    ci: true,
  },
  {
    packages: ["apache2"],
    unit: "apache2.service",
    role: "web server",
    setup: PAGE,
    probes: [http(80, "/probe.txt", "letter")],
  },
  {
    packages: ["lighttpd"],
    unit: "lighttpd.service",
    role: "web server",
    setup: PAGE,
    probes: [http(80, "/probe.txt", "letter")],
  },
  {
    packages: ["webfs"],
    unit: "webfs.service",
    role: "web server",
    setup: PAGE,
    probes: [http(8000, "/probe.txt", "letter")],
  },
  {
    packages: ["php8.4-fpm", "libfcgi-bin"],
    unit: "php8.4-fpm.service",
    role: "runtime of web applications",
    setup:
      'mkdir -p /var/www; echo \'<?php echo 6*7, "\\n"; file_put_contents("/tmp/probe", "x") or exit(1);\' > /var/www/probe.php',
    probes: [
      command(
        "SCRIPT_FILENAME=/var/www/probe.php REQUEST_METHOD=GET cgi-fcgi -bind -connect /run/php/php8.4-fpm.sock | grep 42",
      ),
    ],
  },
  {
    packages: ["squid"],
    unit: "squid.service",
    role: "web proxy",
    probes: [talk(3128, ">GET nothing HTTP/1.0\r\n\r\n", "<HTTP/1.1 400", "<squid")],
  },
  {
    packages: ["varnish"],
    unit: "varnish.service",
    role: "web cache",
    probes: [http(6081, "/", "Backend fetch failed", 503), command("varnishadm ping | grep PONG")],
  },
  {
    packages: ["privoxy"],
    unit: "privoxy.service",
    role: "web proxy",
    probes: [talk(8118, ">GET http://p.p/ HTTP/1.0\r\n\r\n", "<Privoxy")],
  },
  {
    packages: ["apt-cacher-ng"],
    unit: "apt-cacher-ng.service",
    role: "package cache",
    probes: [http(3142, "/acng-report.html", "Apt-Cacher")],
  },
  {
    packages: ["postfix"],
    unit: "postfix.service",
    role: "mail server",
    setup: `${PERSON}postconf -e mydestination=localhost,box home_mailbox= mailbox_command= inet_interfaces=loopback-only`,
    probes: [LETTER(25), file("/var/mail/anna", "letter of the probe")],
  },
  {
    packages: ["exim4-daemon-heavy"],
    unit: "exim4.service",
    role: "mail server",
    setup: PERSON,
    probes: [LETTER(25), file("/var/mail/anna", "letter of the probe")],
  },
  {
    packages: ["opensmtpd"],
    unit: "opensmtpd.service",
    role: "mail server",
    setup: PERSON,
    probes: [LETTER(25), command("grep -r 'letter of the probe' /home/anna")],
  },
  {
    packages: ["opendkim"],
    unit: "opendkim.service",
    role: "mail filter",
    setup: "sed -i 's,^Socket.*,Socket inet:8891@localhost,' /etc/opendkim.conf",
    // SMFIC_OPTNEG of the milter protocol.
    probes: [talk(8891, ">\0\0\0\rO\0\0\0\x06\0\0\x01\xff\0\x1f\xff\xff", "<O\0\0\0")],
  },
  {
    packages: ["postgrey"],
    unit: "postgrey.service",
    role: "mail policy service in Perl",
    probes: [
      talk(
        10023,
        ">request=smtpd_access_policy\nprotocol_state=RCPT\nclient_address=192.0.2.9\nclient_name=x\nsender=a@b\nrecipient=c@d\n\n",
        "<action=",
      ),
    ],
  },
  { packages: ["rspamd"], unit: "rspamd.service", role: "mail filter", probes: [http(11334, "/ping", "pong")] },
  {
    packages: ["bind9", "bind9-dnsutils"],
    unit: "named.service",
    role: "name server",
    setup: `
printf '$TTL 60\\n@ SOA a. b. 1 1 1 1 1\\n@ NS a.\\n@ A 192.0.2.1\\n' > /etc/bind/db.probe
echo 'zone "probe.example" { type primary; file "/etc/bind/db.probe"; };' >> /etc/bind/named.conf.local
`,
    probes: [dns(53, "probe.example"), command("rndc status | grep running")],
  },
  {
    packages: ["unbound", "dns-root-data"],
    unit: "unbound.service",
    role: "name server",
    probes: [dns(53, "localhost")],
  },
  {
    packages: ["dnsmasq"],
    unit: "dnsmasq.service",
    role: "name server",
    probes: [dns(53, "localhost")],
    ci: true,
  },
  {
    packages: ["dnsdist"],
    unit: "dnsdist.service",
    role: "load balancer for name servers",
    setup: `echo 'setLocal("127.0.0.1:53") addAction(AllRule(), SpoofAction("192.0.2.1"))' > /etc/dnsdist/dnsdist.conf`,
    probes: [dns(53, "probe.example")],
  },
  {
    packages: ["pdns-recursor"],
    unit: "pdns-recursor.service",
    role: "name server",
    probes: [dns(53, "localhost")],
  },
  { packages: ["knot-resolver"], unit: "kresd@1.service", role: "name server", probes: [dns(53, "localhost")] },
  {
    packages: ["mariadb-server"],
    unit: "mariadb.service",
    role: "database",
    probes: [command("mariadb -e 'create database if not exists probe; select 6*7' | grep 42")],
  },
  {
    packages: ["postgresql-17"],
    unit: "postgresql@17-main.service",
    role: "database",
    setup: "pg_lsclusters -h | grep -q '^17 ' || pg_createcluster 17 main",
    probes: [
      command(
        "su postgres -c 'psql --cluster 17/main -tc \"create table if not exists probe(); select 6*7\"' | grep 42",
      ),
    ],
  },
  {
    packages: ["firebird4.0-server"],
    unit: "firebird4.0.service",
    role: "database",
    probes: [talk(3050)],
  },
  {
    packages: ["influxdb"],
    unit: "influxdb.service",
    role: "time series database in Go",
    probes: [http(8086, "/ping", "", 204), http(8086, "/query?q=SHOW+DATABASES", "_internal")],
  },
  {
    packages: ["etcd-server"],
    unit: "etcd.service",
    role: "key-value store in Go",
    probes: [http(2379, "/health", "true")],
  },
  {
    packages: ["redis-server"],
    unit: "redis-server.service",
    role: "key-value store",
    probes: [talk(6379, ...REDIS), file("/var/lib/redis/dump.rdb", "probe")],
    ci: true,
  },
  {
    packages: ["valkey-server"],
    unit: "valkey-server.service",
    role: "key-value store",
    probes: [talk(6379, ...REDIS)],
  },
  {
    packages: ["memcached"],
    unit: "memcached.service",
    role: "cache",
    probes: [talk(11211, ">set probe 0 0 2\r\n42\r\nget probe\r\n", "<STORED", "<42")],
    ci: true,
  },
  {
    packages: ["beanstalkd"],
    unit: "beanstalkd.service",
    role: "queue",
    probes: [talk(11300, ">put 0 0 10 2\r\n42\r\n", "<INSERTED")],
    ci: true,
  },
  {
    packages: ["gearman-job-server"],
    unit: "gearman-job-server.service",
    role: "queue",
    probes: [talk(4730, ">status\n", "<.")],
  },
  {
    packages: ["rabbitmq-server"],
    unit: "rabbitmq-server.service",
    role: "queue in Erlang",
    probes: [talk(5672, ">AMQP\0\0\x09\x01", "<cluster_name"), command("rabbitmqctl list_queues")],
  },
  {
    packages: ["nats-server"],
    unit: "nats-server.service",
    role: "queue in Go",
    probes: [talk(4222, "<INFO", ">CONNECT {}\r\nPING\r\n", "<PONG")],
  },
  {
    packages: ["ntfy"],
    unit: "ntfy.service",
    role: "notification server in Go",
    setup: `printf 'listen-http: ":8080"\\n' > /etc/ntfy/server.yml`,
    probes: [http(8080, "/v1/health", "true")],
  },
  {
    packages: ["munin-node"],
    unit: "munin-node.service",
    role: "monitoring in Perl",
    probes: [
      talk(4949, "<# munin node", ">fetch load\n", "<load.value"),
      talk(4949, "<#", ">fetch processes\n", "<processes.value"),
    ],
  },
  {
    packages: ["zabbix-agent"],
    unit: "zabbix-agent.service",
    role: "monitoring",
    setup: "sed -i 's/^Server=.*/Server=127.0.0.1,::1/' /etc/zabbix/zabbix_agentd.conf",
    probes: [
      talk(10050, ">ZBXD\x01\x0a\0\0\0\0\0\0\0agent.ping", "<ZBXD", "<1"),
      talk(10050, ">ZBXD\x01\x11\0\0\0\0\0\0\0proc.num[systemd]", "<ZBXD", "<1"),
    ],
  },
  {
    packages: ["nagios-nrpe-server", "nagios-nrpe-plugin", "monitoring-plugins-basic"],
    unit: "nagios-nrpe-server.service",
    role: "monitoring",
    setup: "mkdir -p /run/nagios; chown nagios /run/nagios",
    probes: [command("/usr/lib/nagios/plugins/check_nrpe -H 127.0.0.1 -c check_load | grep load")],
  },
  {
    packages: ["prometheus-process-exporter"],
    unit: "prometheus-process-exporter.service",
    role: "monitoring in Go",
    setup: "echo 'ARGS=\"--procnames systemd\"' > /etc/default/prometheus-process-exporter",
    probes: [http(9256, "/metrics", 'groupname="systemd')],
  },
  {
    packages: ["vnstat"],
    unit: "vnstat.service",
    role: "network monitoring",
    probes: [command("vnstat --json | grep eth0")],
  },
  {
    packages: ["chrony"],
    unit: "chrony.service",
    role: "time server",
    setup: "printf 'allow 127.0.0.1\\nlocal stratum 8\\n' > /etc/chrony/conf.d/probe.conf",
    probes: [command("chronyc -n tracking | grep Stratum"), datagram(123, `23${"00".repeat(47)}`, "24")],
  },
  {
    packages: ["ntpsec"],
    unit: "ntpsec.service",
    role: "time server",
    probes: [command("ntpq -c rv 127.0.0.1 | grep version")],
  },
  {
    packages: ["openntpd"],
    unit: "openntpd.service",
    role: "time server",
    probes: [command("ntpctl -s status | grep -i peers")],
  },
  {
    packages: ["vsftpd"],
    unit: "vsftpd.service",
    role: "file server",
    setup: PERSON,
    probes: [talk(21, "<220", ...LOGIN)],
  },
  {
    packages: ["proftpd-core"],
    unit: "proftpd.service",
    role: "file server",
    setup: PERSON,
    probes: [talk(21, "<220", ...LOGIN)],
  },
  {
    packages: ["netatalk"],
    unit: "netatalk.service",
    role: "file server",
    probes: [talk(548)],
  },
  {
    packages: ["atftpd"],
    unit: "atftpd.service",
    role: "file server",
    setup: "mkdir -p /srv/tftp; echo letter of the probe > /srv/tftp/probe; chmod 644 /srv/tftp/probe",
    probes: [datagram(69, "000170726f6265006f6374657400", "00030001")],
  },
  {
    packages: ["syncthing"],
    unit: "syncthing@anna.service",
    role: "file server in Go",
    setup: PERSON,
    probes: [http(8384, "/rest/noauth/health", "OK")],
  },
  {
    packages: ["cups-daemon", "cups-client"],
    unit: "cups.service",
    role: "print server",
    setup: "echo FileDevice Yes >> /etc/cups/cups-files.conf",
    probes: [command("lpadmin -p probe -E -v file:///dev/null && lpstat -p probe | grep enabled")],
  },
  {
    packages: ["tomcat11"],
    unit: "tomcat11.service",
    role: "web server in Java",
    probes: [http(8080, "/")],
  },
  {
    packages: ["zabbix-java-gateway"],
    unit: "zabbix-java-gateway.service",
    role: "monitoring in Java",
    probes: [talk(10052)],
  },
  {
    packages: ["simple-whip-server"],
    unit: "simple-whip-server.service",
    role: "video gateway on Node.js",
    // It speaks to a media server, whose part a few lines take; the drop-in is for a Node.js that is not Debian's.
    setup: `
path=/usr/share/nodejs:$(echo /usr/lib/*/nodejs):/usr/share/javascript
mkdir -p /etc/systemd/system/simple-whip-server.service.d
printf "[Service]\\nEnvironment=NODE_PATH=$path\\n" > /etc/systemd/system/simple-whip-server.service.d/path.conf
cat > /usr/local/lib/janus.js <<'END'
const { server } = require("websocket");
new server({ httpServer: require("http").createServer().listen(8188) }).on("request", (request) => {
  const connection = request.accept("janus-protocol", request.origin);
  connection.on("message", ({ utf8Data }) => {
    const { transaction } = JSON.parse(utf8Data);
    const answer = { janus: "success", data: { id: 1 }, plugins: { "janus.plugin.videoroom": {} }, version: 1000 };
    connection.sendUTF(JSON.stringify({ ...answer, transaction }));
  });
});
END
systemd-run --quiet --unit=janus --setenv=NODE_PATH=$path node /usr/local/lib/janus.js
sleep 1
`,
    probes: [http(7080, "/whip/healthcheck")],
  },
  {
    packages: ["radicale"],
    unit: "radicale.service",
    role: "calendar server in Python",
    setup: "mkdir -p /var/cache/radicale; chown -R radicale: /var/lib/radicale /var/cache/radicale",
    probes: [http(5232, "/.web/", "Radicale")],
  },
  {
    packages: ["supervisor"],
    unit: "supervisor.service",
    role: "process manager in Python",
    setup: "printf '[program:probe]\\ncommand=/bin/sleep 1000\\n' > /etc/supervisor/conf.d/probe.conf",
    probes: [command("supervisorctl status | grep RUNNING")],
  },
  {
    packages: ["deluged"],
    unit: "deluged.service",
    role: "file sharing in Python",
    probes: [talk(58846)],
  },
  {
    packages: ["fail2ban", "python3-systemd"],
    unit: "fail2ban.service",
    role: "intrusion prevention in Python",
    probes: [command("fail2ban-client ping | grep pong")],
  },
  {
    packages: ["transmission-daemon"],
    unit: "transmission-daemon.service",
    role: "file sharing",
    probes: [talk(9091, ">GET /transmission/web/ HTTP/1.0\r\n\r\n", "<401")],
  },
  {
    packages: ["prosody"],
    unit: "prosody.service",
    role: "chat server in Lua",
    probes: [
      talk(
        5222,
        "><?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
        "<<stream:features",
      ),
    ],
  },
  {
    packages: ["ngircd"],
    unit: "ngircd.service",
    role: "chat server",
    probes: [talk(6667, ">NICK anna\r\nUSER anna 0 * :anna\r\n", "<001")],
    ci: true,
  },
  {
    packages: ["dropbear"],
    unit: "dropbear.service",
    role: "login server",
    probes: [talk(22, "<SSH-2.0-dropbear")],
  },
  {
    packages: ["at"],
    unit: "atd.service",
    role: "job scheduler",
    probes: [command("echo 'id -u > /tmp/at-ran' | at now; sleep 3; grep 0 /tmp/at-ran")],
  },
  {
    packages: ["rsyslog"],
    unit: "rsyslog.service",
    role: "log daemon",
    probes: [command("logger letter of the probe; sleep 1; grep 'letter of the probe' /var/log/syslog")],
  },
  {
    packages: ["munge"],
    unit: "munge.service",
    role: "authentication service",
    probes: [command("munge -n | unmunge | grep Success")],
  },
  {
    packages: ["frr"],
    unit: "frr.service",
    role: "routing daemon",
    probes: [command("vtysh -c 'show ip route' | grep eth0")],
  },
  {
    packages: ["bird3"],
    unit: "bird.service",
    role: "routing daemon",
    probes: [command("birdc show interfaces | grep eth0")],
  },
];
