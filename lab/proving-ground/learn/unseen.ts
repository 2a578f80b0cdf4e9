import { command, dns, http, type Probe, talk } from "../daemon.ts";

/** Something that a daemon is there for and that learning did not see. */
export interface Action {
  readonly what: string;
  /** Done and asked in the box, again and again for some seconds until it works. */
  readonly probes: readonly Probe[];
}

const action = (what: string, ...probes: readonly Probe[]): Action => ({ what, probes });
const shell = (what: string, line: string): Action => action(what, command(line));

/** A POST or PUT of a text. */
const send = (method: string, url: string, body: string, holds: string): Probe =>
  command(
    `node -e 'fetch("${url}",{method:"${method}",body:${body},headers:{"content-type":"text/plain"}}).then(async r=>{const t=r.status+" "+await r.text();if(!t.includes("${holds}"))throw t})'`,
  );

/** Several connections at the same time, each left open until all are there. */
const crowd = (port: number, count: number): Probe =>
  command(
    `node -e 'const n=require("net");let l=${count};for(let i=0;i<${count};i++)n.connect(${port},"localhost",()=>{if(--l===0)process.exit(0)}).on("error",e=>{throw e})'`,
  );

/** What each daemon is asked for besides, by its unit. */
export const UNSEEN: Readonly<Record<string, readonly Action[]>> = {
  "nginx.service": [
    shell(
      "another virtual host on a new port",
      `mkdir -p /srv/other; echo other > /srv/other/a.txt; echo 'server { listen 8081; root /srv/other; access_log /var/log/nginx/other.log; }' > /etc/nginx/conf.d/other.conf; systemctl reload nginx; sleep 0.5; node -e 'fetch("http://localhost:8081/a.txt").then(r=>r.text()).then(t=>{if(!t.includes("other"))throw t})'`,
    ),
    shell(
      "a request body that goes to disk",
      `echo 'server { listen 8082; client_max_body_size 9m; location / { client_body_in_file_only on; proxy_pass http://127.0.0.1:8082/none; } location /none { return 200 body; } }' > /etc/nginx/conf.d/body.conf; systemctl reload nginx; sleep 0.5; node -e 'fetch("http://localhost:8082/",{method:"POST",body:"x".repeat(4e6)}).then(r=>r.text()).then(t=>{if(!t.includes("body"))throw t})'; ls /var/lib/nginx/body/* | grep 0`,
    ),
    shell(
      "rotation of its logs",
      `mv /var/log/nginx/access.log /var/log/nginx/access.log.1; kill -USR1 $(cat /run/nginx.pid); sleep 1; node -e 'fetch("http://localhost/probe.txt").then(r=>r.text())'; sleep 0.5; grep probe /var/log/nginx/access.log`,
    ),
  ],
  "apache2.service": [
    shell(
      "another virtual host on a new port",
      `mkdir -p /srv/other; echo other > /srv/other/a.txt; printf 'Listen 8081\\n<VirtualHost *:8081>\\nDocumentRoot /srv/other\\nErrorLog /var/log/apache2/other.log\\n</VirtualHost>\\n<Directory /srv/other>\\nRequire all granted\\n</Directory>\\n' > /etc/apache2/sites-enabled/other.conf; systemctl reload apache2; sleep 1; node -e 'fetch("http://localhost:8081/a.txt").then(r=>r.text()).then(t=>{if(!t.includes("other"))throw t})'`,
    ),
    shell(
      "a CGI script",
      `a2enmod -q cgid >/dev/null; mkdir -p /usr/lib/cgi-bin; printf '#!/bin/sh\\necho "Content-Type: text/plain"\\necho\\nid -u\\n' > /usr/lib/cgi-bin/a; chmod 755 /usr/lib/cgi-bin/a; a2enconf -q serve-cgi-bin >/dev/null; systemctl restart apache2; sleep 1; node -e 'fetch("http://localhost/cgi-bin/a").then(r=>r.text()).then(t=>{if(!/^\\d+\\n$/.test(t))throw t})'`,
    ),
    shell(
      "rotation of its logs",
      `mv /var/log/apache2/access.log /var/log/apache2/access.log.1; systemctl reload apache2; sleep 1; node -e 'fetch("http://localhost/probe.txt").then(r=>r.text())'; sleep 0.5; grep probe /var/log/apache2/access.log`,
    ),
  ],
  "lighttpd.service": [
    shell(
      "another listener",
      `echo '$SERVER["socket"] == ":8081" { }' > /etc/lighttpd/conf-enabled/90-other.conf; systemctl restart lighttpd; sleep 1; node -e 'fetch("http://localhost:8081/probe.txt").then(r=>r.text()).then(t=>{if(!t.includes("letter"))throw t})'`,
    ),
    shell(
      "rotation of its logs",
      "rm -f /var/log/lighttpd/error.log; systemctl reload lighttpd || systemctl kill -s HUP lighttpd; sleep 1; test -e /var/log/lighttpd/error.log",
    ),
  ],
  "webfs.service": [
    action("a listing", http(8000, "/", "probe.txt")),
    shell(
      "a file of 20 MB",
      `head -c 20000000 /dev/zero > /var/www/html/big; node -e 'fetch("http://localhost:8000/big").then(r=>r.arrayBuffer()).then(t=>{if(t.byteLength!==2e7)throw t})'`,
    ),
  ],
  "php8.4-fpm.service": [
    shell(
      "a session, which is a file",
      `echo '<?php session_start(); $_SESSION["a"]=1; session_write_close(); echo glob("/var/lib/php/sessions/*") === [] && 0 ? "no" : session_id() . " kept";' > /var/www/s.php; SCRIPT_FILENAME=/var/www/s.php REQUEST_METHOD=GET cgi-fcgi -bind -connect /run/php/php8.4-fpm.sock | grep kept; ls /var/lib/php/sessions | grep sess_`,
    ),
    shell(
      "a program that a page runs",
      `echo '<?php echo "user " . shell_exec("id -un");' > /var/www/e.php; SCRIPT_FILENAME=/var/www/e.php REQUEST_METHOD=GET cgi-fcgi -bind -connect /run/php/php8.4-fpm.sock | grep www-data`,
    ),
    shell(
      "a reload after another pool was added",
      `sed 's/^\\[www\\]/[other]/; s,^listen = .*,listen = /run/php/other.sock,' /etc/php/8.4/fpm/pool.d/www.conf > /etc/php/8.4/fpm/pool.d/other.conf; systemctl reload php8.4-fpm; sleep 1; SCRIPT_FILENAME=/var/www/probe.php REQUEST_METHOD=GET cgi-fcgi -bind -connect /run/php/other.sock | grep 42`,
    ),
  ],
  "squid.service": [
    action("a tunnel that is refused", talk(3128, ">CONNECT x:25 HTTP/1.0\r\n\r\n", "<403")),
    shell("rotation of its logs", "squid -k rotate; sleep 2; ls /var/log/squid | grep access.log"),
  ],
  "varnish.service": [
    shell(
      "another configuration, which a compiler makes a library of",
      `printf 'vcl 4.1;\\nbackend default { .host = "127.0.0.1"; .port = "9"; }\\nsub vcl_recv { return (synth(200, "hello")); }\\n' > /etc/varnish/other.vcl; n=v$(date +%s%N); varnishadm vcl.load $n /etc/varnish/other.vcl && varnishadm vcl.use $n; node -e 'fetch("http://localhost:6081/").then(r=>{if(r.status!==200)throw r.status})'`,
    ),
    shell("its counters", "varnishstat -1 | grep MAIN.uptime"),
  ],
  "privoxy.service": [
    action("its page of status", talk(8118, ">GET http://p.p/show-status HTTP/1.0\r\n\r\n", "<user.action")),
    shell(
      "a reload after an edit",
      "echo '{+block{probe}}\nblocked.example' >> /etc/privoxy/user.action; sleep 1; printf 'GET http://blocked.example/ HTTP/1.0\\r\\n\\r\\n' | timeout 5 node -e 'const s=require(\"net\").connect(8118,\"localhost\");process.stdin.pipe(s,{end:false});s.pipe(process.stdout)' | grep -a 403",
    ),
  ],
  "apt-cacher-ng.service": [
    action("its page about itself", http(3142, "/", "Apt-Cacher", 406)),
    action("another page of statistics", http(3142, "/acng-report.html?doCount=Count+Data", "Apt-Cacher")),
  ],
  "named.service": [
    shell(
      "another zone",
      `sed 's/192.0.2.1/192.0.2.77/' /etc/bind/db.probe > /etc/bind/db.other; grep -q other.example /etc/bind/named.conf.local || echo 'zone "other.example" { type primary; file "/etc/bind/db.other"; };' >> /etc/bind/named.conf.local; rndc reconfig; sleep 1; dig +short @localhost other.example | grep 192.0.2.77`,
    ),
    shell("a dump of its cache", "rndc dumpdb -all; sleep 1; test -s /var/cache/bind/named_dump.db"),
    shell(
      "a dynamic update, with a journal",
      `cp /etc/bind/db.probe /var/lib/bind/db.dyn; chown bind /var/lib/bind/db.dyn; grep -q dyn.example /etc/bind/named.conf.local || echo 'zone "dyn.example" { type primary; file "/var/lib/bind/db.dyn"; allow-update { 127.0.0.1; }; };' >> /etc/bind/named.conf.local; rndc reconfig; sleep 1; printf 'server 127.0.0.1\\nzone dyn.example\\nupdate add b.dyn.example 60 A 192.0.2.78\\nsend\\n' | nsupdate; dig +short @localhost b.dyn.example | grep 192.0.2.78`,
    ),
  ],
  "unbound.service": [
    shell("a dump of its cache", "unbound-control dump_cache | grep END"),
    shell(
      "a reload after a name was added",
      `printf 'server:\\n local-data: "added.example A 192.0.2.9"\\n' > /etc/unbound/unbound.conf.d/a.conf; systemctl reload unbound; sleep 1; unbound-control list_local_data | grep added.example`,
    ),
  ],
  "dnsmasq.service": [
    action(
      "a name that was added",
      command("echo '192.0.2.5 added.example' >> /etc/hosts; systemctl kill -s HUP dnsmasq; sleep 1"),
      dns(53, "added.example"),
    ),
    shell(
      "another port",
      "echo 'port=5353' > /etc/dnsmasq.d/p.conf; systemctl restart dnsmasq; sleep 1; ss -lun 2>/dev/null | grep 5353 || grep -i :14E9 /proc/net/udp",
    ),
  ],
  "pdns-recursor.service": [
    shell("its statistics", "rec_control get-all | grep questions"),
    shell("a dump of its cache", "rec_control dump-cache /tmp/cache || rec_control dump-cache - | head -1"),
  ],
  "mariadb.service": [
    shell(
      "a table written to a file",
      "rm -f /var/lib/mysql/probe.txt; mariadb -e \"select 42 into outfile '/var/lib/mysql/probe.txt'\"; grep 42 /var/lib/mysql/probe.txt",
    ),
    shell(
      "another database with 2 MB in it",
      "mariadb -e \"create database if not exists other; create table if not exists other.t (a longtext) engine=InnoDB; insert into other.t values (repeat('x', 2000000)); flush logs; select length(a) from other.t limit 1\" | grep 2000000",
    ),
    shell(
      "a temporary table on disk",
      "mariadb -e 'set session tmp_memory_table_size=0; select count(distinct a.table_name, b.table_name, uuid()) from information_schema.tables a, information_schema.tables b' | grep [0-9]",
    ),
  ],
  "postgresql@17-main.service": [
    shell(
      "COPY to a file",
      'su postgres -c "psql --cluster 17/main -c \\"copy (select 42) to \'/var/lib/postgresql/probe.csv\'\\""; grep 42 /var/lib/postgresql/probe.csv',
    ),
    shell(
      "COPY to a program",
      'su postgres -c "psql --cluster 17/main -c \\"copy (select 42) to program \'cat > /var/lib/postgresql/program.csv\'\\""; grep 42 /var/lib/postgresql/program.csv',
    ),
    shell(
      "another database",
      "su postgres -c \"psql --cluster 17/main -tc \\\"select 1 from pg_database where datname='other'\\\" | grep -q 1 || createdb --cluster 17/main other; psql --cluster 17/main other -tc 'select 6*7'\" | grep 42",
    ),
  ],
  "influxdb.service": [
    action(
      "another database with points",
      send("POST", "http://localhost:8086/query?q=CREATE+DATABASE+other", '""', "200"),
      send("POST", "http://localhost:8086/write?db=other", '"m v=42"', "204"),
      http(8086, "/query?db=other&q=SELECT+*+FROM+m", "42"),
    ),
    action(
      "10,000 points at once",
      send("POST", "http://localhost:8086/query?q=CREATE+DATABASE+many", '""', "200"),
      send(
        "POST",
        "http://localhost:8086/write?db=many",
        'Array.from({length:10000},(_,i)=>"m v="+i+" "+(i+1)).join("\\n")',
        "204",
      ),
      http(8086, "/query?db=many&q=SELECT+COUNT(v)+FROM+m", "10000"),
    ),
  ],
  "etcd.service": [
    action(
      "a key",
      send("POST", "http://localhost:2379/v3/kv/put", '"{\\"key\\":\\"YQ==\\",\\"value\\":\\"NDI=\\"}"', "revision"),
      send("POST", "http://localhost:2379/v3/kv/range", '"{\\"key\\":\\"YQ==\\"}"', "NDI="),
    ),
    action("a snapshot", send("POST", "http://localhost:2379/v3/maintenance/snapshot", '"{}"', "remaining")),
  ],
  "redis-server.service": [
    action(
      "a log of all writes",
      talk(6379, ">CONFIG SET appendonly yes\r\n", "<+OK", ">SET a 43\r\n", "<+OK"),
      command("sleep 1; ls /var/lib/redis/appendonlydir | grep aof"),
    ),
    action("a script in Lua", talk(6379, '>EVAL "return 6*7" 0\r\n', "<:42")),
    action("a value of 1 MB", talk(6379, `>SET big ${"x".repeat(1000)}\r\nSETRANGE big 1000000 y\r\n`, "<:1000001")),
  ],
  "valkey-server.service": [
    action(
      "a log of all writes",
      talk(6379, ">CONFIG SET appendonly yes\r\n", "<+OK", ">SET a 43\r\n", "<+OK"),
      command("sleep 1; ls /var/lib/valkey/appendonlydir | grep aof"),
    ),
    action("a script in Lua", talk(6379, '>EVAL "return 6*7" 0\r\n', "<:42")),
  ],
  "memcached.service": [
    action("a value of 100 kB", talk(11211, `>set big 0 0 100000\r\n${"x".repeat(100_000)}\r\n`, "<STORED")),
    action("300 connections", crowd(11211, 300)),
  ],
  "beanstalkd.service": [
    action(
      "another tube",
      talk(
        11300,
        ">use other\r\n",
        "<USING other",
        ">put 0 0 10 2\r\n42\r\n",
        "<INSERTED",
        ">stats-tube other\r\n",
        "<total-jobs",
      ),
    ),
    action("300 connections", crowd(11300, 300)),
  ],
  "gearman-job-server.service": [
    action("its version and workers", talk(4730, ">version\n", "<OK", ">workers\n", "<.")),
    action("100 connections", crowd(4730, 100)),
  ],
  "rabbitmq-server.service": [
    shell(
      "another virtual host and user",
      "rabbitmqctl -q add_vhost other 2>/dev/null; rabbitmqctl -q add_user anna secret 2>/dev/null; rabbitmqctl list_users | grep anna",
    ),
    action(
      "a plug-in with a listener of its own",
      command("rabbitmq-plugins enable --quiet rabbitmq_management"),
      http(15672, "/", "RabbitMQ"),
    ),
  ],
  "nats-server.service": [
    action("a message", talk(4222, "<INFO", ">CONNECT {}\r\nSUB a 1\r\nPUB a 2\r\n42\r\n", "<MSG a 1 2", "<42")),
    action("200 connections", crowd(4222, 200)),
  ],
  "ntfy.service": [
    action(
      "a message that is kept",
      send("POST", "http://localhost:8080/probe", '"letter"', "letter"),
      http(8080, "/probe/json?poll=1", "letter"),
    ),
    shell(
      "a cache on disk and attachments",
      `mkdir -p /var/cache/ntfy; chown _ntfy: /var/cache/ntfy 2>/dev/null || chown ntfy: /var/cache/ntfy; printf 'listen-http: ":8080"\\nbase-url: http://localhost:8080\\ncache-file: /var/cache/ntfy/cache.db\\nattachment-cache-dir: /var/cache/ntfy/attachments\\n' > /etc/ntfy/server.yml; systemctl restart ntfy; sleep 1; node -e 'fetch("http://localhost:8080/probe",{method:"PUT",body:"x".repeat(9000),headers:{Filename:"a.txt"}}).then(r=>r.text()).then(t=>{if(!t.includes("attachment"))throw t})'; ls /var/cache/ntfy/attachments | grep .`,
    ),
  ],
  "munin-node.service": [
    action("disks", talk(4949, "<# munin node", ">fetch df\n", "<.value")),
    action("memory", talk(4949, "<# munin node", ">fetch memory\n", "<.value")),
  ],
  "zabbix-agent.service": [
    action("space on a disk", talk(10050, ">ZBXD\x01\x13\0\0\0\0\0\0\0vfs.fs.size[/,free]", "<ZBXD")),
    action("bytes of an interface", talk(10050, ">ZBXD\x01\x0f\0\0\0\0\0\0\0net.if.in[eth0]", "<ZBXD")),
  ],
  "nagios-nrpe-server.service": [
    shell(
      "processes",
      "/usr/lib/nagios/plugins/check_nrpe -H 127.0.0.1 -c check_total_procs | grep -E 'PROCS [A-Z]+: ([4-9]|[1-9][0-9])'",
    ),
    shell("users", "/usr/lib/nagios/plugins/check_nrpe -H 127.0.0.1 -c check_users | grep USERS"),
  ],
  "chrony.service": [
    shell("another server", "chronyc -n add server 192.0.2.7; chronyc -n sources | grep 192.0.2.7"),
    shell("rotation of its logs", "chronyc cyclelogs | grep OK"),
  ],
  "ntpsec.service": [
    shell("its peers", "ntpq -np 127.0.0.1 | grep -i -E 'remote|No association'"),
    shell(
      "a restart with another server",
      "echo 'server 192.0.2.7' >> /etc/ntpsec/ntp.conf; systemctl restart ntpsec; sleep 2; ntpq -np 127.0.0.1 | grep 192.0.2.7",
    ),
  ],
  "openntpd.service": [
    shell("all that it knows", "ntpctl -s all | grep -i clock"),
    shell(
      "another server",
      "echo 'server 192.0.2.7' >> /etc/openntpd/ntpd.conf; systemctl restart openntpd; sleep 2; ntpctl -s peers | grep 192.0.2.7",
    ),
  ],
  "atftpd.service": [
    shell(
      "another file",
      `echo other > /srv/tftp/other; chmod 644 /srv/tftp/other; node -e 'const s=require("dgram").createSocket("udp4");s.on("message",m=>{if(!m.includes("other"))throw m;process.exit(0)});s.send(Buffer.from("00016f74686572006f6374657400","hex"),69,"127.0.0.1");setTimeout(()=>process.exit(1),4000)'`,
    ),
    shell(
      "a file that is missing",
      `node -e 'const s=require("dgram").createSocket("udp4");s.on("message",m=>process.exit(m[1]===5?0:1));s.send(Buffer.from("00016e6f6e65006f6374657400","hex"),69,"127.0.0.1");setTimeout(()=>process.exit(1),4000)'`,
    ),
  ],
  "cups.service": [
    shell("a letter that is printed", "echo letter | lp -d probe; sleep 2; lpstat -W completed | grep probe"),
    shell("its settings changed by itself", "cupsctl --debug-logging; sleep 2; cupsctl | grep _debug_logging=1"),
  ],
  "tomcat11.service": [
    shell(
      "another application with a page that is compiled",
      `mkdir -p /var/lib/tomcat11/webapps/probe; echo '<%= 6*7 %>' > /var/lib/tomcat11/webapps/probe/index.jsp; sleep 8; node -e 'fetch("http://localhost:8080/probe/index.jsp").then(r=>r.text()).then(t=>{if(!t.includes("42"))throw t})'`,
    ),
    action("60 connections", crowd(8080, 60)),
  ],
  "radicale.service": [
    action("its script", http(5232, "/.web/fn.js", "function")),
    action("its root", http(5232, "/", "", 302)),
  ],
  "fail2ban.service": [
    shell(
      "another jail",
      "printf '[probe]\\nenabled=true\\nfilter=sshd\\nbackend=polling\\nlogpath=/var/log/probe.log\\nbanaction=nftables\\n' > /etc/fail2ban/jail.d/probe.conf; touch /var/log/probe.log; fail2ban-client reload; sleep 1; fail2ban-client status | grep probe",
    ),
    shell(
      "an address that is banned",
      "fail2ban-client set probe banip 192.0.2.66; sleep 2; fail2ban-client status probe | grep 192.0.2.66",
    ),
  ],
  "transmission-daemon.service": [
    action("connections of peers", crowd(51413, 20)),
    action("100 connections", crowd(9091, 100)),
  ],
  "prosody.service": [
    shell(
      "a new account",
      "prosodyctl register anna localhost secret; prosodyctl shell user list localhost 2>/dev/null | grep anna || ls /var/lib/prosody/localhost/accounts | grep anna",
    ),
    shell(
      "another host",
      "printf 'VirtualHost \"other.example\"\\n' > /etc/prosody/conf.d/other.cfg.lua; systemctl reload prosody; sleep 2; prosodyctl status",
    ),
  ],
  "ngircd.service": [
    action(
      "a channel",
      talk(
        6667,
        ">NICK bert\r\nUSER bert 0 * :bert\r\n",
        "<001",
        ">JOIN #probe\r\n",
        "<366",
        ">PRIVMSG #probe :hello\r\nPING x\r\n",
        "<PONG",
      ),
    ),
    action(
      "a reload with another port",
      command(
        "sed -i 's/^[ ;\\t]*Ports *=.*/Ports = 6667, 6668/' /etc/ngircd/ngircd.conf; systemctl reload ngircd; sleep 1",
      ),
      talk(6668, ">NICK carl\r\nUSER carl 0 * :carl\r\n", "<001"),
    ),
  ],
  "rsyslog.service": [
    shell(
      "another file in another directory",
      "mkdir -p /var/log/other; chown root:adm /var/log/other; echo 'local3.* /var/log/other/a.log' > /etc/rsyslog.d/a.conf; systemctl restart rsyslog; sleep 1; logger -p local3.info letter; sleep 1; grep letter /var/log/other/a.log",
    ),
    shell(
      "rotation of its logs",
      "mv /var/log/syslog /var/log/syslog.1; systemctl kill -s HUP rsyslog; sleep 1; logger second letter; sleep 1; grep 'second letter' /var/log/syslog",
    ),
  ],
  "munge.service": [
    shell(
      "a credential of another user",
      "setpriv --reuid=nobody --clear-groups sh -c 'munge -n | unmunge' | grep -i nobody",
    ),
    shell("a payload of 100 kB", "head -c 100000 /dev/zero | munge | unmunge | grep -a Success"),
  ],
  "frr.service": [
    shell(
      "another route",
      "vtysh -c 'configure terminal' -c 'ip route 198.51.100.0/24 blackhole' ; sleep 1; vtysh -c 'show ip route' | grep 198.51.100.0",
    ),
    shell("its settings written by itself", "vtysh -c 'write memory'; grep -r 198.51.100.0 /etc/frr"),
  ],
  "bird.service": [
    shell(
      "another route after a reload",
      "echo 'protocol static { ipv4; route 198.51.100.0/24 blackhole; }' >> /etc/bird/bird.conf; birdc configure; sleep 1; birdc show route | grep 198.51.100.0",
    ),
    shell("its memory", "birdc show memory | grep Total"),
  ],
  "syncthing@anna.service": [
    shell(
      "another folder",
      'key=$(grep -oP \'(?<=<apikey>)[^<]+\' $(find /home/anna -name config.xml | head -1)); mkdir -p /home/anna/other; chown anna /home/anna/other; node -e \'fetch("http://localhost:8384/rest/config/folders",{method:"POST",headers:{"X-API-Key":process.argv[1]},body:JSON.stringify({id:"other",path:"/home/anna/other"})}).then(async r=>{if(r.status!==200)throw await r.text()})\' $key; sleep 2; ls -d /home/anna/other/.stfolder',
    ),
    action("its page", http(8384, "/", "Syncthing")),
  ],
};
