/** What is said to a port or socket of which nobody knows the protocol: lines that wait for an answer each. */
export interface Dialogue {
  readonly name: string;
  readonly says: readonly (string | Uint8Array)[];
}

const say = (name: string, ...says: Dialogue["says"]): Dialogue => ({ name, says });

const HEAD = "Host: localhost\r\nConnection: close\r\n";
const get = (path: string, more = ""): Dialogue =>
  say(
    `HTTP GET ${path}${more === "" ? "" : ` with ${more.split(":")[0]}`}`,
    `GET ${path} HTTP/1.1\r\n${HEAD}${more}\r\n`,
  );
const hex = (digits: string): Uint8Array => Buffer.from(digits.replaceAll(" ", ""), "hex");

/** A question for the root of the names, with the length that TCP wants. */
const DNS = "1092010000010000000000000000020001";

/** Requests over streams. */
export const STREAM: readonly Dialogue[] = [
  get("/"),
  get("/metrics"),
  get("/status"),
  get("/index.html"),
  get("/api"),
  get("/favicon.ico"),
  get("/no-such-page"),
  get("/", "Range: bytes=0-9\r\n"),
  get("/", "Authorization: Basic YWRtaW46YWRtaW4=\r\n"),
  get(
    "/",
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
  ),
  say("HTTP HEAD", `HEAD / HTTP/1.1\r\n${HEAD}\r\n`),
  say("HTTP OPTIONS", `OPTIONS / HTTP/1.1\r\n${HEAD}\r\n`),
  say("HTTP POST of 200 kB", `POST / HTTP/1.1\r\n${HEAD}Content-Length: 200000\r\n\r\n${"x".repeat(200_000)}`),
  say("HTTP PUT of a file", `PUT /probe.txt HTTP/1.1\r\n${HEAD}Content-Length: 6\r\n\r\nletter`),
  say(
    "HTTP POST of JSON",
    `POST / HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 48\r\n\r\n{"jsonrpc":"2.0","method":"getinfo","id":100000}`,
  ),
  say("HTTP with a long header", `GET / HTTP/1.1\r\n${HEAD}X-Long: ${"x".repeat(7000)}\r\n\r\n`),
  say("HTTP PROPFIND", `PROPFIND / HTTP/1.1\r\n${HEAD}Depth: 1\r\nContent-Length: 0\r\n\r\n`),
  say("HTTP proxy", `GET http://localhost:9/ HTTP/1.1\r\n${HEAD}\r\n`),
  say("CONNECT", "CONNECT localhost:9 HTTP/1.1\r\nHost: localhost:9\r\n\r\n"),
  say("RTSP", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
  say(
    "SIP",
    "OPTIONS sip:localhost SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@localhost>;tag=1\r\nTo: <sip:a@localhost>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
  ),
  say(
    "a letter over SMTP",
    "EHLO box\r\n",
    "MAIL FROM:<anna@localhost>\r\n",
    "RCPT TO:<root@localhost>\r\n",
    "DATA\r\n",
    "Subject: probe\r\n\r\nletter\r\n.\r\n",
    "QUIT\r\n",
  ),
  say(
    "an upload over FTP",
    "USER anonymous\r\n",
    "PASS a@b\r\n",
    "SYST\r\n",
    "PWD\r\n",
    "TYPE I\r\n",
    "MKD probe\r\n",
    "QUIT\r\n",
  ),
  say("IMAP", "a CAPABILITY\r\n", "b LOGIN root wrong\r\n", "c LOGOUT\r\n"),
  say("POP3", "CAPA\r\n", "USER root\r\n", "PASS wrong\r\n", "QUIT\r\n"),
  say("NNTP", "MODE READER\r\n", "LIST\r\n", "DATE\r\n", "QUIT\r\n"),
  say("IRC", "NICK probe\r\nUSER probe 0 * :probe\r\n", "JOIN #probe\r\n", "PRIVMSG #probe :letter\r\n", "QUIT\r\n"),
  say("Redis", "PING\r\n", "SET probe 42\r\n", "GET probe\r\n", "SAVE\r\n", "INFO\r\n"),
  say("memcached", "version\r\n", "set probe 0 0 2\r\n42\r\n", "get probe\r\n", "stats\r\n"),
  ...["help", "status", "version", "stats", "list", "ping", "info", "show", "quit", "?"].map((it) =>
    say(`the word ${it}`, `${it}\n`),
  ),
  say("an empty line", "\r\n"),
  say("a line of Graphite", "probe.a 42 1700000000\n"),
  say("a line of 100 kB", `${"x".repeat(100_000)}\n`),
  say("JSON on a line", '{"command":"version","method":"version","id":1}\n'),
  say(
    "XMPP",
    "<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
  ),
  say("SSH", "SSH-2.0-probe\r\n"),
  say("rsync", "@RSYNCD: 31.0\n", "#list\n"),
  say("finger", "root\r\n"),
  say("ident", "1, 1\r\n"),
  say("a queue of a printer", "\x04lp\n"),
  say(
    "LDAP",
    hex("300c020101600702010304008000"),
    hex("30250201026320040 00a01000a0100020100020100010100870b6f626a656374436c6173733000"),
  ),
  say("PostgreSQL", hex("0000000804d2162f")),
  say("MQTT", hex("101100044d5154540402003c000570726f6265")),
  say("SOCKS 5", hex("050100"), hex("050100017f0000010009")),
  say("SOCKS 4", hex("040100097f00000100")),
  say("DNS", hex(`0011${DNS}`)),
  say("AMQP", hex("414d515000000901")),
  say("RPC", hex("8000002800000001000000000000000200 0186a0000000020000000000000000000000000000000000000000")),
  say("VNC", "RFB 003.008\n"),
  say("X11", hex("6c000b000000000000000000")),
  say(
    "SMB",
    hex("0000002fff534d4272000000001801280000000000000000000000000000000000000000000c00024e54204c4d20302e313200"),
  ),
  say("9P", hex("1300000064ffff0020000006003950323030302e4c")),
  say("FastCGI", hex("01010001000800000001000000000000010400010000000001050001 00000000")),
  say("a milter", hex("0000000d4f00000006000001ff001fffff")),
  say(
    "a policy of mail",
    "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=SMTP\nclient_address=192.0.2.9\nclient_name=x\nsender=a@b.example\nrecipient=c@d.example\n\n",
  ),
];

/** Datagrams. */
export const DATAGRAM: readonly Dialogue[] = [
  say("DNS", hex(DNS)),
  say("NTP", hex(`e30004fa000100000001${"00".repeat(38)}`)),
  say("SNMP", hex("302602010104067075626c6963a019020101020100020100300e300c06082b060102010105000500")),
  say("a file over TFTP", hex("000170726f62652e747874006f6374657400")),
  say(
    "SIP",
    "OPTIONS sip:localhost SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@localhost>;tag=1\r\nTo: <sip:a@localhost>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
  ),
  say("STUN", hex("000100002112a442000102030405060708090a0b")),
  say("a line of a log", "<14>Nov 30 12:00:00 box probe: letter"),
  say("RPC", hex("00000001000000000000000200 0186a0000000020000000000000000000000000000000000000000")),
  say("a game", hex("ffffffff676574737461747573")),
  say("another game", hex("ffffffff54536f7572636520456e67696e6520517565727900")),
  say("RADIUS", hex("0c010014000102030405060708090a0b0c0d0e0f")),
  say("IPMI", hex("0600ff07000000000000000000092018c88100388e04b5")),
  say("CoAP", hex("40010001bb2e77656c6c2d6b6e6f776e04636f7265")),
  say(
    "NetBIOS",
    hex("80f00010000100000000000020434b4141414141414141414141414141414141414141414141414141414141410000210001"),
  ),
  say("8 kB", "x".repeat(8000)),
  say("a line of statsd", "probe:1|c"),
];
