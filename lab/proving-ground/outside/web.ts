import { command, type Daemon, http, talk } from "../daemon.ts";
import { PAGE_ON_8000 } from "./setups.ts";

/** Servers, proxies and applications of the web. */
export const WEB: readonly Daemon[] = [
  {
    packages: ["haproxy"],
    unit: "haproxy.service",
    role: "load balancer",
    setup:
      "printf 'frontend f\\n bind :8080\\n mode http\\n http-request return status 200 content-type text/plain string probe\\n' >> /etc/haproxy/haproxy.cfg",
    probes: [http(8080, "/", "probe")],
  },
  {
    packages: ["tinyproxy"],
    unit: "tinyproxy.service",
    role: "web proxy",
    probes: [talk(8888, ">GET http://tinyproxy.stats/ HTTP/1.0\r\n\r\n", "<tinyproxy")],
  },
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
    packages: ["e2guardian"],
    unit: "e2guardian.service",
    role: "web filter",
    setup: PAGE_ON_8000,
    probes: [
      talk(8080, ">GET http://127.0.0.1:8000/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n", "<HTTP/1.1 200", "<probe"),
    ],
  },
  {
    packages: ["pygopherd"],
    unit: "pygopherd.service",
    role: "gopher server in Python",
    probes: [talk(70, ">/\r\n", "<\r\n")],
  },
];
