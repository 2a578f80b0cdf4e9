import { command, type Daemon, file, http, talk } from "../daemon.ts";

/** What watches others. */
export const MONITORING: readonly Daemon[] = [
  {
    packages: ["snmpd", "snmp"],
    unit: "snmpd.service",
    role: "monitoring",
    probes: [command("snmpget -v2c -c public localhost .1.3.6.1.2.1.1.5.0 | grep box")],
  },
  {
    packages: ["uptimed"],
    unit: "uptimed.service",
    role: "monitoring",
    probes: [command("uprecords | grep Linux"), file("/var/spool/uptimed/records", "Linux")],
  },
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
    packages: ["endlessh"],
    unit: "endlessh.service",
    role: "trap",
    setup: "mkdir -p /etc/endlessh; echo Delay 500 > /etc/endlessh/config",
    probes: [talk(2222, "<\r\n")],
  },
  {
    packages: ["owserver", "ow-shell"],
    unit: "owserver.service",
    role: "sensors",
    probes: [command("owdir -s localhost:4304 / | grep system")],
  },
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
    packages: ["irtt"],
    unit: "irtt.service",
    role: "network monitoring in Go",
    probes: [command("irtt client -d 1s -i 200ms 127.0.0.1 | grep RTT")],
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
];
