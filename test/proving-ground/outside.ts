import { command, type Daemon, dns, file, http, talk } from "./daemon.ts";

const PERSON = `
useradd --create-home --shell /bin/bash anna
echo anna:secret | chpasswd
`;

/** A page that proxies fetch. */
const PAGE_ON_8000 = `
printf 'require("http").createServer((_, answer) => answer.end("probe")).listen(8000)' > /usr/local/lib/page.js
systemd-run --quiet --unit=page node /usr/local/lib/page.js
`;

/** A drop-in without the priorities that only some machines grant. */
const WITHOUT_PRIORITY = (name: string): string => `
mkdir -p /etc/systemd/system/${name}.service.d
printf '[Service]\\nOOMScoreAdjust=0\\nNice=0\\nLimitMEMLOCK=8M\\n' > /etc/systemd/system/${name}.service.d/priority.conf
`;

/** The device of tunnels, which a box has not. */
const TUN = `
mkdir -p /dev/net
[ -e /dev/net/tun ] || mknod /dev/net/tun c 10 200
`;

/** SMFIC_OPTNEG of the milter protocol. */
const MILTER = ">\0\0\0\rO\0\0\0\x06\0\0\x01\xff\0\x1f\xff\xff";

/** A question of Postfix for its policy service. */
const POLICY =
  "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\nclient_address=192.0.2.9\nclient_name=x\nreverse_client_name=x\nhelo_name=x\nsender=a@b.example\nrecipient=c@d.example\nrecipient_count=0\nsize=100\n\n";

/**
 * Daemons that nothing was fitted to when they came in: whether what holds for the list holds for others. What broke then
 * and has a rule since: dlt-daemon, goiardi, inn2, prometheus-smokeping-prober and, with the strict profile, ypserv.
 */
export const OUTSIDE: readonly Daemon[] = [
  {
    packages: ["haproxy"],
    unit: "haproxy.service",
    role: "load balancer",
    setup:
      "printf 'frontend f\\n bind :8080\\n mode http\\n http-request return status 200 content-type text/plain string probe\\n' >> /etc/haproxy/haproxy.cfg",
    probes: [http(8080, "/", "probe")],
  },
  {
    packages: ["mosquitto", "mosquitto-clients"],
    unit: "mosquitto.service",
    role: "queue",
    probes: [command("mosquitto_pub -r -t a -m probe && mosquitto_sub -C 1 -W 5 -t a | grep probe")],
  },
  {
    packages: ["slapd", "ldap-utils"],
    unit: "slapd.service",
    role: "directory server",
    probes: [
      command(
        "ldapsearch -x -b '' -s base namingContexts | grep Success; ldapsearch -Y EXTERNAL -H ldapi:/// -b cn=config -s base 2>/dev/null | grep cn=config",
      ),
    ],
  },
  {
    packages: ["knot"],
    unit: "knot.service",
    role: "name server",
    setup:
      "printf 'probe.example. 60 SOA a. b. 1 1 1 1 1\\nprobe.example. 60 A 192.0.2.1\\n' > /var/lib/knot/probe.example.zone; printf 'zone:\\n  - domain: probe.example\\n' >> /etc/knot/knot.conf; sed -i 's,#* *listen: .*,    listen: 127.0.0.1@53,' /etc/knot/knot.conf",
    probes: [dns(53, "probe.example")],
  },
  {
    packages: ["nsd"],
    unit: "nsd.service",
    role: "name server",
    setup:
      "printf 'probe.example. 60 SOA a. b. 1 1 1 1 1\\nprobe.example. 60 A 192.0.2.1\\n' > /etc/nsd/probe.zone; printf 'zone:\\n name: probe.example\\n zonefile: /etc/nsd/probe.zone\\n' >> /etc/nsd/nsd.conf",
    probes: [dns(53, "probe.example")],
  },
  {
    packages: ["openssh-server", "sshpass"],
    unit: "ssh.service",
    role: "login server",
    setup: PERSON,
    probes: [
      command(
        "sshpass -p secret ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null anna@localhost 'touch ~/here && id -un' | grep anna",
      ),
    ],
  },
  {
    packages: ["cron"],
    unit: "cron.service",
    role: "job scheduler",
    setup: "echo '* * * * * root touch /tmp/cron-ran' > /etc/cron.d/probe",
    probes: [command("true")],
  },
  { packages: ["tor"], unit: "tor@default.service", role: "proxy", probes: [talk(9050, ">\x05\x01\0", "<\x05\0")] },
  {
    packages: ["dovecot-imapd"],
    unit: "dovecot.service",
    role: "mail server",
    setup: `${PERSON}sed -i 's/^ssl_server_/#&/' /etc/dovecot/conf.d/10-ssl.conf
printf 'ssl = no\\nauth_allow_cleartext = yes\\n' > /etc/dovecot/conf.d/99-probe.conf`,
    probes: [talk(143, "<* OK", ">a LOGIN anna secret\r\n", "<a OK", ">b SELECT INBOX\r\n", "<b OK")],
  },
  {
    packages: ["samba", "smbclient"],
    unit: "smbd.service",
    role: "file server",
    setup: `${PERSON}(echo secret; echo secret) | smbpasswd -s -a anna`,
    probes: [command("smbclient //localhost/homes -U anna%secret -c 'mkdir here; ls' | grep here")],
  },
  {
    packages: ["icecast2"],
    unit: "icecast2.service",
    role: "audio server",
    probes: [http(8000, "/status-json.xsl", "icestats")],
  },
  { packages: ["monit"], unit: "monit.service", role: "monitoring", probes: [command("pgrep monit")] },
  { packages: ["collectd"], unit: "collectd.service", role: "monitoring", probes: [command("pgrep collectd")] },
  { packages: ["tomcat10"], unit: "tomcat10.service", role: "web server in Java", probes: [http(8080, "/")] },
  { packages: ["prometheus"], unit: "prometheus.service", role: "monitoring in Go", probes: [http(9090, "/-/ready")] },
  { packages: ["caddy"], unit: "caddy.service", role: "web server in Go", probes: [http(80, "/")] },
  {
    packages: ["tinyproxy"],
    unit: "tinyproxy.service",
    role: "web proxy",
    probes: [talk(8888, ">GET http://tinyproxy.stats/ HTTP/1.0\r\n\r\n", "<tinyproxy")],
  },
  {
    packages: ["rpcbind"],
    unit: "rpcbind.service",
    role: "port mapper",
    probes: [command("rpcinfo -p localhost | grep portmapper")],
  },
  {
    packages: ["snmpd", "snmp"],
    unit: "snmpd.service",
    role: "monitoring",
    probes: [command("snmpget -v2c -c public localhost .1.3.6.1.2.1.1.5.0 | grep box")],
  },
  {
    packages: ["avahi-daemon", "avahi-utils"],
    unit: "avahi-daemon.service",
    role: "discovery",
    probes: [command("avahi-resolve -4 -n box.local | grep 192.0.2.2")],
  },
  {
    packages: ["inspircd"],
    unit: "inspircd.service",
    role: "chat server",
    probes: [talk(6667, ">NICK anna\r\nUSER anna 0 * :anna\r\n", "<001")],
  },
  {
    packages: ["ejabberd"],
    unit: "ejabberd.service",
    role: "chat server in Erlang",
    probes: [
      talk(
        5222,
        "><?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
        "<<stream:features",
      ),
    ],
  },
  { packages: ["mumble-server"], unit: "mumble-server.service", role: "voice server", probes: [talk(64738)] },
  {
    packages: ["mini-httpd"],
    unit: "mini-httpd.service",
    role: "web server",
    setup:
      "sed -i 's/^START=0/START=1/' /etc/default/mini-httpd; mkdir -p /var/www/html; echo probe > /var/www/html/index.html",
    probes: [http(80, "/", "probe")],
  },
  { packages: ["jetty12"], unit: "jetty12.service", role: "web server in Java", probes: [http(8080, "/")] },
  { packages: ["quassel-core"], unit: "quasselcore.service", role: "chat client core", probes: [talk(4242)] },
  {
    packages: ["uptimed"],
    unit: "uptimed.service",
    role: "monitoring",
    probes: [command("uprecords | grep Linux"), file("/var/spool/uptimed/records", "Linux")],
  },
  {
    packages: ["xinetd"],
    unit: "xinetd.service",
    role: "super-server",
    setup: "sed -i 's/disable.*= yes/disable = no/' /etc/xinetd.d/daytime",
    probes: [talk(13, "<:")],
  },
  { packages: ["i2pd"], unit: "i2pd.service", role: "anonymous network", probes: [http(7070, "/", "I2P")] },
  { packages: ["monopd"], unit: "monopd.service", role: "game server", probes: [talk(1234, "<monopd")] },
  {
    packages: ["netperf"],
    unit: "netperf.service",
    role: "network monitoring",
    probes: [command("netperf -H 127.0.0.1 -l 1 | grep Throughput")],
  },
  {
    packages: ["syslog-ng-core"],
    unit: "syslog-ng.service",
    role: "log daemon",
    probes: [
      command(
        "logger letter of the probe; sleep 1; grep -r 'letter of the probe' /var/log/syslog /var/log/messages /var/log/user.log",
      ),
    ],
  },
  {
    packages: ["openbsd-inetd"],
    unit: "inetd.service",
    role: "super-server",
    setup: "echo 'daytime stream tcp nowait root internal' >> /etc/inetd.conf",
    probes: [talk(13, "<:")],
  },
  {
    packages: ["hitch", "openssl"],
    unit: "hitch.service",
    role: "TLS proxy",
    setup: `${PAGE_ON_8000}
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -keyout /tmp/key -out /tmp/cert
cat /tmp/key /tmp/cert > /etc/hitch/probe.pem
printf 'frontend = "[*]:8443"\\nbackend = "[127.0.0.1]:8000"\\npem-file = "/etc/hitch/probe.pem"\\n' > /etc/hitch/hitch.conf`,
    probes: [command("curl -sk https://localhost:8443/ | grep probe")],
  },
  {
    packages: ["pound"],
    unit: "pound.service",
    role: "load balancer",
    setup: `${PAGE_ON_8000}
sed -i 's/Port[ \\t]*80$/Port 8000/' /etc/pound.cfg`,
    probes: [http(8080, "/", "probe")],
  },
  {
    packages: ["yaws"],
    unit: "yaws.service",
    role: "web server in Erlang",
    setup:
      "mkdir -p /usr/local/lib/yaws-appmods/ebin /usr/local/lib/yaws-appmods/include; rm -f /etc/yaws/conf.d/localhost-ssl.conf",
    probes: [http(8080, "/", "Yaws")],
  },
  {
    packages: ["webdis", "redis-server"],
    unit: "webdis.service",
    role: "web gateway of a database",
    setup: "systemctl start redis-server",
    probes: [http(7379, "/SET/a/probe", "OK"), http(7379, "/GET/a", "probe")],
  },
  {
    packages: ["nghttp2-proxy"],
    unit: "nghttpx.service",
    role: "web proxy",
    setup: `${PAGE_ON_8000}
printf 'frontend=127.0.0.1,3000;no-tls\\nbackend=127.0.0.1,8000\\n' > /etc/nghttpx/nghttpx.conf`,
    probes: [http(3000, "/", "probe")],
  },
  {
    packages: ["uwsgi-emperor", "uwsgi-plugin-python3"],
    unit: "uwsgi-emperor.service",
    role: "server of web applications",
    setup: `
printf 'def application(env, start):\\n  start("200 OK", [])\\n  open("/var/tmp/seen", "a").write("x")\\n  return [b"probe"]\\n' > /srv/probe.py
printf '[uwsgi]\\nplugin=python3\\nhttp-socket=127.0.0.1:8080\\nwsgi-file=/srv/probe.py\\nuid=www-data\\n' > /etc/uwsgi-emperor/vassals/probe.ini`,
    probes: [http(8080, "/", "probe")],
  },
  {
    packages: ["fcgiwrap", "libfcgi-bin"],
    unit: "fcgiwrap.service",
    role: "runtime of web applications",
    setup:
      "mkdir -p /var/www; printf '#!/bin/sh\\nprintf \"Content-Type: text/plain\\\\n\\\\nprobe\\\\n\"\\ndate > /tmp/seen\\n' > /var/www/probe.cgi; chmod 755 /var/www/probe.cgi",
    probes: [
      command(
        "SCRIPT_FILENAME=/var/www/probe.cgi REQUEST_METHOD=GET cgi-fcgi -bind -connect /run/fcgiwrap.socket | grep probe",
      ),
    ],
  },
  {
    packages: ["gdnsd"],
    unit: "gdnsd.service",
    role: "name server",
    setup: `${WITHOUT_PRIORITY("gdnsd")}
mkdir -p /etc/gdnsd/zones
printf '@ SOA a. b. 1 1 1 1 1\\n@ NS ns\\nns A 192.0.2.1\\n@ A 192.0.2.1\\n' > /etc/gdnsd/zones/probe.example`,
    probes: [dns(53, "probe.example")],
  },
  {
    packages: ["opendmarc"],
    unit: "opendmarc.service",
    role: "mail filter",
    setup: "sed -i 's,^Socket.*,Socket inet:8893@localhost,' /etc/opendmarc.conf",
    probes: [talk(8893, MILTER, "<O\0\0\0")],
  },
  {
    packages: ["dkimpy-milter"],
    unit: "dkimpy-milter.service",
    role: "mail filter in Python",
    setup:
      "sed -i 's,^Socket.*,Socket inet:8892@localhost,' /etc/dkimpy-milter/dkimpy-milter.conf; printf 'Socket inet:8892@localhost\\nInternalHosts 127.0.0.1\\n' >> /etc/dkimpy-milter/dkimpy-milter.conf",
    probes: [talk(8892, MILTER, "<O\0\0\0")],
  },
  {
    packages: ["postsrsd"],
    unit: "postsrsd.service",
    role: "mail rewriting service",
    setup: "echo SRS_DOMAIN=box.example >> /etc/default/postsrsd",
    probes: [talk(10001, ">get anna@elsewhere.example\n", "<200 SRS0")],
  },
  {
    packages: ["postfwd"],
    unit: "postfwd.service",
    role: "mail policy service in Perl",
    setup:
      "mkdir -p /etc/postfix; echo 'id=PROBE; client_address==192.0.2.9; action=REJECT probe' > /etc/postfix/postfwd.cf",
    probes: [talk(10040, `>${POLICY}`, "<action=REJECT probe")],
  },
  {
    packages: ["sqlgrey", "libdbd-sqlite3-perl"],
    unit: "sqlgrey.service",
    role: "mail policy service in Perl",
    setup:
      "chown sqlgrey: /var/lib/sqlgrey; sed -i 's/^#* *db_type.*/db_type = SQLite/; s,^#* *db_name.*,db_name = /var/lib/sqlgrey/sqlgrey.db,' /etc/sqlgrey/sqlgrey.conf",
    probes: [talk(2501, `>${POLICY}`, "<action=")],
  },
  {
    packages: ["clamav-daemon", "clamdscan"],
    unit: "clamav-daemon.service",
    role: "virus scanner",
    // A signature of its own in the place of the database that it would load; the unit waits for the names of one.
    setup: `
mkdir -p /var/lib/clamav/main.inc /var/lib/clamav/daily.inc
printf letter > /tmp/letter
printf '%s:6:Probe\\n' $(md5sum < /tmp/letter | cut -c1-32) > /var/lib/clamav/probe.hdb`,
    probes: [command("printf letter > /var/tmp/letter; clamdscan --stream /var/tmp/letter | grep Probe")],
  },
  {
    packages: ["znc"],
    unit: "znc.service",
    role: "chat proxy",
    setup: `
mkdir -p /var/lib/znc/configs
cat > /var/lib/znc/configs/znc.conf <<'END'
Version = 1.9.1
LoadModule = webadmin
<Listener l>
  Port = 6697
  SSL = false
</Listener>
<User anna>
  Pass = plain#secret
  Admin = true
</User>
END
chown -R _znc: /var/lib/znc`,
    probes: [talk(6697, ">PASS anna:secret\r\nNICK anna\r\nUSER anna 0 * :anna\r\n", "<001")],
  },
  {
    packages: ["soju"],
    unit: "soju.service",
    role: "chat proxy in Go",
    setup: `
printf 'listen irc+insecure://localhost:6667\\ndb sqlite3 /var/lib/soju/main.db\\n' > /etc/soju/config
mkdir -p /var/lib/soju
echo secret | sojudb -config /etc/soju/config create-user anna -admin
chown -R soju: /var/lib/soju`,
    probes: [talk(6667, ">PASS secret\r\nNICK anna\r\nUSER anna 0 * :anna\r\n", "<001")],
  },
  {
    packages: ["pgbouncer", "postgresql-17"],
    unit: "pgbouncer.service",
    role: "connection pool of a database",
    setup: `
pg_lsclusters -h | grep -q '^17 ' || pg_createcluster 17 main
systemctl start postgresql@17-main
printf '[databases]\\npostgres = host=/var/run/postgresql port=PORT\\n[pgbouncer]\\nlisten_addr = localhost\\nlisten_port = 6432\\nunix_socket_dir = /var/run/postgresql\\nauth_type = any\\nlogfile = /var/log/postgresql/pgbouncer.log\\npidfile = /var/run/postgresql/pgbouncer.pid\\n' > /etc/pgbouncer/pgbouncer.ini
sed -i "s/PORT/$(pg_conftool -s 17 main show port) user=postgres/" /etc/pgbouncer/pgbouncer.ini`,
    probes: [command("psql -h localhost -p 6432 -U postgres -tc 'select 6*7' postgres | grep 42")],
  },
  {
    packages: ["tarantool"],
    unit: "tarantool@probe.service",
    role: "database in Lua",
    setup: `${WITHOUT_PRIORITY("tarantool@")}
mkdir -p /etc/tarantool/instances.enabled
printf 'box.cfg{listen=3301}\\nbox.schema.space.create("probe", {if_not_exists=true})\\n' > /etc/tarantool/instances.enabled/probe.lua`,
    probes: [talk(3301, "<Tarantool")],
  },
  {
    packages: ["groonga-server-http"],
    unit: "groonga-server-http.service",
    role: "search engine",
    setup: "mkdir -p /run/groonga; chown _groonga: /run/groonga",
    probes: [
      command("curl -s 'localhost:10043/d/table_create?name=probe&flags=TABLE_NO_KEY'"),
      http(10043, "/d/table_list", "probe"),
    ],
  },
  {
    packages: ["orthanc"],
    unit: "orthanc.service",
    role: "image archive of hospitals",
    setup: `printf '{ "AuthenticationEnabled": false }' > /etc/orthanc/probe.json
sed -i 's/"AuthenticationEnabled" : true/"AuthenticationEnabled" : false/' /etc/orthanc/orthanc.json`,
    probes: [http(8042, "/system", "Version")],
  },
  {
    packages: ["nutcracker", "redis-server"],
    unit: "nutcracker.service",
    role: "proxy of a database",
    setup: `
systemctl start redis-server
printf 'probe:\\n  listen: 127.0.0.1:22121\\n  redis: true\\n  servers:\\n   - 127.0.0.1:6379:1\\n' > /etc/nutcracker/nutcracker.yml`,
    probes: [talk(22121, ">*3\r\n$3\r\nSET\r\n$5\r\nprobe\r\n$2\r\n42\r\n", "<+OK")],
  },
  {
    packages: ["prometheus-alertmanager"],
    unit: "prometheus-alertmanager.service",
    role: "monitoring in Go",
    setup: `echo 'ARGS="--cluster.listen-address="' > /etc/default/prometheus-alertmanager`,
    probes: [http(9093, "/-/ready"), http(9093, "/api/v2/status", "uptime")],
  },
  {
    packages: ["prometheus-squid-exporter", "squid"],
    unit: "prometheus-squid-exporter.service",
    role: "monitoring in Go",
    setup: "systemctl start squid; sleep 2",
    probes: [http(9301, "/metrics", 'squid_up{host="localhost"} 1')],
  },
  {
    packages: ["snmptrapd", "snmp"],
    unit: "snmptrapd.service",
    role: "monitoring",
    setup:
      "mkdir -p /etc/snmp; echo 'disableAuthorization yes' >> /etc/snmp/snmptrapd.conf; echo 'traphandle default /usr/bin/logger -t probe' >> /etc/snmp/snmptrapd.conf; systemctl start snmptrapd.socket",
    probes: [
      command(
        "snmptrap -v2c -c public localhost '' .1.3.6.1.4.1.8072.2.3.0.1; sleep 1; journalctl -t probe | grep 8072",
      ),
    ],
  },
  {
    packages: ["mtail"],
    unit: "mtail.service",
    role: "monitoring in Go",
    setup: `
echo LOGS=/var/log/probe.log >> /etc/default/mtail
printf 'counter probes\\n/letter/ {\\n  probes++\\n}\\n' > /etc/mtail/probe.mtail
touch /var/log/probe.log`,
    probes: [
      command("echo letter >> /var/log/probe.log; sleep 1; curl -s localhost:3903/metrics | grep '^probes.* [1-9]'"),
    ],
  },
  {
    packages: ["carbon-c-relay"],
    unit: "carbon-c-relay.service",
    role: "monitoring",
    setup: `
printf 'cluster probe file /var/log/carbon-c-relay/probe.log;\\nmatch * send to probe stop;\\n' > /etc/carbon-c-relay.conf
mkdir -p /var/log/carbon-c-relay; chown carbon-c-relay: /var/log/carbon-c-relay`,
    probes: [
      command(
        "bash -c 'echo probe 42 1700000000 > /dev/tcp/127.0.0.1/2003'; sleep 3; grep 'probe 42' /var/log/carbon-c-relay/probe.log",
      ),
    ],
  },
  {
    packages: ["tinc"],
    unit: "tinc@probe.service",
    role: "tunnel program",
    setup: `${TUN}
mkdir -p /etc/tinc/probe/hosts
printf 'Name = probe\\nDevice = /dev/net/tun\\n' > /etc/tinc/probe/tinc.conf
printf '#!/bin/sh\\nip addr add 198.51.100.1/24 dev $INTERFACE\\nip link set $INTERFACE up\\n' > /etc/tinc/probe/tinc-up
chmod 755 /etc/tinc/probe/tinc-up
echo | tincd -n probe -K2048`,
    probes: [talk(655), command("ip addr show dev probe | grep 198.51.100.1")],
  },
  {
    packages: ["ocserv", "ssl-cert"],
    unit: "ocserv.service",
    role: "tunnel program",
    setup: "make-ssl-cert generate-default-snakeoil; touch /etc/ocserv/passwd",
    probes: [command("curl -sk https://localhost/ | grep -i auth")],
  },
  {
    packages: ["shadowsocks-libev", "curl"],
    unit: "shadowsocks-libev.service",
    role: "tunnel program",
    setup: `${PAGE_ON_8000}
echo '{ "server": "127.0.0.1", "server_port": 8388, "password": "probe", "method": "aes-256-gcm", "timeout": 60 }' > /etc/shadowsocks-libev/config.json`,
    probes: [
      command(
        "ss-local -s 127.0.0.1 -p 8388 -l 1080 -k probe -m aes-256-gcm > /dev/null 2>&1 & sleep 1; curl -s --socks5-hostname 127.0.0.1:1080 http://127.0.0.1:8000/ | grep probe; found=$?; kill %1 $!; exit $found",
      ),
    ],
  },
  {
    packages: ["keepalived"],
    unit: "keepalived.service",
    role: "routing daemon",
    setup:
      "printf 'vrrp_instance probe {\\n interface eth0\\n state MASTER\\n virtual_router_id 1\\n virtual_ipaddress {\\n 192.0.2.50/24\\n }\\n}\\n' > /etc/keepalived/keepalived.conf",
    probes: [command("ip -4 addr show dev eth0 | grep 192.0.2.50")],
  },
  {
    packages: ["radvd", "radvdump"],
    unit: "radvd.service",
    role: "routing daemon",
    setup:
      "ip link add probe type veth peer name other; ip link set probe up; ip link set other up; sleep 3; printf 'interface probe {\\n AdvSendAdvert on;\\n MinRtrAdvInterval 3;\\n MaxRtrAdvInterval 4;\\n prefix 2001:db8::/64 {};\\n};\\n' > /etc/radvd.conf",
    probes: [command("timeout 12 radvdump | grep -m1 2001:db8")],
  },
  {
    packages: ["kea-dhcp4-server", "socat"],
    unit: "kea-dhcp4-server.service",
    role: "DHCP server",
    setup: `sed -i 's/"interfaces": \\[.*\\]/"interfaces": [ "eth0" ]/' /etc/kea/kea-dhcp4.conf`,
    probes: [
      command('echo \'{ "command": "config-get" }\' | socat - UNIX-CONNECT:/run/kea/kea4-ctrl-socket | grep subnet4'),
      command("grep -v Proto /proc/net/packet"),
    ],
  },
  {
    packages: ["oidentd"],
    unit: "oidentd.service",
    role: "identity server",
    probes: [talk(113, ">1, 2\r\n", "<1,2:ERROR")],
  },
  {
    packages: ["ntpd-rs"],
    unit: "ntpd-rs.service",
    role: "time server in Rust",
    probes: [command("ntp-ctl status | grep -i stratum")],
  },
  { packages: ["bacula-fd"], unit: "bacula-fd.service", role: "backup", probes: [talk(9102)] },
  {
    packages: ["mopidy"],
    unit: "mopidy.service",
    role: "audio server in Python",
    probes: [http(6680, "/mopidy/", "Mopidy")],
  },
  {
    packages: ["dicod"],
    unit: "dicod.service",
    role: "dictionary server",
    probes: [talk(2628, "<220", ">SHOW SERVER\r\n", "<114")],
  },
  {
    packages: ["wesnoth-1.18-server"],
    unit: "wesnoth-1.18-server.service",
    role: "game server",
    probes: [talk(15000, ">\0\0\0\0", "<\0\0")],
  },
  {
    packages: ["conserver-server"],
    unit: "conserver-server.service",
    role: "console server",
    setup:
      "printf 'console probe { master localhost; type exec; exec /bin/cat; rw *; }\\naccess * { trusted 127.0.0.1, ::1; }\\n' > /etc/conserver/conserver.cf",
    probes: [talk(3109, "<ok")],
  },
  {
    packages: ["moosefs-master", "moosefs-cli"],
    unit: "moosefs-master.service",
    role: "distributed file system",
    setup: `${WITHOUT_PRIORITY("moosefs-master")}
echo WORKING_USER=mfs > /etc/mfs/mfsmaster.cfg
echo '* / rw,alldirs,maproot=0' > /etc/mfs/mfsexports.cfg
cp -n /var/lib/mfs/metadata.mfs.empty /var/lib/mfs/metadata.mfs || true
chown -R mfs: /var/lib/mfs || true`,
    probes: [command("mfscli -H localhost -SIN | grep version")],
  },
  {
    packages: ["endlessh"],
    unit: "endlessh.service",
    role: "trap",
    setup: "mkdir -p /etc/endlessh; echo Delay 500 > /etc/endlessh/config",
    probes: [talk(2222, "<\r\n")],
  },
  {
    packages: ["ziproxy"],
    unit: "ziproxy.service",
    role: "web proxy",
    setup: PAGE_ON_8000,
    probes: [talk(8080, ">GET http://127.0.0.1:8000/ HTTP/1.0\r\nHost: 127.0.0.1:8000\r\n\r\n", "<probe")],
  },
  {
    packages: ["c-icap"],
    unit: "c-icap.service",
    role: "web filter",
    probes: [talk(1344, ">OPTIONS icap://localhost/echo ICAP/1.0\r\nHost: localhost\r\n\r\n", "<ICAP/1.0 200")],
  },
  {
    packages: ["didiwiki"],
    unit: "didiwiki.service",
    role: "wiki",
    probes: [http(8000, "/WikiHome?edit", "textarea")],
  },
  {
    packages: ["webhook"],
    unit: "webhook.service",
    role: "web hooks in Go",
    setup: `echo '[{ "id": "probe", "execute-command": "/usr/bin/id", "include-command-output-in-response": true }]' > /etc/webhook.conf`,
    probes: [http(9000, "/hooks/probe", "uid=0")],
  },
  {
    packages: ["opentracker"],
    unit: "opentracker.service",
    role: "file sharing",
    setup:
      "echo 6161616161616161616161616161616161616161 > /etc/opentracker/probe; sed -i '/^access.whitelist/d' /etc/opentracker/opentracker.conf; echo access.whitelist /etc/opentracker/probe >> /etc/opentracker/opentracker.conf",
    probes: [
      http(6969, "/announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=1&left=0", "interval"),
    ],
  },
  {
    packages: ["radsecproxy", "freeradius-utils"],
    unit: "radsecproxy.service",
    role: "authentication proxy",
    setup:
      "printf 'listenUDP 127.0.0.1:1812\\nclient 127.0.0.1 {\\n type udp\\n secret testing\\n}\\nrealm * {\\n replymessage \"letter\"\\n}\\n' > /etc/radsecproxy.conf",
    probes: [
      command("echo 'User-Name=anna@box,User-Password=b' | radclient -x 127.0.0.1:1812 auth testing | grep letter"),
    ],
  },
  {
    packages: ["owserver", "ow-shell"],
    unit: "owserver.service",
    role: "sensors",
    probes: [command("owdir -s localhost:4304 / | grep system")],
  },
  {
    packages: ["stunnel4", "openssl"],
    unit: "stunnel@probe.service",
    role: "TLS proxy",
    setup: `${PAGE_ON_8000}
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -keyout /tmp/key -out /tmp/cert
cat /tmp/key /tmp/cert > /etc/stunnel/probe.pem
printf 'pid = /run/stunnel-probe.pid\\nforeground = yes\\n[probe]\\naccept = 8443\\nconnect = 8000\\ncert = /etc/stunnel/probe.pem\\n' > /etc/stunnel/probe.conf`,
    probes: [command("curl -sk https://localhost:8443/ | grep probe")],
  },
  {
    packages: ["goiardi"],
    unit: "goiardi.service",
    role: "configuration server in Go",
    probes: [http(4545, "/nodes", "", 401)],
  },
  {
    packages: ["ypserv", "rpcbind"],
    unit: "ypserv.service",
    role: "user directory",
    setup: "echo probe > /etc/defaultdomain; mkdir -p /var/yp/probe; systemctl start rpcbind",
    probes: [command("rpcinfo -p | grep ypserv"), command("rpcinfo -u localhost ypserv | grep ready")],
  },
  { packages: ["gpsd"], unit: "gpsd.service", role: "positions of satellites", probes: [talk(2947, "<VERSION")] },
  {
    packages: ["monitorix"],
    unit: "monitorix.service",
    role: "monitoring in Perl",
    probes: [http(8080, "/monitorix/", "onitorix")],
  },
  {
    packages: ["smokeping", "rrdtool"],
    unit: "smokeping.service",
    role: "network monitoring in Perl",
    setup: "sed -i 's/^step .*/step = 10/; s/^pings .*/pings = 3/' /etc/smokeping/config.d/Database",
    probes: [
      command(
        "sleep 12; rrdtool lastupdate $(find /var/lib/smokeping -name '*.rrd' | head -1) | awk 'END { exit $3 != 0 }'",
      ),
    ],
  },
  {
    packages: ["knockd"],
    unit: "knockd.service",
    role: "firewall program",
    setup: `
echo 'KNOCKD_OPTS="-i lo"' >> /etc/default/knockd
printf '[options]\\n UseSyslog\\n[probe]\\n sequence = 7000:udp\\n seq_timeout = 5\\n command = /usr/bin/touch /run/knocked\\n' > /etc/knockd.conf`,
    probes: [command("knock -u 127.0.0.1 7000; sleep 1; ls /run/knocked")],
  },
  {
    packages: ["babeld"],
    unit: "babeld.service",
    role: "routing daemon",
    setup: "printf 'local-port 33123\\nskip-kernel-setup true\\ninterface eth0\\n' > /etc/babeld.conf",
    probes: [talk(33123, "<BABEL", ">dump\n", "<eth0")],
  },
  {
    packages: ["smcroute"],
    unit: "smcroute.service",
    role: "routing daemon",
    probes: [command("smcroutectl show interfaces | grep eth0")],
  },
  {
    packages: ["gobgpd"],
    unit: "gobgpd.service",
    role: "routing daemon in Go",
    setup: "printf '[global.config]\\n as = 64512\\n router-id = \"192.0.2.2\"\\n' > /etc/gobgpd.conf",
    probes: [command("gobgp global | grep 64512")],
  },
  {
    packages: ["dhcpy6d"],
    unit: "dhcpy6d.service",
    role: "DHCP server in Python",
    setup:
      "sed -i 's/^RUN=.*/RUN=yes/' /etc/default/dhcpy6d; sed -i 's/^interface *=.*/interface = eth0/' /etc/dhcpy6d.conf",
    probes: [command("grep ':0223 ' /proc/net/udp6")],
  },
  {
    packages: ["iodine"],
    unit: "iodined.service",
    role: "tunnel program",
    setup: `${TUN}
systemctl unmask iodined
printf 'IODINED_ARGS="198.51.100.1/24 t.example"\\nIODINED_PASSWORD="probe"\\n' > /etc/default/iodine`,
    probes: [command("ip addr show | grep 198.51.100.1")],
  },
  {
    packages: ["jabberd2"],
    unit: "jabberd-c2s.service",
    role: "chat server",
    probes: [
      talk(
        5222,
        "><?xml version='1.0'?><stream:stream to='localhost.localdomain' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
        "<<stream:features",
      ),
    ],
  },
  {
    packages: ["courier-authdaemon"],
    unit: "courier-authdaemon.service",
    role: "authentication service",
    setup: PERSON,
    probes: [command("authtest anna secret | grep 'Home Directory: /home/anna'")],
  },
  {
    packages: ["inn2"],
    unit: "inn2.service",
    role: "news server",
    probes: [talk(119, "<200", ">LIST\r\n", "<control")],
  },
  {
    packages: ["milter-greylist"],
    unit: "milter-greylist.service",
    role: "mail filter",
    setup: `sed -i 's,^socket.*,socket "inet:8894@127.0.0.1",' /etc/milter-greylist/greylist.conf`,
    probes: [talk(8894, MILTER, "<O\0\0\0")],
  },
  {
    packages: ["chasquid", "openssl"],
    unit: "chasquid.service",
    role: "mail server in Go",
    setup: `
mkdir -p /etc/chasquid/certs/box /etc/chasquid/domains/localhost
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=box -keyout /etc/chasquid/certs/box/privkey.pem -out /etc/chasquid/certs/box/fullchain.pem
chasquid-util user-add anna@localhost --password=secret
printf 'hostname: "box"\\nmail_delivery_agent_bin: "/bin/dd"\\nmail_delivery_agent_args: "of=/var/lib/chasquid/letter"\\n' > /etc/chasquid/chasquid.conf
chown -R chasquid: /etc/chasquid`,
    probes: [
      talk(
        25,
        "<220",
        ">EHLO there.example\r\n",
        "<250 ",
        ">MAIL FROM:<berta@there.example>\r\n",
        "<250 ",
        ">RCPT TO:<anna@localhost>\r\n",
        "<250 ",
        ">DATA\r\n",
        "<354",
        ">Subject: probe\r\n\r\nletter\r\n.\r\n",
        "<250 ",
      ),
      file("/var/lib/chasquid/letter", "letter"),
    ],
  },
  {
    packages: ["crossfire-server", "crossfire-maps"],
    unit: "crossfire-server.service",
    role: "game server",
    probes: [talk(13327, "<version")],
  },
  {
    packages: ["glusterfs-server"],
    unit: "glusterd.service",
    role: "distributed file system",
    probes: [
      command(
        "gluster --mode=script volume info probe 2>/dev/null || gluster --mode=script volume create probe 192.0.2.2:/srv/brick force && gluster --mode=script volume start probe force && gluster volume status probe | grep ' Y '",
      ),
    ],
  },
  {
    packages: ["tgt"],
    unit: "tgt.service",
    role: "block device server",
    setup: `
truncate -s 1M /srv/disk
printf '<target iqn.2001-04.example:probe>\\n backing-store /srv/disk\\n</target>\\n' > /etc/tgt/conf.d/probe.conf`,
    probes: [command("tgtadm --lld iscsi --op show --mode target | grep /srv/disk")],
  },
  {
    packages: ["osmo-hlr"],
    unit: "osmo-hlr.service",
    role: "directory of phones",
    setup: "useradd --system osmocom",
    probes: [talk(4258, "<OsmoHLR")],
  },
  {
    packages: ["dlt-daemon", "dlt-tools"],
    unit: "dlt.service",
    role: "log daemon",
    probes: [
      command(
        "(sleep 1; echo letter | dlt-adaptor-stdin) & timeout 5 dlt-receive -a localhost > /tmp/seen; grep -a letter /tmp/seen",
      ),
    ],
  },
  {
    packages: ["omniorb-nameserver", "omniorb"],
    unit: "omniorb-nameserver.service",
    role: "name server of objects",
    setup: "echo 'InitRef = NameService=corbaname::localhost' >> /etc/omniORB.cfg",
    probes: [command("nameclt bind_new_context probe; nameclt list | grep probe")],
  },
  {
    packages: ["e2guardian"],
    unit: "e2guardian.service",
    role: "web filter",
    setup: PAGE_ON_8000,
    probes: [
      talk(8080, ">GET http://127.0.0.1:8000/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n", "<HTTP/1.1 200", "<probe"),
    ],
  },
  {
    packages: ["yaskkserv", "skkdic"],
    unit: "yaskkserv.service",
    role: "dictionary server",
    probes: [talk(1178, ">2", "<yaskkserv")],
  },
  {
    packages: ["irtt"],
    unit: "irtt.service",
    role: "network monitoring in Go",
    probes: [command("irtt client -d 1s -i 200ms 127.0.0.1 | grep RTT")],
  },
  {
    packages: ["serf"],
    unit: "serf.service",
    role: "cluster membership in Go",
    setup: `mkdir -p /etc/serf; echo '{ "bind": "127.0.0.1:7946" }' > /etc/serf/probe.json`,
    probes: [command("serf members | grep alive")],
  },
  {
    packages: ["v2ray", "curl"],
    unit: "v2ray.service",
    role: "tunnel program in Go",
    setup: `${PAGE_ON_8000}
echo '{ "inbounds": [{ "port": 8118, "protocol": "http" }], "outbounds": [{ "protocol": "freedom" }] }' > /etc/v2ray/config.json`,
    probes: [command("curl -s -x http://127.0.0.1:8118 http://127.0.0.1:8000/ | grep probe")],
  },
  {
    packages: ["autofs"],
    unit: "autofs.service",
    role: "mounts on demand",
    setup:
      "echo letter > /srv/letter; echo '/auto /etc/auto.probe' > /etc/auto.master; echo 'here -fstype=bind :/srv' > /etc/auto.probe",
    probes: [command("cat /auto/here/letter")],
  },
  {
    packages: ["zabbix-agent2"],
    unit: "zabbix-agent2.service",
    role: "monitoring in Go",
    setup: "sed -i 's/^Server=.*/Server=127.0.0.1,::1/' /etc/zabbix/zabbix_agent2.conf",
    probes: [
      talk(10050, ">ZBXD\x01\x0a\0\0\0\0\0\0\0agent.ping", "<ZBXD", "<1"),
      talk(10050, ">ZBXD\x01\x11\0\0\0\0\0\0\0proc.num[systemd]", "<ZBXD", "<1"),
    ],
  },
  {
    packages: ["pcp"],
    unit: "pmcd.service",
    role: "monitoring",
    probes: [command("pminfo -f kernel.all.load | grep value")],
  },
  {
    packages: ["xymon"],
    unit: "xymon.service",
    role: "monitoring",
    probes: [command("/usr/lib/xymon/client/bin/xymon 127.0.0.1 ping | grep xymond")],
  },
  {
    packages: ["prometheus-smokeping-prober", "curl"],
    unit: "prometheus-smokeping-prober.service",
    role: "network monitoring in Go",
    setup: `echo 'ARGS="127.0.0.1"' > /etc/default/prometheus-smokeping-prober`,
    probes: [
      command("sleep 2; curl -s localhost:9374/metrics | grep '^smokeping_response_duration_seconds_count.* [1-9]'"),
    ],
  },
  {
    packages: ["prometheus-bird-exporter", "bird3"],
    unit: "prometheus-bird-exporter.service",
    role: "monitoring in Go",
    setup: `systemctl start bird; echo 'ARGS="-bird.v2"' > /etc/default/prometheus-bird-exporter`,
    probes: [http(9324, "/metrics", "bird_protocol_up{")],
  },
  {
    packages: ["prometheus-varnish-exporter", "varnish"],
    unit: "prometheus-varnish-exporter.service",
    role: "monitoring in Go",
    setup: "useradd --system prometheus; systemctl start varnish; sleep 2",
    probes: [http(9131, "/metrics", "varnish_up 1")],
  },
  {
    packages: ["exabgp"],
    unit: "exabgp.service",
    role: "routing daemon in Python",
    setup: `
printf 'neighbor 192.0.2.9 {\\n router-id 192.0.2.2;\\n local-address 192.0.2.2;\\n local-as 64512;\\n peer-as 64513;\\n}\\n' > /etc/exabgp/exabgp.conf`,
    probes: [command("exabgpcli version | grep exabgp")],
  },
  {
    packages: ["udhcpd", "busybox"],
    unit: "udhcpd.service",
    role: "DHCP server",
    setup: `
ip link add probe type veth peer name other
ip addr add 198.51.100.1/24 dev probe
ip link set probe up
ip link set other up
printf 'start 198.51.100.20\\ninterface probe\\nend 198.51.100.30\\n' > /etc/udhcpd.conf`,
    probes: [command("busybox udhcpc -i other -q -n -f -t 3 -s /bin/true 2>&1 | grep 'lease of'")],
  },
  {
    packages: ["conntrackd"],
    unit: "conntrackd.service",
    role: "routing daemon",
    probes: [command("conntrackd -s | grep cache")],
  },
  {
    packages: ["softflowd"],
    unit: "softflowd@probe.service",
    role: "packet capture",
    setup: `printf 'interface=eth0\\noptions="-n 127.0.0.1:2055"\\n' > /etc/softflowd/probe.conf`,
    probes: [command("softflowctl -c /run/softflowd/probe.ctl statistics | grep -i flow")],
  },
  {
    packages: ["arpwatch"],
    unit: "arpwatch@eth0.service",
    role: "packet capture",
    probes: [command("grep -v Proto /proc/net/packet"), file("/var/lib/arpwatch/eth0.dat")],
  },
  {
    packages: ["aptly-api"],
    unit: "aptly-api.service",
    role: "package server in Go",
    setup: "echo LISTEN_ADDRESS=127.0.0.1:8080 >> /etc/default/aptly-api",
    probes: [http(8080, "/api/version", "Version")],
  },
  {
    packages: ["qbittorrent-nox"],
    unit: "qbittorrent-nox@anna.service",
    role: "file sharing",
    setup: `${PERSON}
mkdir -p /home/anna/.config/qBittorrent
printf '[LegalNotice]\\nAccepted=true\\n' > /home/anna/.config/qBittorrent/qBittorrent.conf
chown -R anna: /home/anna`,
    probes: [http(8080, "/", "qBittorrent")],
  },
  {
    packages: ["pygopherd"],
    unit: "pygopherd.service",
    role: "gopher server in Python",
    probes: [talk(70, ">/\r\n", "<\r\n")],
  },
];
