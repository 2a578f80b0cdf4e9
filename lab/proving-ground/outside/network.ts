import { command, type Daemon, dns, file, http, talk } from "../daemon.ts";
import { PAGE_ON_8000, PERSON, TUN, WITHOUT_PRIORITY } from "./setups.ts";

/** Names, addresses, routes, tunnels and logins. */
export const NETWORK: readonly Daemon[] = [
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
    packages: ["rpcbind"],
    unit: "rpcbind.service",
    role: "port mapper",
    probes: [command("rpcinfo -p localhost | grep portmapper")],
  },
  {
    packages: ["avahi-daemon", "avahi-utils"],
    unit: "avahi-daemon.service",
    role: "discovery",
    probes: [command("avahi-resolve -4 -n box.local | grep 192.0.2.2")],
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
    packages: ["openbsd-inetd"],
    unit: "inetd.service",
    role: "super-server",
    setup: "echo 'daytime stream tcp nowait root internal' >> /etc/inetd.conf",
    probes: [talk(13, "<:")],
  },
  {
    packages: ["gdnsd"],
    unit: "gdnsd.service",
    role: "name server",
    setup: `${WITHOUT_PRIORITY("gdnsd")}
mkdir -p /etc/gdnsd/zones
printf '@ SOA a. b. 1 1 1 1 1\\n@ NS ns\\nns A 192.0.2.1\\n@ A 192.0.2.1\\n' > /etc/gdnsd/zones/probe.example`,
    probes: [dns(53, "probe.example")],
  },
  {
    packages: ["tinc"],
    unit: "tinc@probe.service",
    role: "tunnel program",
    setup: `${TUN}
mkdir -p /etc/tinc/probe/hosts
printf 'Name = probe\\nDevice = /dev/net/tun\\n' > /etc/tinc/probe/tinc.conf
printf '#!/bin/sh\\nip addr add 198.51.100.1/24 dev $INTERFACE\\nip link set $INTERFACE up\\n' > /etc/tinc/probe/tinc-up
chmod 755 /etc/tinc/probe/tinc-up
echo | tincd -n probe -K2048`,
    probes: [talk(655), command("ip addr show dev probe | grep 198.51.100.1")],
  },
  {
    packages: ["ocserv", "ssl-cert"],
    unit: "ocserv.service",
    role: "tunnel program",
    setup: "make-ssl-cert generate-default-snakeoil; touch /etc/ocserv/passwd",
    probes: [command("curl -sk https://localhost/ | grep -i auth")],
  },
  {
    packages: ["shadowsocks-libev", "curl"],
    unit: "shadowsocks-libev.service",
    role: "tunnel program",
    setup: `${PAGE_ON_8000}
echo '{ "server": "127.0.0.1", "server_port": 8388, "password": "probe", "method": "aes-256-gcm", "timeout": 60 }' > /etc/shadowsocks-libev/config.json`,
    probes: [
      command(
        "ss-local -s 127.0.0.1 -p 8388 -l 1080 -k probe -m aes-256-gcm > /dev/null 2>&1 & sleep 1; curl -s --socks5-hostname 127.0.0.1:1080 http://127.0.0.1:8000/ | grep probe; found=$?; kill %1 $!; exit $found",
      ),
    ],
  },
  {
    packages: ["keepalived"],
    unit: "keepalived.service",
    role: "routing daemon",
    setup:
      "printf 'vrrp_instance probe {\\n interface eth0\\n state MASTER\\n virtual_router_id 1\\n virtual_ipaddress {\\n 192.0.2.50/24\\n }\\n}\\n' > /etc/keepalived/keepalived.conf",
    probes: [command("ip -4 addr show dev eth0 | grep 192.0.2.50")],
  },
  {
    packages: ["radvd", "radvdump"],
    unit: "radvd.service",
    role: "routing daemon",
    setup:
      "ip link add probe type veth peer name other; ip link set probe up; ip link set other up; sleep 3; printf 'interface probe {\\n AdvSendAdvert on;\\n MinRtrAdvInterval 3;\\n MaxRtrAdvInterval 4;\\n prefix 2001:db8::/64 {};\\n};\\n' > /etc/radvd.conf",
    probes: [command("timeout 12 radvdump | grep -m1 2001:db8")],
  },
  {
    packages: ["kea-dhcp4-server", "socat"],
    unit: "kea-dhcp4-server.service",
    role: "DHCP server",
    setup: `sed -i 's/"interfaces": \\[.*\\]/"interfaces": [ "eth0" ]/' /etc/kea/kea-dhcp4.conf`,
    probes: [
      command('echo \'{ "command": "config-get" }\' | socat - UNIX-CONNECT:/run/kea/kea4-ctrl-socket | grep subnet4'),
      command("grep -v Proto /proc/net/packet"),
    ],
  },
  {
    packages: ["oidentd"],
    unit: "oidentd.service",
    role: "identity server",
    probes: [talk(113, ">1, 2\r\n", "<1,2:ERROR")],
  },
  {
    packages: ["ntpd-rs"],
    unit: "ntpd-rs.service",
    role: "time server in Rust",
    probes: [command("ntp-ctl status | grep -i stratum")],
  },
  { packages: ["bacula-fd"], unit: "bacula-fd.service", role: "backup", probes: [talk(9102)] },
  {
    packages: ["radsecproxy", "freeradius-utils"],
    unit: "radsecproxy.service",
    role: "authentication proxy",
    setup:
      "printf 'listenUDP 127.0.0.1:1812\\nclient 127.0.0.1 {\\n type udp\\n secret testing\\n}\\nrealm * {\\n replymessage \"letter\"\\n}\\n' > /etc/radsecproxy.conf",
    probes: [
      command("echo 'User-Name=anna@box,User-Password=b' | radclient -x 127.0.0.1:1812 auth testing | grep letter"),
    ],
  },
  {
    packages: ["ypserv", "rpcbind"],
    unit: "ypserv.service",
    role: "user directory",
    setup: "echo probe > /etc/defaultdomain; mkdir -p /var/yp/probe; systemctl start rpcbind",
    probes: [command("rpcinfo -p | grep ypserv"), command("rpcinfo -u localhost ypserv | grep ready")],
  },
  { packages: ["gpsd"], unit: "gpsd.service", role: "positions of satellites", probes: [talk(2947, "<VERSION")] },
  {
    packages: ["knockd"],
    unit: "knockd.service",
    role: "firewall program",
    setup: `
echo 'KNOCKD_OPTS="-i lo"' >> /etc/default/knockd
printf '[options]\\n UseSyslog\\n[probe]\\n sequence = 7000:udp\\n seq_timeout = 5\\n command = /usr/bin/touch /run/knocked\\n' > /etc/knockd.conf`,
    probes: [command("knock -u 127.0.0.1 7000; sleep 1; ls /run/knocked")],
  },
  {
    packages: ["babeld"],
    unit: "babeld.service",
    role: "routing daemon",
    setup: "printf 'local-port 33123\\nskip-kernel-setup true\\ninterface eth0\\n' > /etc/babeld.conf",
    probes: [talk(33123, "<BABEL", ">dump\n", "<eth0")],
  },
  {
    packages: ["smcroute"],
    unit: "smcroute.service",
    role: "routing daemon",
    probes: [command("smcroutectl show interfaces | grep eth0")],
  },
  {
    packages: ["gobgpd"],
    unit: "gobgpd.service",
    role: "routing daemon in Go",
    setup: "printf '[global.config]\\n as = 64512\\n router-id = \"192.0.2.2\"\\n' > /etc/gobgpd.conf",
    probes: [command("gobgp global | grep 64512")],
  },
  {
    packages: ["dhcpy6d"],
    unit: "dhcpy6d.service",
    role: "DHCP server in Python",
    setup:
      "sed -i 's/^RUN=.*/RUN=yes/' /etc/default/dhcpy6d; sed -i 's/^interface *=.*/interface = eth0/' /etc/dhcpy6d.conf",
    probes: [command("grep ':0223 ' /proc/net/udp6")],
  },
  {
    packages: ["iodine"],
    unit: "iodined.service",
    role: "tunnel program",
    setup: `${TUN}
systemctl unmask iodined
printf 'IODINED_ARGS="198.51.100.1/24 t.example"\\nIODINED_PASSWORD="probe"\\n' > /etc/default/iodine`,
    probes: [command("ip addr show | grep 198.51.100.1")],
  },
  {
    packages: ["courier-authdaemon"],
    unit: "courier-authdaemon.service",
    role: "authentication service",
    setup: PERSON,
    probes: [command("authtest anna secret | grep 'Home Directory: /home/anna'")],
  },
  {
    packages: ["omniorb-nameserver", "omniorb"],
    unit: "omniorb-nameserver.service",
    role: "name server of objects",
    setup: "echo 'InitRef = NameService=corbaname::localhost' >> /etc/omniORB.cfg",
    probes: [command("nameclt bind_new_context probe; nameclt list | grep probe")],
  },
  {
    packages: ["serf"],
    unit: "serf.service",
    role: "cluster membership in Go",
    setup: `mkdir -p /etc/serf; echo '{ "bind": "127.0.0.1:7946" }' > /etc/serf/probe.json`,
    probes: [command("serf members | grep alive")],
  },
  {
    packages: ["v2ray", "curl"],
    unit: "v2ray.service",
    role: "tunnel program in Go",
    setup: `${PAGE_ON_8000}
echo '{ "inbounds": [{ "port": 8118, "protocol": "http" }], "outbounds": [{ "protocol": "freedom" }] }' > /etc/v2ray/config.json`,
    probes: [command("curl -s -x http://127.0.0.1:8118 http://127.0.0.1:8000/ | grep probe")],
  },
  {
    packages: ["exabgp"],
    unit: "exabgp.service",
    role: "routing daemon in Python",
    setup: `
printf 'neighbor 192.0.2.9 {\\n router-id 192.0.2.2;\\n local-address 192.0.2.2;\\n local-as 64512;\\n peer-as 64513;\\n}\\n' > /etc/exabgp/exabgp.conf`,
    probes: [command("exabgpcli version | grep exabgp")],
  },
  {
    packages: ["udhcpd", "busybox"],
    unit: "udhcpd.service",
    role: "DHCP server",
    setup: `
ip link add probe type veth peer name other
ip addr add 198.51.100.1/24 dev probe
ip link set probe up
ip link set other up
printf 'start 198.51.100.20\\ninterface probe\\nend 198.51.100.30\\n' > /etc/udhcpd.conf`,
    probes: [command("busybox udhcpc -i other -q -n -f -t 3 -s /bin/true 2>&1 | grep 'lease of'")],
  },
  {
    packages: ["conntrackd"],
    unit: "conntrackd.service",
    role: "routing daemon",
    probes: [command("conntrackd -s | grep cache")],
  },
  {
    packages: ["softflowd"],
    unit: "softflowd@probe.service",
    role: "packet capture",
    setup: `printf 'interface=eth0\\noptions="-n 127.0.0.1:2055"\\n' > /etc/softflowd/probe.conf`,
    probes: [command("softflowctl -c /run/softflowd/probe.ctl statistics | grep -i flow")],
  },
  {
    packages: ["arpwatch"],
    unit: "arpwatch@eth0.service",
    role: "packet capture",
    probes: [command("grep -v Proto /proc/net/packet"), file("/var/lib/arpwatch/eth0.dat")],
  },
];
