import { COMPILERS } from "./compilers.ts";

/**
 * Which programs are of which kind, in lower case; a `*` at the end stands for any rest, versions are cut off.
 * Names of units count too, as many daemons hide behind a script. A program may be of several kinds.
 */
export const PROGRAMS = {
  jit: `
    ${COMPILERS}
    privoxy php php-fpm php-cgi julia nvim wkhtmltopdf wkhtmltoimage clickhouse clickhouse-server cjs
    beam.smp erl escript ejabberdctl ejabberd rabbitmq-server rabbitmq couchdb yaws postgres postgresql pg_ctlcluster pg_ctl
    kresd dnsdist pdns_recursor rspamd tarantool tarantoolctl snort suricata openresty kong mongod clamd clamav-daemon
    kafka* zookeeper hadoop* tomcat* jetty* jenkins keycloak
    wildfly nexus sonarqube graylog* unifi openhab minecraft* i2prouter jitsi* jicofo jvb vscode* jellyfin emby* sonarr radarr lidarr prowlarr readarr jackett biglybtd electron* signal-desktop
    chromedriver geckodriver chromium* google-chrome* firefox* webkit* epiphany gnome-shell cinnamon* cog surf arc-arex* voms* influxdb2-java`,
  login: `
    sshd dropbear telnetd in.telnetd utelnetd inetutils-telnetd rlogind in.rlogind in.rshd in.rexecd in.uucpd mactelnetd
    agetty getty mingetty fgetty ngetty login sulogin systemd-sulogin-shell kmscon* openvt gdm gdm3 lightdm sddm lxdm xdm wdm
    slim nodm greetd ly kdm display-manager emptty xrdp xrdp-sesman vncserver* tigervnc* x2go* xscreensaver vino-server x11vnc
    gnome-remote-desktop-daemon veyon-service shellinaboxd shellinabox ttyd wetty gotty tmate-ssh-server mosh-server et
    etserver teleport tailscaled cockpit-session cockpit-ws cockpit-tls cockpit adbd guacd ssh-agent sidedoor terminal-wrapper
    cockpit-*
    tmux screen byobu* zellij dtach abduco dvtm rstudio-server rserver`,
  cron: `cron crond cronie fcron anacron atd bcron-* dcron hcron incrond systemd-cron uschedule snooze cron-*`,
  runner: `
    supervisord supervisor circusd runsvdir runit runsv svscan svscanboot s6-* monit god pm2 forever xinetd inetd
    inetutils-inetd openbsd-inetd rlinetd tcpserver tcpsvd jenkins buildbot* gitlab-runner act_runner forgejo-runner runsvc.sh
    buildkite-agent woodpecker-agent drone* concourse* debci sbuild* wanna-build* pdudaemon openqa-worker laminar laminard
    webhook slurmd slurmctld condor_master condor oar-server pbs_mom nomad rundeck ansible* salt-* puppet puppet-agent
    chef-client cf-* mgmt watchman direvent rc.local rc-local rebuild* mini-buildd debomatic debusine* hypervisor nrpe
    nagios-nrpe-server nagios nagios4 naemon icinga2 icinga shinken* sensu* at-spi-* systemd-run launch* daemontools hooks*
    globus-* openqa-* rancid*
    jupyter* code-server openvscode-server marimo`,
  admin: `
    webmin usermin plinth ajenti virtualmin accounts-daemon group-admin-daemon cloud-init* realmd oddjobd pcsd ltsp*
    debian-edu-* run-at-firstboot initial-setup gnome-initial-setup* firstboot* homectl lxcfs blueman-mechanism
    pollinate console-setup.sh keyboard-setup.sh update-binfmts driverctl`,
  packages: `
    apt apt-get apt-helper apt.systemd.daily aptitude* unattended-upgrade* packagekitd dnf* yum* zypper* snap snapd snap-* flatpak*
    fwupd fwupdmgr rauc swupdate* ostree* rpm-ostree* nix-daemon guix-daemon pk-offline-update mintupdate* eopkg* dpkg*
    needrestart systemd-sysupdate mender* debsecan cpanm pip gem cargo`,
  mail: `
    postfix master exim exim4 exim4-base dovecot dovecot-* sendmail procmail maildrop fetchmail getmail* opensmtpd smtpd
    courier* authdaemond pop3d imapd imap4d cyrmaster cyrus* mimedefang* spamd spamassassin dspam nullmailer-send nullmailer
    msmtpd dma masqmail citserver citadel chasquid maddy stalwart* james dbmail* mailman* mlmmj* qmail* qpopper popa3d
    solid-pop3d teapop interimap pullimap esmtp ssmtp sieve* lurker amavisd amavisd-new amavis* mda*
    inn inn2 innd rc.news nnrpd leafnode* uucico uucp`,
  syslog: `
    rsyslogd rsyslog syslog-ng syslogd klogd metalog inetutils-syslogd busybox-syslogd nxlog fluentd fluent-bit td-agent vector
    promtail filebeat journalbeat logstash dlt-daemon dlt-system systemd-netlogd minicoredumper* ras-mc-ctl`,
  sharing: `
    smbd nmbd winbindd samba samba-* ksmbd* nfsd rpc.nfsd rpc.mountd rpc.statd rpc.gssd rpc.svcgssd rpc.idmapd sm-notify
    nfs-* ganesha.nfsd unfsd vsftpd proftpd in.proftpd pure-ftpd* ftpd in.ftpd owftpd bftpd twoftpd rsync rsyncd tftpd in.tftpd
    tftpd-hpa atftpd uftpd netatalk afpd atalkd papd a2boot cnid_metad glusterd glusterfs* gluster* mfs* lizardfs* bosserver
    xrootd cmsd globus-gridftp* cvsd svnserve git-daemon git gotd gitolite* sftpgo wsgidav csync2 clsync lsyncd unison
    wsdd* afs* nbd-server
    mysecureshell gfmd gfsd flamethrower*`,
  media: `
    minidlnad minidlna gerbera rygel mediatomb plexmediaserver plex* jellyfin emby* mpd mopidy transmission-daemon transmission
    deluged deluge-web deluge qbittorrent* aria2c aria2 rtorrent syncthing onedrive onedriver rclone seafile* nextcloud* owncloud*
    dropbox* megacmd* photoprism navidrome kodi* kiwix-serve motion zoneminder* mythbackend mythtv* vdr tvheadend amuled
    mldonkey* nzbget sabnzbd* sickbeard slskd nicotine* filebrowser calibre-server znc weechat* quasselcore bip soju
    nvim vim emacs`,
  routing: `
    bird bird6 frr frrinit.sh zebra bgpd ospfd ospf6d ripd ripngd isisd pimd ldpd watchfrr quagga babeld olsrd batmand gobgpd
    exabgp openbgpd smcrouted smcroute mrouted xorp* merecat radvd ndppd dhcpd isc-dhcp-* kea-* udhcpd dhcrelay dhcp-helper
    dhcpy6d coredhcp erbium dnsmasq lldpd ladvd miniupnpd keepalived conntrackd vrrpd ucarp tayga clatd jool* natlog ipip
    isatapd ovs-* ovn-* openvswitch* ovsdb-server neutron-* calico* cilium* kube-router atmarpd ampr-ripd aprx alfred
    networking-bagpipe* ipsec-* l2tpns accel-ppp* pppoe-server rp-pppoe* oor mdns-reflector`,
  network: `
    networkmanager nm-* connmand connman connman* wpa_supplicant iwd hostapd dhclient dhcpcd udhcpc pppd networking ifup ifdown
    ifplugd netplan* wicked* networkd-dispatcher systemd-networkd resolvconf openresolv netctl* wicd* netscript whereami
    avahi-autoipd avahi-dnsconfd ifrename start-networking ip ethtool iw iwconfig setup-policy-routes switchconf`,
  vpn: `
    openvpn openvpn* wg wg-quick wireguard* ipsec charon* strongswan* starter pluto iked racoon vpnc openconnect openfortivpn
    ocserv tincd tinc fastd n2n edge supernode zerotier* nebula* yggdrasil cjdns cjdroute vpnserver softether* pptpd xl2tpd
    iodined iodine sstp* sshuttle anytun* gvpe vtund miredo* pqconnect headscale-client snowflake-vpn netbird* v2ray xray
    sing-box clash* hysteria* ss-redir ss-tunnel shadowsocks-libev-redir* redsocks tun2socks*`,
  firewall: `
    firewalld ufw ufw-init shorewall* iptables* ip6tables* nft nftables netfilter-persistent ferm fail2ban-server fail2ban
    fail2ban-client fwknopd psad sshguard crowdsec* ipset* arno-iptables* fireqos firehol foomuuri denyhosts portsentry knockd
    ulogd ulogd2 nftlb ldirectord ipvsadm opensnitchd fwsnort ebtables* arptables* conntrackd
    blockdomains*`,
  capture: `
    tcpdump suricata snort arpwatch arpalert arpon ntopng ntop darkstat bandwidthd tshark dumpcap zeek bro softflowd fprobe
    pmacctd uacctd nfacctd sfacctd pcapdump argus p0f netsniff-ng daemonlogger dhcp_probe passivedns fastnetmon nprobe prads
    kismet netdiscover addrwatch ngrep dns-flood-detector iptraf-ng httpry iftop vnstat-capture knockd netdata`,
  link: `
    lldpd ladvd avahi-autoipd arping arpwatch ptpd ptp4l phc2sys rbootd aoe* vblade fcoemon iscsiuio mactelnetd etherwake pppd
    wpan* bluetoothd bluez bluetooth obexd bluealsa* blueman* btmon ax25* kissattach mheardd aprx direwolf soundmodem slcand can*
    socketcand netatalk atalkd papd macipgw timelord ofonod ofono modemmanager rmtfs qrtr-ns pd-mapper tqftpserv hexagonrpcd
    iwd opensm srp_daemon ibacm rdma* vmtoolsd spice-vdagentd alfred batman* corosync keepalived isisd frr hciattach
    hcitool asahi-btsync atmarpd
    farpd opa-fm opafmd prometheus-homeplug-exporter homeplug_exporter`,
  containers: `
    docker dockerd containerd containerd-* podman* crio cri-o kubelet k3s k0s microk8s* rke2* lxc lxc-* lxd lxd* incus* libvirtd
    virtqemud virt* libvirt-* qemu-system-* kvm xen* xendomains xl vboxdrv vboxweb* systemd-nspawn machined runc crun buildkitd
    firecracker* cloud-hypervisor nova-compute pvedaemon pveproxy qmeventd vz* schroot sbuild pbuilder mock waydroid* anbox*
    nomad kube-* cadvisor portainer* garden* netavark aardvark-dns ganeti* gnt-* vdsm* firejail apptainer singularity* lxcfs
    rkt vmware* moby octavia-worker ironic-*
    cni-* fence_virtd qemu-*`,
  guest: `
    qemu-ga qemu-guest-agent vmtoolsd open-vm-tools vgauthservice vboxservice vboxadd* hv_* hv-* xe-daemon spice-vdagent*
    spice-webdavd waagent walinuxagent google_* google-* amazon-ssm-agent ovirt-guest-agent cloud-init* hyperv*`,
  storage: `
    mdadm mdmon mdmonitor lvm lvm* dmeventd multipathd iscsid iscsi* open-iscsi tgtd tgt tcmu-runner target* nbd-client nbd zfs* zpool
    zed cryptsetup cryptdisks cryptmount clevis* btrfs* xfs_* e2scrub* fsck* fstrim swapon swapspace dphys-swapfile zram*
    udisksd udisks2 mount umount automount autofs autodir sshfs fusermount* davfs2 s3fs drbd* bcache* stratisd snapper*
    quota* rpc.rquotad growpart mkfs* mkswap losetup blkmapd rbdmap ceph-* hdparm hd-idle hdapsd partimaged thin* vdo*
    ledmon log2ram kafs-* blkdeactivate cdemu-daemon tmpreaper systemd-tmpfiles cloud-growpart mount-* curlftpfs
    encfs gocryptfs mergerfs* lsblk rapiddiskd growfs osspd
    devmon* log2ram* fio cephfs-* rtpengine-recording-nfs*
    swapoff mount.* bindfs ntfs-3g lowntfs-3g gcsfuse goofys geesefs unionfs* fuse-* fuse2fs squashfuse* archivemount cryfs
    fuseiso jmtpfs simple-mtpfs go-mtpfs ifuse smbnetfs afuse google-drive-ocamlfuse vmhgfs-fuse dislocker* rar2fs mhddfs
    s3backer mfsmount onedriver guestmount plexdrive kbfsfuse`,
  devices: `
    udevd udevadm smartd smartmontools sensors sensord fancontrol lm-sensors thinkfan mbpfan thermald hddtemp gpsd bluetoothd
    bluetooth bluez brltty* pcscd upsd upsdrvctl upsmon nut-* apcupsd acpid acpi* usbmuxd usbguard* usb_modeswitch* modemmanager lircd*
    lircmd gpm* consolation inputattach* isdv4* keyd* input-remapper* evremap ckb-next-daemon razerd logid ipmi* openipmi
    bmc-watchdog freeipmi* openhpid rasdaemon mcelog edac* iio-sensor-proxy iiod fprintd biometry* ddccontrol* colord saned
    ipp-usb ums2net scanb* mjpg_streamer motion mumudvb tvheadend vdr mythbackend dvb* rtl_* readsb dump1090* direwolf svxlink* soundmodem
    soapysdr* osmo-trx* gammu* smstools smsd ser2net conserver* conmand powermand owserver owfs owhttpd w1retap vzlogger knxd
    bumblebeed nvidia* boltd tlp tuned* powertop laptop-mode* speakersafetyd tpm2-abrmd tcsd pkcsslotd yubihsm* yubikey*
    rngd* jitterentropy* infnoise entropy_broker eb_* slcand setserial watchdog wd_keepalive sbd g15daemon lcdd g810-led openrgb
    hexagonrpcd rmtfs tqftpserv adbd-* cxl accel-config* octoprint klipper moonraker rtsp* zigbee* domoticz home-assistant hass
    homeassistant alsactl alsa* jackd pulseaudio pipewire* wireplumber mpd sndiod shairport-sync snapclient udev monado-service
    powerd upower* droid-juicer dpdk* qat_* xringd legiond tiny-dfr ums* isdn* capi* hylafax faxgetty mgetty* vgetty asterisk
    daemon_launcher android* ofonod fenrir espeakup seatd usb* hdcpd inputlircd galileo argyll* openhab gerbera-dvb
    battery-* macsmc-* urfkill* hfd-service spacenavd eg25-manager mbmon irexec udevmon dundee repowerd biometric-* pkcs11-eventmgr pesign hexagonrpcd-*
    rfkill brightnessctl light acpilight xbacklight ddcutil gpio* pigpiod lgpio* rgpiod raspi-gpio pinctrl i2cget i2cset i2cdump
    i2cdetect i2ctransfer`,
  tuning: `
    irqbalance numad ksmtuned ksmctl tuned* tlp powertop sysctl systemd-sysctl cpufreqd cpupower* sysfsutils update-sysfs throttled
    undervolt auto-cpufreq power-profiles-daemon thermald laptop-mode* rtirq* ananicy* uresourced zcfan thinkfan fancontrol
    mbpfan hugeadm low-memory-monitor nohang numactl-tune pommed slinkwatch autosuspend hd-idle jool*
    mom momd fio`,
  clock: `
    chronyd chrony chrony* ntpd ntp ntpsec* ntpdate openntpd systemd-timesyncd ptp4l phc2sys timemaster ptpd gpsd hwclock
    fake-hwclock adjtimex rdate tlsdate* htpdate clockspeed ntp-* ntpwait radioclkd sntp busybox-ntpd date timedatectl`,
  boot: `
    modprobe insmod rmmod kmod depmod kdump* kexec* plymouth* setupcon loadkeys setfont apparmor_parser apparmor.systemd
    selinux-* restorecond systemd-machine-id-setup grub-editenv grub* bootctl efibootmgr dracut* mkinitramfs update-initramfs
    selinux-autorelabel ionit kpatch console-* resize* savelog depthchargectl`,
  power: `
    upowerd upower acpid pm-* elogind shutdown poweroff reboot rtcwake apcupsd upsmon autosuspend sleepd uswsusp* downtimed
    poweralertd power-profiles-daemon tlp hibernate* suspend* pcp-reboot-init`,
  monitoring: `
    node_exporter prometheus-node-exporter process-exporter prometheus-process-exporter zabbix_agentd zabbix_agent2 zabbix-agent*
    collectd telegraf munin-node munin* netdata snmpd snmptrapd nrpe nagios-nrpe-server nsca* icinga* nagios* naemon check_mk* xymon*
    atop atopacct* atopacctd sysstat sa1 sa2 sadc pmcd pmlog* pmie* pcp-* glances monitorix smokeping* gmond gmetad datadog*
    newrelic* osqueryd auditbeat metricbeat packetbeat wazuh* ossec* aide* dailyaidecheck rkhunter chkrootkit* tripwire samhain
    sysdig falco earlyoom nohang oomd systemd-oomd low-memory-monitor psi-notify ps-watcher ocsinventory* fusioninventory* glpi-agent
    landscape* tuptime uptimed below acct accton auditd augenrules ksystemstats pandora_agent mon simplemonitor vnstatd vnstat
    cpupower-gui* needrestart* htop darkstat ganglia* grafana-agent alloy otelcol* opentelemetry* lsof ps top
    autolog pcs_snmp_agent corosync-notifyd zabbix* fwlogwatch iwatch ha_cluster_exporter`,
  bus: `dbus-daemon dbus-broker dbus-broker-launch dbus polkitd polkit policykit-agent rtkit-daemon gssproxy`,
  identity: `sssd sssd_* sssd-* winbindd nslcd pynslcd nscd unscd nsncd krb5kdc kadmind krb5-* gssproxy rpc.gssd msktutil ypbind ypserv freeipa* ipa*`,
  audio: `
    jackd jackdbus pulseaudio start-pulseaudio-x11 pipewire* wireplumber mpd mopidy alsactl sndiod shairport-sync snapclient
    fluidsynth timidity* speech-dispatcher* espeakup bluealsa* librespot raspotify spotifyd squeezelite baresip linphone* mumble
    svxlink speakersafetyd liquidsoap darkice butt ices* airsonic*`,
  realtime: `
    corosync pacemakerd pacemaker* sbd dlm_controld multipathd watchdog asterisk freeswitch keepalived rtkit-daemon linuxcnc*
    klipper osmo-* sanlock wdmd lvmlockd openais ptp4l phc2sys timemaster ctdbd kamailio opensips ntpd chronyd gpsd direwolf mumudvb vdr rtpengine
    ceph-osd yate sems cyclictest`,
  display: `
    xorg xinit startx weston sway gnome-shell* kwin* mutter plasma* phosh cage kodi* mir* unity* lomiri* xvfb* xvfb-run xvnc
    xfce* mate-* i3 foot startplasma* xdg-* gnome-kiosk* labwc wayfire hyprland xsettingsd mako swaync swayosd* gvfs* evolution-*
    gnome-terminal-server kded* kscreen* org_kde_* ksmserver dde-* deepin-* ayatana-* lxqt* cinnamon-* budgie-* autorandr
    kylin-* ukui-*
    xtigervnc* xvnc* xephyr xnest xwayland* xdummy xpra* sunshine`,
  browser: `chromedriver geckodriver chromium* google-chrome* chrome firefox* electron* webkit* epiphany surf cog brave* falkon qutebrowser opera vivaldi* midori thunderbird signal-desktop`,
  emulation: `
    wine wine64 wineserver steam steamcmd srcds* hlds* box64 box86 qemu-i386* qemu-arm* qemu-aarch64* qemu-user* dosbox* mame fex*
    proton lutris linux32 i386 setarch openvz binfmt* arma* valheim* rust-server teamspeak* ts3server`,
  database: `postgres postgresql pg_ctlcluster pg_ctl mysqld mariadbd mysqld_safe mysql mariadb firebird* pgbouncer pgpool pgagroal`,
  printing: `cupsd cups cups-browsed lpd lprng papd hplip* ipp-usb saned`,
  backup: `
    bacula-* bareos-* burp* bbackupd bbstored amandad amanda* borg* restic* rsnapshot backuppc btrbk sanoid* syncoid dirvish* rdiff-backup
    duplicity duplicati* urbackup* timeshift gb-* obnam btrfs-* backup* snapper* kopia* proxmox-backup*
    gm-backup* pgbackrest*`,
  pinger: `
    prometheus-smokeping-prober smokeping_prober smokeping-prober prometheus-blackbox-exporter blackbox_exporter
    blackbox-exporter prometheus-ping-exporter ping_exporter ping-exporter prometheus-mtr-exporter mtr-exporter
    prometheus-homeplug-exporter homeplug_exporter fping`,
  meeting: `dlt dlt-daemon dlt-system dlt-dbus mongod mongos mongodb vsomeipd routingmanagerd`,
  scanner: `clamd clamav-daemon clamonacc maldet* sav-protect* esets* drweb* comodo* savd`,
  index: `updatedb* plocate* mlocate mandb man-db locate localsearch* tracker* baloo* tumblerd mediascanner* zeitgeist* recoll*`,
  helpers: `
    nova-* neutron-* cinder-* manila-* cyborg-* masakari-* ceilometer-* ironic-* octavia-* trove-* designate-* watcher-* glance-api
    swift-* magnum-*`,
  settings: `
    transmission-daemon transmission couchdb redis-server redis-sentinel redis-sentinel* valkey-server valkey-sentinel* keydb*
    redis privoxy pihole* adguardhome* openhab domoticz octoprint zoneminder unifi traefik shoutcast* openmediavault* freepbx*
    isc-dhcp-server* i2prouter tvheadend sabnzbd* nzbget sickbeard sonarr radarr lidarr prowlarr jackett weewx* motioneye*
    motion asterisk freeswitch yate sogod ddclient* haproxy-dataplane* dataplaneapi consul* vault* znc
    goiardi chef-zero chef-server* puppetserver puppetmaster* certmonger certbot dehydrated acmetool lego step-ca`,
  web: `
    apache2 httpd apachectl apache nginx lighttpd caddy thttpd mini_httpd mini-httpd cherokee hiawatha yaws monkey h2o
    openlitespeed litespeed webfsd webfs darkhttpd boa micro_httpd bozohttpd weborf* pygopherd gophernicus`,
  apps: `
    apache2 httpd apachectl apache uwsgi uwsgi* fcgiwrap spawn-fcgi php-fpm php-cgi hypnotoad gunicorn uvicorn hypercorn daphne waitress-serve granian puma unicorn passenger* thin
    unitd nginx-unit openlitespeed litespeed`,
  acme: `certbot* letsencrypt lego dehydrated getssl simp_le acmetool acme-client uacme dnsrobocert`,
  accounts: `
    useradd userdel usermod adduser deluser groupadd groupdel groupmod addgroup delgroup newusers chpasswd chgpasswd gpasswd
    chage chsh chfn pwck grpck pwconv grpconv pwunconv grpunconv vipw update-passwd passwd`,
  system: `
    etckeeper update-ca-certificates update-ca-trust update-alternatives update-rc.d update-locale locale-gen localedef ldconfig
    authselect pam-auth-update make-ssl-cert newaliases augtool glib-compile-schemas update-mime-database ollama`,
  xclient: `
    xset xrandr xinput xsetroot xdotool xmodmap setxkbmap xhost xrdb unclutter* xbindkeys wmctrl xprop xautolock xss-lock redshift`,
  gpu: `
    ollama llama-* llama.cpp local-ai localai vllm sglang tritonserver text-generation-* comfyui comfy koboldcpp* tabbyapi
    whisper-server whisper.cpp faster-whisper* invokeai* stable-diffusion* torchserve tensorflow_model_server boinc fahclient
    jellyfin emby* plexmediaserver frigate tdarr* immich*`,
  project: `
    bundle bundler rbenv poetry uv uvx pipenv pdm hatch rye conda mamba micromamba pyenv npx pnpx bunx npm pnpm yarn direnv mise
    asdf nix nix-shell ts-node* tsx resty sbcl n8n node-red`,
  capable: `clickhouse clickhouse-server`,
  homely: `uv uvx npx pnpx bunx hatch nix-shell mise n8n node-red homebridge`,
  worker: `celery dramatiq rq rqworker huey_consumer* arq`,
  configured: `
    ssh autossh sshpass scp sftp aws s3cmd gcloud gsutil az doctl psql pg_dump pg_dumpall mysql mysqldump mysqladmin mariadb
    mariadb-dump mariadb-admin`,
  compiler: `varnishd varnish vinyld vinyl-cache`,
} as const;
