import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { belongs, checkedPath } from "../../server/src/families/checkedPath.ts";
import { recognize, recognizeSections } from "../../server/src/families/families.ts";
import { QUADLET_FAMILY } from "../../server/src/families/quadletFiles.ts";

/** The type, role, name and scope of a path; undefined for what is no quadlet. */
function read(path: string): string | undefined {
  const its = QUADLET_FAMILY.pathOf(path);
  return its && [its.kind, its.role, its.name ?? "all", its.scope, its.placed ? "placed" : "by text"].join(" ");
}

/** Whether a text at a path is judged as a quadlet. */
const isQuadlet = (path: string, text: string): boolean => {
  const its = checkedPath(path);
  return its !== undefined && belongs(its, text) && recognize(path)?.family === QUADLET_FAMILY;
};

describe("quadlets: recognised by their paths", () => {
  const paths: Readonly<Record<string, string | undefined>> = {
    "/etc/containers/systemd/web.container": "container unit web.container system placed",
    "/etc/containers/systemd/app/web@.container": "container unit web@.container system placed",
    "/etc/containers/systemd/users/1000/web.pod": "pod unit web.pod user placed",
    "/home/me/.config/containers/systemd/web.kube": "kube unit web.kube user placed",
    "/run/user/1000/containers/systemd/a.volume": "volume unit a.volume user placed",
    "/work/quadlets/a.image": "image unit a.image system placed",
    "/work/a.build": "build unit a.build system by text",
    "/work/web.container.d/10.conf": "container drop-in web.container system by text",
    "/etc/containers/systemd/web-.container.d/10.conf": "container drop-in web-.container system placed",
    "/etc/containers/systemd/container.d/10.conf": "container drop-in all system placed",
    "C:\\work\\app.quadlets": "quadlets unit app.quadlets system by text",
    "/etc/containers/systemd/.#web.container0123456789abcdef": "container unit web.container system placed",
    "/work/templates/web@.container.j2": "container unit web@.container system by text",
    "/etc/containers/systemd/web.volume.in": "volume unit web.volume system placed",
    "/work/web.container.d/10.conf.tmpl": "container drop-in web.container system by text",
    "/work/.container.j2": undefined,
    "/etc/systemd/network/lan.network": undefined,
    "/etc/systemd/network/lan.network.d/a.conf": undefined,
    "/work/web.service": undefined,
    "/work/.container": undefined,
    "/work/a.container.d/notes.txt": undefined,
  };
  for (const [path, expected] of Object.entries(paths))
    it(`${path}: ${expected}`, () => {
      assert.equal(read(path), expected);
    });
});

describe("quadlets: told from files of other programs by their texts", () => {
  const OURS: readonly (readonly [path: string, text: string])[] = [
    ["/w/a.container", "[Container]\nImage=x\n"],
    ["/w/a.container", ""],
    ["/w/a.container", "[container]\nImage=x\n"],
    ["/w/a.pod", "# mine\n[Pod]\n"],
    ["/w/a.volume", "[Unit]\nDescription=x\n[Install]\nWantedBy=default.target\n"],
    ["/w/a.network", "[Network]\nSubnet=10.0.0.0/24\n"],
    ["/w/a.network", "[Network]\nDNS=10.0.0.1\n"],
    ["/w/a.network", "[Unit]\nDescription=x\n[Network]\nDNS=1.1.1.1\n"],
    ["/etc/containers/systemd/a.network", "[Network]\nDHCP=yes\n"],
    ["/etc/containers/systemd/a.image", "no header\n"],
    ["/w/a.container.d/x.conf", "[Service]\nRestart=always\n"],
    ["/w/app.quadlets", "# FileName=a\n[Container]\nImage=x\n---\n# FileName=b\n[Volume]\n"],
  ];
  const OTHERS: readonly (readonly [path: string, text: string])[] = [
    ["/usr/share/perl5/a.pod", "=head1 NAME\n\na - b\n"],
    ["/w/a.image", "\u0000\u0001binary"],
    ["/w/a.build", "load('x')\n"],
    ["/w/packages.build", "# Of another program\n# and nothing else\n"],
    ["/w/a.container.ejs", "<p>\n"],
    ["/w/a.volume", "[Gluster]\nbricks=2\n"],
    ["/w/a.kube", "apiVersion: v1\n"],
    ["/w/a.network", "[Match]\nName=eth0\n[Network]\nDNS=10.0.0.1\n"],
    ["/w/a.network", "[Network]\nDHCP=yes\n"],
    ["/w/a.network", "nonsense\n"],
    ["/w/network.d/x.conf", "[Link]\nMTUBytes=1500\n"],
  ];
  for (const [path, text] of OURS)
    it(`${path} is one: ${JSON.stringify(text)}`, () => {
      assert.equal(isQuadlet(path, text), true);
    });
  for (const [path, text] of OTHERS)
    it(`${path} is none: ${JSON.stringify(text)}`, () => {
      assert.equal(isQuadlet(path, text), false);
    });

  it("and without a path by their sections, but for what may be networkd's", () => {
    assert.equal(recognizeSections(["Unit", "Container"]).kind, "container");
    assert.equal(recognizeSections(["Pod"]).kind, "pod");
    assert.notEqual(recognizeSections(["Network"]).family, QUADLET_FAMILY);
  });
});
