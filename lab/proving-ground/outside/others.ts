import { command, type Daemon, http, talk } from "../daemon.ts";
import { PERSON, WITHOUT_PRIORITY } from "./setups.ts";

/** Databases, files, games and whatever else. */
export const OTHERS: readonly Daemon[] = [
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
      command(
        "printf 'dn: cn=config\\nchangetype: modify\\nreplace: olcLogLevel\\nolcLogLevel: stats\\n' | ldapmodify -Y EXTERNAL -H ldapi:///",
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
    packages: ["goiardi"],
    unit: "goiardi.service",
    role: "configuration server in Go",
    probes: [http(4545, "/nodes", "", 401)],
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
    packages: ["yaskkserv", "skkdic"],
    unit: "yaskkserv.service",
    role: "dictionary server",
    probes: [talk(1178, ">2", "<yaskkserv")],
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
];
