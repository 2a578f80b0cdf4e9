import { command, type Daemon, file, talk } from "../daemon.ts";
import { MILTER, PERSON, POLICY } from "./setups.ts";

/** Mail, news and chat. */
export const MAIL: readonly Daemon[] = [
  {
    packages: ["dovecot-imapd"],
    unit: "dovecot.service",
    role: "mail server",
    setup: `${PERSON}sed -i 's/^ssl_server_/#&/' /etc/dovecot/conf.d/10-ssl.conf
printf 'ssl = no\\nauth_allow_cleartext = yes\\n' > /etc/dovecot/conf.d/99-probe.conf`,
    probes: [talk(143, "<* OK", ">a LOGIN anna secret\r\n", "<a OK", ">b SELECT INBOX\r\n", "<b OK")],
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
];
