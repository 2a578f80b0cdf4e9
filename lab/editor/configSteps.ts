import { closeOthers, command, viewWith } from "./views.ts";
import {
  clickOn,
  hover,
  INPUT,
  languageIs,
  leave,
  openFile,
  pick,
  placeOf,
  type Step,
  SUGGESTION,
  suggestion,
  TIMEOUT,
} from "./workbench.ts";

const NETWORK = "systemd/network";
const BRIDGE = `${NETWORK}/10-br0.netdev`;
const ADDRESSES = `${NETWORK}/20-br0.network`;
const PORTS = `${NETWORK}/30-ports.network`;
const TUNNEL = `${NETWORK}/40-wg0.netdev`;
const JOURNAL = "systemd/journald.conf";
const CONTAINER = "systemd/nspawn/web.nspawn";

/** A bridge of three files, a tunnel with its key in the file, a journal and a container; no unit among them. */
export const CONFIG_FILES: Readonly<Record<string, string>> = {
  [BRIDGE]: "[NetDev]\nName=br0\nKind=bridge\n\n[Bridge]\nSTP=yes\n",
  [ADDRESSES]:
    "[Match]\nName=br0\n\n[Network]\nAddress=192.0.2.10/24\nGateway=192.0.2.1\nDNS=192.0.2.53#dns.example.com\n",
  [PORTS]: "[Match]\nName=en*\n\n[Network]\nBridge=br0\nLinkLocalAddressing=no\n",
  [TUNNEL]:
    "[NetDev]\nName=wg0\nKind=wireguard\n\n[WireGuard]\nPrivateKey=EEGlnEPYJV//kbvvIqxKkQwOiS+UENyPncC4bF46ong=\nListenPort=70000\n\n[WireGuardPeer]\nPublicKey=RDf+LSpeEre7YEIKaxg+wbpsNV7du+ktR99uBEtIiCA=\nAllowedIPs=10.0.0.2/33\nEndpoint=vpn.example.com\n",
  [JOURNAL]: "[Journal]\nStorage=persistent\nSystemMaxUse=500M\nMaxRetentionSec=1month\nForwardToSyslog=nope\n",
  [CONTAINER]:
    "[Exec]\nBoot=yes\nPrivateUsers=no\nCapability=CAP_SYS_ADMIN\nSystemCallFilter=@mount\n\n[Files]\nBind=/var/run/docker.sock\n\n[Network]\nVirtualEthernet=yes\nPort=tcp:8080:80\n",
};

/** What a folder of configuration files shows, none of which is a unit. */
export const CONFIG_STEPS: readonly Step[] = [
  {
    name: "opens a .network file, which starts the extension, and completes the bridge of the file beside it",
    vital: true,
    async run(scene) {
      const { page } = scene;
      await openFile(scene, PORTS);
      await languageIs(page, "systemd unit");
      await clickOn(page, "Bridge=br0", "br0");
      await page.keyboard.press("End");
      for (let count = 0; count < "br0".length; count++) await page.keyboard.press("Backspace");
      await suggestion(page, /^br0/, { ask: true });
      await scene.shot("120-network-completion");
      await page.keyboard.type("br0");
      await page.keyboard.press("Escape");
      await page.locator(SUGGESTION).first().waitFor({ state: "hidden", timeout: TIMEOUT });
    },
  },
  {
    name: "shows all that names the bridge, in three files",
    async run(scene) {
      const { page } = scene;
      await clickOn(page, "Bridge=br0", "br0");
      await page.keyboard.press("Shift+F12");
      await page.locator(".zone-widget .monaco-list-row", { hasText: "br0" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("121-bridge-references");
      await page.keyboard.press("Escape");
      await clickOn(page, "Bridge=br0", "br0");
      await page.keyboard.press("F12");
      await page.locator('.tab.active[data-resource-name="10-br0.netdev"]').waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "finds what is wrong with a tunnel of WireGuard",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, TUNNEL);
      await placeOf(page, "ListenPort=70000", "70000", ".squiggly-error", 60_000);
      await placeOf(page, "AllowedIPs=10.0.0.2/33", "10.0.0.2/33", ".squiggly-error");
      await hover(page, "ListenPort=70000", "70000", "ListenPort=");
      await scene.shot("122-wireguard-findings");
      await leave(page);
    },
  },
  {
    name: "explains a setting of journald.conf on hover, with the manual",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, JOURNAL);
      await placeOf(page, "ForwardToSyslog=nope", "nope", ".squiggly-error", 60_000);
      const shown = await hover(page, "SystemMaxUse=500M", "SystemMaxUse", "SystemMaxUse=");
      await shown.getByText("journald.conf(5)").first().waitFor({ timeout: TIMEOUT });
      await scene.shot("123-journald-hover");
      await leave(page);
    },
  },
  {
    name: "judges the settings of a container",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, CONTAINER);
      await languageIs(page, "systemd unit");
      const shown = await hover(page, "PrivateUsers=no", "PrivateUsers", "PrivateUsers=");
      await shown.getByText("systemd.nspawn(5)").first().waitFor({ timeout: TIMEOUT });
      await scene.shot("124-nspawn");
      await leave(page);
    },
  },
  {
    name: "opens the world of a container from the lens above [Exec]",
    async run(scene) {
      const { page } = scene;
      await page
        .locator(".codelens-decoration a", { hasText: /confined in \d of \d+ respects \(\d bad, \d weak/ })
        .first()
        .click();
      await viewWith(page, 'h1:has-text("web")');
      await scene.shot("125-nspawn-world");
    },
  },
  {
    name: "shows the page of a rule, with its examples",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Show rule");
      await page.locator(INPUT).fill("network/gateway-outside");
      await pick(page, "network/gateway-outside");
      await page.locator(".tab", { hasText: "Rule network: gateway-outside" }).waitFor({ timeout: TIMEOUT });
      const view = await viewWith(page, 'h1:has-text("network/gateway-outside")');
      await view.locator("pre", { hasText: "[Network]" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("126-rule");
      await closeOthers(page);
    },
  },
];
