import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { nearest } from "../../server/src/text/nearest.ts";

const NAMES = ["ProtectHome", "ProtectHostname", "ProtectClock", "PrivateTmp", "PrivateDevices", "User", "UMask"];

describe("text: nearest words", () => {
  it("finds a misspelt word", () => {
    assert.deepEqual(nearest("ProtectHoem", NAMES), ["ProtectHome"]);
    assert.deepEqual(nearest("PrivatTmp", NAMES), ["PrivateTmp"]);
  });

  it("counts two letters that changed places as one slip", () => {
    assert.deepEqual(nearest("PrivateTpm", ["PrivateBPF", "PrivateTmp"])[0], "PrivateTmp");
  });

  it("finds a word in another letter case", () => {
    assert.deepEqual(nearest("user", NAMES), ["User"]);
    assert.deepEqual(nearest("PROTECTHOME", NAMES), ["ProtectHome"]);
  });

  it("puts the best first and names no more than three", () => {
    assert.deepEqual(nearest("cat", ["cart", "hat", "Cat", "cut", "bat", "dog"]), ["Cat", "bat", "cart"]);
  });

  it("takes the only word that goes on where this one ends, however long", () => {
    const names = ["CAP_NET_ADMIN", "CAP_NET_BIND_SERVICE", "CAP_NET_RAW"];
    assert.deepEqual(nearest("CAP_NET_BIND", names), ["CAP_NET_BIND_SERVICE"]);
    assert.deepEqual(nearest("CAP_NET", names), []);
    assert.deepEqual(nearest("CAP_NET_BIND", names, 1), []);
  });

  it("leaves out what is much further than the best", () => {
    assert.deepEqual(nearest("abcdefghi", ["abcdefghj", "abcdefxyz"]), ["abcdefghj"]);
  });

  it("does not depend on the order of the candidates", () => {
    assert.deepEqual(nearest("cat", ["hat", "bat"]), nearest("cat", ["bat", "hat"]));
  });

  it("finds nothing where nothing is near", () => {
    assert.deepEqual(nearest("Frobnicate", NAMES), []);
    assert.deepEqual(nearest("x", ["long"]), []);
    assert.deepEqual(nearest("", NAMES), []);
    assert.deepEqual(nearest("User", []), []);
  });
});
