import { command, type Daemon, dns, file, http, talk } from "./daemon.ts";

const PERSON = `
useradd --create-home --shell /bin/bash anna
echo anna:secret | chpasswd
`;

/** Daemons that nothing was fitted to: whether what holds for the list holds for others. */
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
];
