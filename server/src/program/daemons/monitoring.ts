import type { Daemon } from "./daemon.ts";
import type { LineForm } from "./readLines.ts";

const INI: LineForm = { between: "=", comments: "#;", sections: "[" };

/** How Prometheus and its exporters are told to listen elsewhere; the flags of Go are the same with one hyphen. */
const WEB = "--web.listen-address -web.listen-address --web.systemd-socket";

/** The ports of exporters and their kin as their own `--help` names them, with options and variables that say others. */
const EXPORTERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  prometheus: { [WEB]: "9090" },
  // Alertmanagers talk to each other by TCP and UDP.
  "prometheus-alertmanager alertmanager": { [WEB]: "9093", "--cluster.listen-address": "9094 9094/udp" },
  "prometheus-apache-exporter apache_exporter": { [WEB]: "9117" },
  "prometheus-bind-exporter bind_exporter": { [WEB]: "9119" },
  "prometheus-bird-exporter bird_exporter": { [WEB]: "9324" },
  "prometheus-blackbox-exporter blackbox_exporter": { [WEB]: "9115" },
  "prometheus-dnsmasq-exporter": { "--listen -listen": "9153" },
  "prometheus-elasticsearch-exporter elasticsearch_exporter": { [WEB]: "9114" },
  "prometheus-exporter-exporter": { [`${WEB} -web.tls.listen-address --web.tls.listen-address`]: "9999" },
  "prometheus-frr-exporter frr_exporter": { [WEB]: "9342" },
  "prometheus-haproxy-exporter haproxy_exporter": { [WEB]: "9101" },
  "prometheus-homeplug-exporter": { "--telemetry.address": "9702" },
  "prometheus-ipmi-exporter ipmi_exporter": { [WEB]: "9290" },
  "prometheus-mongodb-exporter": { [WEB]: "9001" },
  "prometheus-mqtt-exporter": { "--listen-port -listen-port": "9641" },
  "prometheus-mysqld-exporter mysqld_exporter": { [WEB]: "9104" },
  "prometheus-nextcloud-exporter": { "--addr -a NEXTCLOUD_LISTEN_ADDRESS --config-file -c": "9205" },
  "prometheus-nginx-exporter nginx-prometheus-exporter": { [WEB]: "9113" },
  "prometheus-node-exporter node_exporter": { [WEB]: "9100" },
  "prometheus-pgbackrest-exporter": { [WEB]: "9854" },
  "prometheus-pgbouncer-exporter pgbouncer_exporter": { [WEB]: "9127" },
  "prometheus-phpfpm-exporter": { [`${WEB} PHP_FPM_WEB_LISTEN_ADDRESS`]: "9253" },
  "prometheus-postfix-exporter postfix_exporter": { [WEB]: "9154" },
  "prometheus-postgres-exporter postgres_exporter": { [WEB]: "9187" },
  "prometheus-process-exporter process-exporter": { [WEB]: "9256" },
  "prometheus-pushgateway pushgateway": { [WEB]: "9091" },
  "prometheus-redis-exporter redis_exporter": { [`${WEB} REDIS_EXPORTER_WEB_LISTEN_ADDRESS`]: "9121" },
  "prometheus-snmp-exporter snmp_exporter": { [WEB]: "9116" },
  "prometheus-sql-exporter": { [WEB]: "9237" },
  "prometheus-squid-exporter": { "--listen -listen": "9301" },
  "prometheus-varnish-exporter": { [WEB]: "9131" },
  ha_cluster_exporter: { [`${WEB} --port --address --config`]: "9664" },
  mailexporter: { [WEB]: "9225" },
};

/** Daemons that measure others and show what was measured. */
export const MONITORING: readonly Daemon[] = [
  {
    programs: "grafana grafana-server",
    form: INI,
    files: "/etc/grafana/grafana.ini",
    options: "--config -config",
    keys: {
      port: "server/http_port",
      address: "server/http_addr",
      socket: "server/socket",
      data: "paths/data/ paths/plugins/",
      log: "paths/logs/",
    },
    overrides: { word: "cfg:", usual: "cfg:default.", variable: "GF_" },
    ports: "3000",
  },
  ...Object.entries(EXPORTERS).map(
    // Their files say nothing of what the machine gives them: that stands in options.
    ([programs, unless]): Daemon => ({ programs, form: { between: " ", comments: "#" }, files: "", keys: {}, unless }),
  ),
];
