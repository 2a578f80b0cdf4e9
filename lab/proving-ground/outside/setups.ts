/** Somebody with a home. */
export const PERSON = `
useradd --create-home --shell /bin/bash anna
echo anna:secret | chpasswd
`;

/** A page that proxies fetch. */
export const PAGE_ON_8000 = `
printf 'require("http").createServer((_, answer) => answer.end("probe")).listen(8000)' > /usr/local/lib/page.js
systemd-run --quiet --unit=page node /usr/local/lib/page.js
`;

/** A drop-in without the priorities that only some machines grant. */
export const WITHOUT_PRIORITY = (name: string): string => `
mkdir -p /etc/systemd/system/${name}.service.d
printf '[Service]\\nOOMScoreAdjust=0\\nNice=0\\nLimitMEMLOCK=8M\\n' > /etc/systemd/system/${name}.service.d/priority.conf
`;

/** The device of tunnels, which a box has not. */
export const TUN = `
mkdir -p /dev/net
[ -e /dev/net/tun ] || mknod /dev/net/tun c 10 200
`;

/** SMFIC_OPTNEG of the milter protocol. */
export const MILTER = ">\0\0\0\rO\0\0\0\x06\0\0\x01\xff\0\x1f\xff\xff";

/** A question of Postfix for its policy service. */
export const POLICY =
  "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\nclient_address=192.0.2.9\nclient_name=x\nreverse_client_name=x\nhelo_name=x\nsender=a@b.example\nrecipient=c@d.example\nrecipient_count=0\nsize=100\n\n";
