import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MAIL_DAEMONS } from "../../server/src/program/daemons/mail.ts";
import { MONITORING } from "../../server/src/program/daemons/monitoring.ts";
import { SERVERS } from "../../server/src/program/daemons/servers.ts";
import { STORES } from "../../server/src/program/daemons/stores.ts";
import { daemonFacts } from "./daemonFacts.ts";

/** A daemon's command, its files, and what they say. */
interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly says: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const CASES: Readonly<Record<string, Case>> = {
  "/usr/sbin/nginx": {
    files: {
      "/etc/nginx/nginx.conf":
        "user www-data adm; # and its group\npid /run/nginx.pid;\nload_module modules/ngx_x.so;\nhttp {\n  access_log /var/log/nginx/access.log main;\n  error_log syslog:server=unix:/dev/log;\n  include sites-enabled/*;\n}\n",
      "/etc/nginx/sites-enabled/shop":
        'server {\n  listen [::]:443 ssl; listen 443 quic;\n  listen unix:/run/shop.sock;\n  listen localhost;\n  root "/home/alice/site";\n  location ~ \\.php$ { alias /srv/$host/www; }\n  upstream u { server 10.0.0.1:9000; }\n}\n',
      "/etc/nginx/sites-enabled/.hidden": "server { listen 81; }\n",
    },
    says: [
      "user www-data @nginx.conf:1",
      "group adm @nginx.conf:1",
      "module modules/ngx_x.so @nginx.conf:3",
      "port 443/tcp @shop:2",
      "port 443/udp @shop:2",
      "port 80/tcp @shop:4",
      "pid /run/nginx.pid @nginx.conf:2",
      "log /var/log/nginx/access.log @nginx.conf:5",
      "socket /run/shop.sock @shop:3",
      "root /home/alice/site @shop:5",
      "root /srv @shop:6",
    ],
  },
  "/usr/sbin/apachectl start": {
    files: {
      "/etc/apache2/envvars": "unset HOME\nSUFFIX=\nexport APACHE_LOG_DIR=/var/log/apache2$SUFFIX\n",
      "/etc/apache2/apache2.conf": `User www-data\nErrorLog \${APACHE_LOG_DIR}/error.log\nInclude mods-enabled/*.load\nInclude ports.conf\n<VirtualHost *:80>\n  DocumentRoot /var/www/html\n  Alias /files \\\n    /srv/files\n</VirtualHost>\nUserDir public_html\nUserDir disabled root\n`,
      "/etc/apache2/mods-enabled/ssl.load": "LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so\n",
      "/etc/apache2/ports.conf":
        "Listen 80\n<IfModule ssl_module>\n  Listen 443\n</IfModule>\n<IfModule mod_gnutls.c>\n  Listen 8443\n</IfModule>\n<IfDefine X>\n  Listen 8444\n</IfDefine>\n",
    },
    says: [
      "user www-data @apache2.conf:1",
      "module /usr/lib/apache2/modules/mod_ssl.so @ssl.load:1",
      "port 80/tcp @ports.conf:1",
      "port 443/tcp @ports.conf:3",
      "log /var/log/apache2/error.log @apache2.conf:2",
      "root /var/www/html @apache2.conf:6",
      "root /srv/files @apache2.conf:7",
      "share /home @apache2.conf:10",
    ],
  },
  "/usr/bin/pg_ctlcluster 17-main start": {
    files: {
      "/etc/postgresql/17/main/postgresql.conf":
        "data_directory = '/var/lib/postgresql/17/main'\t# where\nunix_socket_directories = '/run/postgresql, /tmp'\nlog_directory = 'log'\nport 5433\ninclude_dir 'conf.d'\n#port = 1\n",
      "/etc/postgresql/17/main/conf.d/x.conf": "shared_preload_libraries = 'pg_stat_statements,auto_explain'\n",
    },
    says: [
      "port 5433/tcp @postgresql.conf:4",
      "module pg_stat_statements @x.conf:1",
      "module auto_explain @x.conf:1",
      "data /var/lib/postgresql/17/main/ @postgresql.conf:1",
      "socket /run/postgresql/ @postgresql.conf:2",
      "socket /tmp/ @postgresql.conf:2",
      "log /var/lib/postgresql/17/main/log/ @postgresql.conf:3",
    ],
  },
  "/usr/sbin/mariadbd": {
    files: {
      "/etc/mysql/my.cnf":
        "[client]\nport = 3307\nsocket = /tmp/client.sock\n[client-server]\n!includedir /etc/mysql/mariadb.conf.d/\n",
      "/etc/mysql/mariadb.conf.d/50.cnf":
        "[mariadbd]\npid-file = /run/mysqld/mysqld.pid\nbind_address = 127.0.0.1\n[mariadb-11.8]\ndatadir=/srv/db # moved\nlog_error = err.log\n",
      "/etc/mysql/mariadb.conf.d/README": "[mariadbd]\nport=1\n",
    },
    says: [
      "address 127.0.0.1 @50.cnf:3",
      "pid /run/mysqld/mysqld.pid @50.cnf:2",
      "data /srv/db/ @50.cnf:5",
      "log /srv/db/err.log @50.cnf:6",
      "port 3306/tcp @my.cnf",
    ],
  },
  "/usr/bin/redis-server /etc/redis/redis.conf": {
    files: {
      "/etc/redis/redis.conf":
        'bind 127.0.0.1 -::1\nport 0\ntls-port 6380\nunixsocket /run/redis/redis.sock\nlogfile ""\ndir /var/lib/redis\nloadmodule /opt/m.so\ninclude /etc/redis/more.conf\n',
      "/etc/redis/more.conf": "include /etc/redis/redis.conf\npidfile /run/redis.pid\n",
    },
    says: [
      "address 127.0.0.1 @redis.conf:1",
      "address ::1 @redis.conf:1",
      "port 6380/tcp @redis.conf:3",
      "module /opt/m.so @redis.conf:7",
      "socket /run/redis/redis.sock @redis.conf:4",
      "data /var/lib/redis/ @redis.conf:6",
      "pid /run/redis.pid @more.conf:2",
    ],
  },
  "/usr/sbin/haproxy -Ws -f $CONFIG": {
    environment: { CONFIG: "/etc/haproxy/haproxy.cfg" },
    files: {
      "/etc/haproxy/haproxy.cfg":
        "global\n  log /dev/log local0\n  stats socket /run/haproxy/admin.sock mode 660\n  user haproxy\nfrontend web\n  bind *:80,:8000-8002 v4v6\n  bind quic4@:443 ssl crt /etc/ssl/x.pem\nbackend b\n  server s1 10.0.0.1:8080 check\n",
    },
    says: [
      "user haproxy @haproxy.cfg:4",
      "port 80/tcp @haproxy.cfg:6",
      "port 8000-8002/tcp @haproxy.cfg:6",
      "port 443/udp @haproxy.cfg:7",
      "socket /run/haproxy/admin.sock @haproxy.cfg:3",
    ],
  },
  "/usr/sbin/sshd -D": {
    files: {
      "/etc/ssh/sshd_config":
        "Include sshd_config.d/*.conf\nSubsystem sftp /usr/lib/sftp-server\nListenAddress 10.0.0.1\n",
      "/etc/ssh/sshd_config.d/a.conf": "Port=2222\nMatch User web\n  ChrootDirectory /srv/web/%u\n",
    },
    says: ["port 2222/tcp @a.conf:1", "root /srv/web @a.conf:3"],
  },
  "/usr/sbin/sshd -D -p 2200": { files: { "/etc/ssh/sshd_config": "Port 2222\n" }, says: [] },
  "/usr/sbin/smbd": {
    files: {
      "/etc/samba/smb.conf":
        "[global]\n; no\n  log file = /var/log/samba/log.%m\n  PID Directory = /run/samba\n[homes]\n  read only = no\n[media]\n  path = /srv/media\n  writeable = yes\n[docs]\n  path = /srv/docs\n  vfs objects = recycle\n  force user = media\n",
    },
    says: [
      "module recycle @smb.conf:12",
      "user media @smb.conf:13",
      "log /var/log/samba/ @smb.conf:3",
      "pid /run/samba @smb.conf:4",
      "share /home written @smb.conf:5",
      "share /srv/media written @smb.conf:8",
      "share /srv/docs @smb.conf:11",
      "port 445/tcp @smb.conf",
      "port 139/tcp @smb.conf",
    ],
  },
  "/usr/sbin/php-fpm8.4 --nodaemonize --fpm-config /etc/php/8.4/fpm/php-fpm.conf": {
    files: {
      "/etc/php/8.4/fpm/php-fpm.conf":
        "[global]\npid = /run/php/fpm.pid\nerror_log = /var/log/fpm.log\ninclude=/etc/php/8.4/fpm/pool.d/*.conf\n",
      "/etc/php/8.4/fpm/pool.d/www.conf":
        "[www]\nuser = www-data\nlisten = /run/php/fpm.sock\nlisten.owner = www-data\n[api]\nlisten = 127.0.0.1:9000\n",
    },
    says: [
      "user www-data @www.conf:2",
      "port 9000/tcp @www.conf:6",
      "pid /run/php/fpm.pid @php-fpm.conf:2",
      "log /var/log/fpm.log @php-fpm.conf:3",
      "socket /run/php/fpm.sock @www.conf:3",
    ],
  },
  "/usr/sbin/dovecot -F": {
    files: {
      "/etc/dovecot/dovecot.conf": "protocols = imap\n!include conf.d/*.conf\n!include_try local.conf\n",
      "/etc/dovecot/conf.d/10.conf":
        "mail_location = maildir:/var/vmail/%d/%n\nservice imap-login {\n  inet_listener imap {\n    #port = 143\n  }\n  inet_listener imaps {\n    port = 9993\n  }\n  inet_listener pop3 {\n  }\n}\nservice auth {\n  unix_listener auth-userdb {\n  }\n}\n",
    },
    says: [
      "port 9993/tcp @10.conf:7",
      "data /var/vmail/ @10.conf:1",
      "socket /run/dovecot/auth-userdb @10.conf:13",
      "port 143/tcp @10.conf:3",
    ],
  },
  "/usr/sbin/postfix start": {
    environment: { MAIL_CONFIG: "/etc/postfix-out" },
    files: {
      "/etc/postfix-out/main.cf":
        "queue_directory = /var/spool/postfix-out\nmail_owner = postfix\ninet_interfaces = loopback-only,\n  10.0.0.1\n",
      "/etc/postfix-out/master.cf":
        "smtp inet n - y - - smtpd\n127.0.0.1:10025 inet n - y - - smtpd\n  -o x=y\n#submission inet n - y - - smtpd\npickup unix n - y 60 1 pickup\n",
    },
    says: [
      "user postfix @main.cf:2",
      "address loopback-only @main.cf:3",
      "address 10.0.0.1 @main.cf:3",
      "data /var/spool/postfix-out/ @main.cf:1",
      "port 25/tcp @master.cf:1",
      "port 10025/tcp @master.cf:2",
    ],
  },
};

const OTHERS: Readonly<Record<string, Case>> = {
  "/usr/sbin/exim4 -bd": {
    files: {
      "/etc/exim4/exim4.conf":
        ".ifdef X\ndaemon_smtp_ports = 1\n.endif\ndaemon_smtp_ports = 25 : 587\nexim_user = Debian-exim\nlog_file_path = /var/log/exim4/%slog\nbegin routers\nuser = x\n",
    },
    says: [
      "port 25/tcp @exim4.conf:4",
      "port 587/tcp @exim4.conf:4",
      "user Debian-exim @exim4.conf:5",
      "log /var/log/exim4/ @exim4.conf:6",
    ],
  },
  "/usr/sbin/named -f": {
    files: {
      "/etc/bind/named.conf":
        'options {\n  directory "/var/cache/bind"; // of zones\n  listen-on port 5353 { any; };\n};\n/* no\n*/ logging { channel q { file "/var/log/named/q.log" versions 3; }; };\ninclude "/etc/bind/zones";\n',
      "/etc/bind/zones":
        'zone "x" { type primary; file "/etc/bind/db.x"; };\ncontrols { unix "/run/named/c" perm 0600 owner 0 group 0; inet 127.0.0.1 port 954 allow { a; }; };\n',
    },
    says: [
      "port 5353/tcp @named.conf:3",
      "port 5353/udp @named.conf:3",
      "port 954/tcp @zones:2",
      "data /var/cache/bind/ @named.conf:2",
      "log /var/log/named/q.log @named.conf:6",
      "socket /run/named/c @zones:2",
    ],
  },
  "/usr/sbin/unbound -d": {
    files: {
      "/etc/unbound/unbound.conf":
        'include-toplevel: "/etc/unbound/unbound.conf.d/*.conf"\nserver:\n    interface: 0.0.0.0@5353 # alone\n    username: "unbound"\n',
      "/etc/unbound/unbound.conf.d/a.conf": "remote-control:\n  control-interface: /run/unbound.ctl\n",
    },
    says: [
      "port 5353/tcp @unbound.conf:3",
      "port 5353/udp @unbound.conf:3",
      "user unbound @unbound.conf:4",
      "socket /run/unbound.ctl @a.conf:2",
    ],
  },
  "/usr/sbin/dnsmasq -k": {
    files: {
      "/etc/dnsmasq.conf":
        "enable-tftp\ntftp-root=/srv/tftp\ndhcp-leasefile=/var/lib/misc/leases\nconf-dir=/etc/dnsmasq.d/,*.conf\n",
      "/etc/dnsmasq.d/a": "user=dns\n",
    },
    says: [
      "user dns @a:1",
      "root /srv/tftp @dnsmasq.conf:2",
      "data /var/lib/misc/leases @dnsmasq.conf:3",
      "port 69/udp @dnsmasq.conf:1",
      "port 53/tcp @dnsmasq.conf",
      "port 53/udp @dnsmasq.conf",
    ],
  },
  "/usr/sbin/chronyd": {
    files: {
      "/etc/chrony/chrony.conf":
        "! no\nconfdir /etc/chrony/conf.d\ndriftfile /var/lib/chrony/drift\nallow 10.0.0.0/8\nbindcmdaddress /run/chrony/c.sock\n",
      "/etc/chrony/conf.d/x.conf": "cmdport 3230\n",
    },
    says: [
      "port 3230/udp @x.conf:1",
      "data /var/lib/chrony/drift @chrony.conf:3",
      "socket /run/chrony/c.sock @chrony.conf:5",
      "port 123/udp @chrony.conf:4",
    ],
  },
  "/usr/bin/rsync --daemon --no-detach": {
    files: {
      "/etc/rsyncd.conf":
        "uid = nobody\nlog file = /var/log/rsyncd.log\n[backup]\n  path = /srv/backup\n  read only = false\n[pub]\n  path = /home/pub\n",
    },
    says: [
      "user nobody @rsyncd.conf:1",
      "log /var/log/rsyncd.log @rsyncd.conf:2",
      "share /srv/backup written @rsyncd.conf:4",
      "share /home/pub @rsyncd.conf:7",
      "port 873/tcp @rsyncd.conf",
    ],
  },
  "/usr/bin/rsync -a /x /y": { files: { "/etc/rsyncd.conf": "[x]\npath = /srv\n" }, says: [] },
  "/usr/sbin/vsftpd /etc/ftp.conf": {
    files: { "/etc/ftp.conf": "listen=YES\nlisten_port=2121\nanon_root=/srv/ftp\n" },
    says: ["port 2121/tcp @ftp.conf:2", "root /srv/ftp @ftp.conf:3"],
  },
  "/usr/sbin/squid --foreground": {
    files: {
      "/etc/squid/squid.conf":
        "acl Safe_ports port 80\nloadable_modules /usr/lib/squid/m.so\nhttp_port 127.0.0.1:3128 intercept\nicp_port 3130\ncache_dir ufs /var/spool/squid 100 16 256\naccess_log daemon:/var/log/squid/access.log squid\n",
    },
    says: [
      "module /usr/lib/squid/m.so @squid.conf:2",
      "port 3128/tcp @squid.conf:3",
      "port 3130/udp @squid.conf:4",
      "data /var/spool/squid/ @squid.conf:5",
      "log /var/log/squid/access.log @squid.conf:6",
    ],
  },
  "/usr/sbin/privoxy --pidfile /run/privoxy.pid --user privoxy /etc/own/privoxy": {
    files: { "/etc/own/privoxy": "logdir /var/log/privoxy\nlogfile logfile\nlisten-address  [::1]:8119\n" },
    says: ["port 8119/tcp @privoxy:3", "log /var/log/privoxy/ @privoxy:1"],
  },
  "/usr/sbin/privoxy": {
    files: { "/etc/privoxy/config": "listen-address 127.0.0.1\n" },
    says: ["port 8118/tcp @config:1"],
  },
  "/usr/bin/caddy run --config /etc/caddy/Caddyfile": {
    files: {
      "/etc/caddy/Caddyfile":
        "{\n  admin off\n  http_port 8080\n}\n(log) {\n  log {\n    output file /var/log/caddy/a.log {\n    }\n  }\n}\n:9000, https://a.example:8443 {\n  root * /home/web\n}\nb.example {\n  respond {http.error}\n}\nimport sites/*\n",
      "/etc/caddy/sites/c": "http://c.example {\n}\n",
    },
    says: [
      "log /var/log/caddy/a.log @Caddyfile:7",
      "root /home/web @Caddyfile:12",
      "port 9000/tcp @Caddyfile:11",
      "port 8443/tcp @Caddyfile:11",
      "port 8080/tcp @Caddyfile:14",
      "port 443/tcp @Caddyfile:14",
      "port 8080/tcp @c:1",
    ],
  },
  "/usr/sbin/mosquitto -c /etc/mosquitto/mosquitto.conf": {
    files: {
      "/etc/mosquitto/mosquitto.conf": "log_dest file /var/log/m.log\ninclude_dir /etc/mosquitto/conf.d\n",
      "/etc/mosquitto/conf.d/a.conf": "listener 8883 0.0.0.0\nlistener 0 /run/m.sock\nplugin /usr/lib/dynsec.so\n",
    },
    says: [
      "port 8883/tcp @a.conf:1",
      "module /usr/lib/dynsec.so @a.conf:3",
      "log /var/log/m.log @mosquitto.conf:1",
      "socket /run/m.sock @a.conf:2",
    ],
  },
  "/usr/lib/rabbitmq/bin/rabbitmq-server": {
    files: {
      "/etc/rabbitmq/rabbitmq.conf": "listeners.tcp.1 = 127.0.0.1:5673\n",
      "/etc/rabbitmq/conf.d/m.conf": "management.tcp.port = 15672\n",
      "/etc/rabbitmq/rabbitmq-env.conf": "MNESIA_BASE=/srv/mq\nPID_FILE=/run/mq.pid\n",
    },
    says: [
      "port 5673/tcp @rabbitmq.conf:1",
      "port 15672/tcp @m.conf:1",
      "data /srv/mq/ @rabbitmq-env.conf:1",
      "pid /run/mq.pid @rabbitmq-env.conf:2",
      "port 25672/tcp @rabbitmq-env.conf",
    ],
  },
  "/usr/sbin/grafana server --config=/etc/grafana/grafana.ini": {
    files: {
      "/etc/grafana/grafana.ini":
        "[paths]\ndata = /var/lib/grafana\n;logs = /x\n[server]\nhttp_port = 3001\n[database]\nport = 1\n",
    },
    says: ["port 3001/tcp @grafana.ini:5", "data /var/lib/grafana/ @grafana.ini:2"],
  },
  "/usr/bin/prometheus-node-exporter": {
    files: { "/usr/bin/prometheus-node-exporter": "x" },
    says: ["port 9100/tcp @prometheus-node-exporter"],
  },
  "/usr/bin/gunicorn app:x": {
    files: { "/srv/app/gunicorn.conf.py": 'bind = "0.0.0.0:80"\nuser = get_user()\naccesslog = "/var/log/app.log"\n' },
    says: ["port 80/tcp @gunicorn.conf.py:1", "log /var/log/app.log @gunicorn.conf.py:3"],
  },
  "/usr/bin/uwsgi --ini /etc/uwsgi/a.ini": {
    files: {
      "/etc/uwsgi/a.ini":
        "[uwsgi]\nhttps = :8443,/etc/x.crt,/etc/x.key\nsocket = /run/a.sock\nuid = www-data\n[other]\nsocket = :1\n",
    },
    says: ["port 8443/tcp @a.ini:2", "user www-data @a.ini:4", "socket /run/a.sock @a.ini:3"],
  },
  "/usr/bin/supervisord -n": {
    files: {
      "/etc/supervisor/supervisord.conf":
        "[unix_http_server]\nfile=/run/supervisor.sock ; socket\n[inet_http_server]\nport=127.0.0.1:9001\n[include]\nfiles = conf.d/*.conf\n",
      "/etc/supervisor/conf.d/a.conf": "[eventlistener:a]\ncommand=/opt/a\nuser=a\nstdout_logfile=/var/log/a.log\n",
    },
    says: [
      "port 9001/tcp @supervisord.conf:4",
      "user a @a.conf:3",
      "socket /run/supervisor.sock @supervisord.conf:2",
      "log /var/log/a.log @a.conf:4",
    ],
  },
};

const SAMBA = { "/etc/samba/smb.conf": "[global]\nstate directory = /var/lib/samba\n[media]\npath = /srv/media\n" };

/** As each of them says with `--help`, in the package of Debian 13. */
const OTHER_EXPORTERS = [
  ...["prometheus 9090", "apache_exporter 9117", "bind_exporter 9119", "bird_exporter 9324", "blackbox_exporter 9115"],
  ...["elasticsearch_exporter 9114", "frr_exporter 9342", "ha_cluster_exporter 9664", "haproxy_exporter 9101"],
  ...["ipmi_exporter 9290", "mailexporter 9225", "mysqld_exporter 9104", "pgbouncer_exporter 9127"],
  ...["postfix_exporter 9154", "postgres_exporter 9187", "process-exporter 9256", "prometheus-dnsmasq-exporter 9153"],
  ...["prometheus-exporter-exporter 9999", "prometheus-homeplug-exporter 9702", "prometheus-mongodb-exporter 9001"],
  ...["prometheus-mqtt-exporter 9641", "prometheus-nextcloud-exporter 9205", "prometheus-nginx-exporter 9113"],
  ...["prometheus-pgbackrest-exporter 9854", "prometheus-phpfpm-exporter 9253", "prometheus-sql-exporter 9237"],
  ...["prometheus-squid-exporter 9301", "prometheus-varnish-exporter 9131", "pushgateway 9091", "redis_exporter 9121"],
  "snmp_exporter 9116",
];

/** Daemons that share their reader with another one. */
const RELATED: Readonly<Record<string, Case>> = {
  "/usr/sbin/nmbd": {
    files: SAMBA,
    says: ["data /var/lib/samba/ @smb.conf:2", "port 137/udp @smb.conf", "port 138/udp @smb.conf"],
  },
  "/usr/bin/alertmanager": {
    files: { "/usr/bin/alertmanager": "" },
    says: ["port 9093/tcp @alertmanager", "port 9094/tcp @alertmanager", "port 9094/udp @alertmanager"],
  },
  "/usr/sbin/winbindd": { files: SAMBA, says: ["data /var/lib/samba/ @smb.conf:2"] },
  "/usr/bin/prometheus-redis-exporter": {
    files: { "/usr/bin/prometheus-redis-exporter": "" },
    environment: { REDIS_EXPORTER_WEB_LISTEN_ADDRESS: ":9122" },
    says: [],
  },
  "/usr/bin/prometheus-bird-exporter -web.listen-address=:9325": {
    files: { "/usr/bin/prometheus-bird-exporter": "" },
    says: [],
  },
  "/usr/sbin/rabbitmq-server": {
    files: {
      "/etc/rabbitmq/enabled_plugins":
        "% kept by rabbitmq-plugins\n[rabbitmq_management,\n rabbitmq_mqtt,rabbitmq_stream].\n",
      "/etc/rabbitmq/rabbitmq.conf": "mqtt.listeners.tcp.default = 1884\nstream.listeners.tcp = none\n",
    },
    says: ["port 1884/tcp @rabbitmq.conf:1", "port 15672/tcp @enabled_plugins:2", "port 5672/tcp @rabbitmq.conf"],
  },
  "/usr/share/grafana/bin/grafana server --config=/etc/grafana/grafana.ini cfg:default.paths.logs=/var/log/grafana cfg:default.paths.data=/var/lib/grafana cfg:server.http_port=3002":
    {
      files: { "/etc/grafana/grafana.ini": "[paths]\ndata = /srv/grafana\n[server]\nhttp_port = 3001\n" },
      environment: { GF_PATHS_PLUGINS: "/srv/plugins" },
      says: [
        "port 3002/tcp @cfg:server.http_port",
        "data /srv/grafana/ @grafana.ini:2",
        "log /var/log/grafana/ @cfg:default.paths.logs",
        "data /srv/plugins/ @GF_PATHS_PLUGINS",
      ],
    },
  ...Object.fromEntries(
    OTHER_EXPORTERS.map((it) => {
      const [name = "", port = ""] = it.split(" ");
      return [`/usr/bin/${name}`, { files: { [`/usr/bin/${name}`]: "" }, says: [`port ${port}/tcp @${name}`] }];
    }),
  ),
};

const ALL = { ...CASES, ...OTHERS, ...RELATED };

describe("The configuration of daemons", () => {
  it("is shown by a case for each daemon", () => {
    const shown = Object.keys(ALL).map((it) => it.replace(/ .*/, "").replace(/^.*\/|-?\d[\d.]*$/g, ""));
    const unshown = [...SERVERS, ...MAIL_DAEMONS, ...STORES, ...MONITORING].filter(
      ({ programs }) => !programs.split(" ").some((it) => shown.includes(it)),
    );
    assert.deepEqual(
      unshown.map((it) => it.programs),
      [],
    );
  });

  it("finds the tablespaces of PostgreSQL where links lead to them", () => {
    const says = daemonFacts(
      "/usr/lib/postgresql/17/bin/postgres -D /srv/pg",
      {
        "/srv/pg/postgresql.conf": "data_directory = '/srv/pg'\nport = 5433\n",
        "/mnt/fast/PG_17/1": "x",
        "/srv/pg/pg_tblspc/x": "no link",
      },
      {},
      { "/srv/pg/pg_tblspc/16400": "/mnt/fast" },
    );
    assert.deepEqual(says, [
      "port 5433/tcp @postgresql.conf:2",
      "data /srv/pg/ @postgresql.conf:1",
      "data /mnt/fast/ @postgresql.conf:1",
    ]);
  });

  for (const [command, { files, says, environment }] of Object.entries(ALL))
    it(`says what ${command} opens, writes and serves`, () => {
      assert.deepEqual(daemonFacts(command, files, environment), says);
    });
});
