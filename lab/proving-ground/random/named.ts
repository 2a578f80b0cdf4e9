import { command, type Daemon, datagram } from "../daemon.ts";
import { PERSON } from "../outside/setups.ts";
import { OUTSIDE } from "../outside.ts";

/** A daemon that is asked for by name, with what its clients do and learning does not see, as shell lines. */
export interface NamedDaemon {
  readonly daemon: Daemon;
  readonly acts: Readonly<Record<string, string>>;
}

/** The daemon of the other list, asked for less than there. */
function known(unit: string, acts: NamedDaemon["acts"], change: Partial<Daemon> = {}): NamedDaemon {
  const daemon = OUTSIDE.find((it) => it.unit === unit);
  if (!daemon) throw new Error(`${unit} is in no list`);
  return { daemon: { ...daemon, ...change }, acts };
}

const TWO = `${PERSON}useradd --create-home --shell /bin/bash bert
echo bert:secret | chpasswd
`;

/** Some figures are 0 until they were taken for the first time, some seconds after the start. */
const snmp = (oid: string, holds: string): string =>
  `for i in 1 2 3 4 5 6; do snmpget -v2c -c probe -Oqv localhost ${oid} | grep -qE '${holds}' && exit; sleep 2; done; exit 1`;

/** Those of which people said that something broke; each is learnt with reading alone, where that is possible. */
export const NAMED: readonly NamedDaemon[] = [
  known(
    "smbd.service",
    {
      "an upload of its user": "smbclient //localhost/homes -U anna%secret -c 'put /etc/hostname up.txt'",
      "an upload of another user": "smbclient //localhost/homes -U bert%secret -c 'put /etc/hostname up.txt'",
      "a share below /srv":
        "mkdir -p -m 777 /srv/share; grep -q '^.share' /etc/samba/smb.conf || printf '[share]\\npath=/srv/share\\nread only=no\\n' >> /etc/samba/smb.conf; smbcontrol smbd reload-config; sleep 1; smbclient //localhost/share -U anna%secret -c 'put /etc/hostname up.txt'",
    },
    {
      setup: `${TWO}for it in anna bert; do (echo secret; echo secret) | smbpasswd -s -a $it; done
sed -i 's/read only = yes/read only = no/' /etc/samba/smb.conf`,
      probes: [command("smbclient //localhost/homes -U anna%secret -c ls")],
    },
  ),
  {
    daemon: {
      packages: ["rsync"],
      unit: "rsync.service",
      role: "file server",
      setup: `${TWO}mkdir -p -m 777 /srv/files; echo letter > /srv/files/a; mkdir -p /srv/backup /srv/tree/below
echo one > /srv/tree/one; echo two > /srv/tree/below/two; ln /srv/tree/one /srv/tree/again; ln -s below/two /srv/tree/link
install -m 600 -o bert /srv/tree/one /srv/tree/private; install -m 4755 /bin/true /srv/tree/rising; install /bin/true /srv/tree/able
setcap cap_net_raw=ep /srv/tree/able
printf '[files]\\npath=/srv/files\\nread only=no\\n[backup]\\npath=/srv/backup\\nread only=no\\nuid=root\\ngid=root\\n' > /etc/rsyncd.conf`,
      probes: [command("rsync rsync://localhost/files/a /tmp/a && grep letter /tmp/a")],
    },
    acts: {
      "an upload": "rsync /etc/hostname rsync://localhost/files/up.txt",
      "a directory tree": "rsync -r /srv/tree/below rsync://localhost/files/",
      "times and modes": "rsync -a /etc/hostname rsync://localhost/files/kept.txt",
      "a backup with owners, links and set-user-ID programs":
        "rsync -aH --delete /srv/tree/ rsync://localhost/backup/own && [ $(stat -c %U%a /srv/backup/own/private) = bert600 ] && [ -u /srv/backup/own/rising ]",
      "a backup with file capabilities":
        "rsync -aX /srv/tree/able rsync://localhost/backup/ && getcap /srv/backup/able | grep net_raw",
      "a backup that comes back":
        "rsync -aX rsync://localhost/backup/ /tmp/back && getcap /tmp/back/able | grep net_raw",
    },
  },
  {
    daemon: {
      packages: ["pure-ftpd", "curl"],
      unit: "pure-ftpd.service",
      role: "file server",
      setup: TWO,
      probes: [command("curl -fsS ftp://anna:secret@localhost/")],
    },
    acts: {
      "an upload of its user": "curl -fsS -T /etc/hostname ftp://anna:secret@localhost/up.txt",
      "a listing of another user": "curl -fsS ftp://bert:secret@localhost/",
      "an upload of another user": "curl -fsS -T /etc/hostname ftp://bert:secret@localhost/up.txt",
      "a new directory": "curl -fsS --ftp-create-dirs -T /etc/hostname ftp://bert:secret@localhost/new/up.txt",
    },
  },
  {
    daemon: {
      packages: ["tftpd-hpa"],
      unit: "tftpd-hpa.service",
      role: "file server",
      setup: "mkdir -p /srv/tftp; echo letter > /srv/tftp/probe; chmod 666 /srv/tftp/probe",
      probes: [datagram(69, "000170726f6265006f6374657400", "6c6574746572")],
    },
    acts: {
      "an upload over a file": `node -e 'const s=require("dgram").createSocket("udp4");s.on("message",(m,r)=>{if(m[1]!==4)process.exit(1);if(m[3]===1)process.exit(0);s.send(Buffer.from("000300016f74686572","hex"),r.port,r.address)});s.send(Buffer.from("000270726f6265006f6374657400","hex"),69,"127.0.0.1");setTimeout(()=>process.exit(1),15000)' && grep other /srv/tftp/probe; r=$?; echo letter > /srv/tftp/probe; exit $r`,
    },
  },
  known("collectd.service", {
    "its figures of memory": "find /var/lib/collectd -path '*memory*' -size +0 -newermt '-60 seconds' | grep -q .",
    "its figures of interfaces": "find /var/lib/collectd -path '*interface-*' -newermt '-60 seconds' | grep -q .",
    "its figures of disks": "find /var/lib/collectd -path '*df-*' -newermt '-60 seconds' | grep -q .",
    "its figures of processors": "find /var/lib/collectd -path '*cpu*' -newermt '-60 seconds' | grep -q .",
    "its figures of load": "find /var/lib/collectd -path '*load*' -newermt '-60 seconds' | grep -q .",
  }),
  known(
    "snmpd.service",
    {
      "the size of memory": snmp(".1.3.6.1.2.1.25.2.2.0", "[1-9][0-9]{5}"),
      "the number of interfaces": snmp(".1.3.6.1.2.1.2.1.0", "^[2-9]"),
      "the octets of an interface": snmp(".1.3.6.1.2.1.2.2.1.10.1", "[1-9]"),
      "the time of processors": snmp(".1.3.6.1.4.1.2021.11.50.0", "[1-9]"),
      "the free memory": snmp(".1.3.6.1.4.1.2021.4.6.0", "[1-9]"),
      "the packets received": snmp(".1.3.6.1.2.1.4.3.0", "[1-9]"),
      "the number of processes": snmp(".1.3.6.1.2.1.25.1.6.0", "[1-9]"),
    },
    { setup: "echo 'rocommunity probe 127.0.0.1' >> /etc/snmp/snmpd.conf" },
  ),
  known("tomcat10.service", {
    "its page over IPv6": "curl -fsS -o /dev/null 'http://[::1]:8080/'",
    "another application":
      "mkdir -p /var/lib/tomcat10/webapps/probe; echo '<%= 6*7 %>' > /var/lib/tomcat10/webapps/probe/index.jsp; for i in 1 2 3 4 5 6 7 8 9; do sleep 2; curl -fsS http://localhost:8080/probe/index.jsp | grep -q 42 && exit 0; done; exit 1",
  }),
  {
    daemon: {
      packages: ["fcgiwrap", "libfcgi-bin"],
      unit: "fcgiwrap.service",
      role: "web gateway",
      setup: `mkdir -p /usr/lib/cgi-bin; install -d -o www-data /var/lib/guestbook
printf '#!/bin/sh\\necho "Content-Type: text/plain"; echo; echo probe\\n' > /usr/lib/cgi-bin/read
printf '#!/bin/sh\\necho entry >> /var/lib/guestbook/entries || exit 1\\necho "Content-Type: text/plain"; echo; echo written\\n' > /usr/lib/cgi-bin/write
chmod 755 /usr/lib/cgi-bin/*`,
      probes: [
        command(
          "SCRIPT_FILENAME=/usr/lib/cgi-bin/read REQUEST_METHOD=GET cgi-fcgi -bind -connect /run/fcgiwrap.socket | grep probe",
        ),
      ],
    },
    acts: {
      "a script that writes":
        "SCRIPT_FILENAME=/usr/lib/cgi-bin/write REQUEST_METHOD=GET cgi-fcgi -bind -connect /run/fcgiwrap.socket | grep written",
    },
  },
  {
    daemon: {
      packages: ["graphite-carbon"],
      unit: "carbon-cache.service",
      role: "metrics database",
      probes: [{ kind: "greet", place: 2003 }],
    },
    acts: {
      "a figure that is kept": `node -e 'const s=require("net").connect(2003,"localhost",()=>s.end("probe.kept 42 "+Math.floor(Date.now()/1000)+"\\n"))'; for i in 1 2 3 4 5 6 7 8 9; do sleep 2; [ -e /var/lib/graphite/whisper/probe/kept.wsp ] && exit 0; done; exit 1`,
      "a start after its logs are gone":
        "rm -rf /var/log/carbon/*; systemctl restart carbon-cache && sleep 2 && systemctl is-active carbon-cache",
    },
  },
  known("haproxy.service", {
    "another listener":
      "grep -q 'bind :8081' /etc/haproxy/haproxy.cfg || printf 'frontend g\\n bind :8081\\n mode http\\n http-request return status 200 content-type text/plain string other\\n' >> /etc/haproxy/haproxy.cfg; systemctl reload haproxy; sleep 1; curl -fsS http://localhost:8081/ | grep other",
    "its socket for administrators":
      'echo \'show info\' | socat - /run/haproxy/admin.sock | grep Version || node -e \'const s=require("net").connect("/run/haproxy/admin.sock",()=>s.end("show info\\n"));let t="";s.on("data",d=>t+=d);s.on("close",()=>process.exit(t.includes("Version")?0:1))\'',
  }),
  known("slapd.service", {
    "a change of its configuration":
      "printf 'dn: cn=config\\nchangetype: modify\\nreplace: olcLogLevel\\nolcLogLevel: stats\\n' | ldapmodify -Y EXTERNAL -H ldapi:///",
    "another schema":
      "printf 'dn: cn=probe%s,cn=schema,cn=config\\nobjectClass: olcSchemaConfig\\ncn: probe%s\\n' $$ $$ | ldapadd -Y EXTERNAL -H ldapi:///",
    "another index":
      "printf 'dn: olcDatabase={1}mdb,cn=config\\nchangetype: modify\\nreplace: olcDbMaxReaders\\nolcDbMaxReaders: 99\\n' | ldapmodify -Y EXTERNAL -H ldapi:///",
  }),
];
