{
  description = "Completes, checks, explains and hardens systemd units";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      eachSystem = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      unitWarden =
        pkgs:
        pkgs.stdenvNoCC.mkDerivation (final: {
          pname = "unit-warden";
          version = "@VERSION@";

          src = pkgs.fetchurl {
            url = "@REPOSITORY@/releases/download/v${final.version}/unit-warden-${final.version}.tgz";
            hash = "@SRI@";
          };

          nativeBuildInputs = [
            pkgs.makeWrapper
            pkgs.installShellFiles
          ];
          dontBuild = true;

          installPhase = ''
            runHook preInstall
            mkdir -p $out/lib/unit-warden
            cp -r . $out/lib/unit-warden
            makeWrapper ${pkgs.lib.getExe pkgs.nodejs} $out/bin/unit-warden --add-flags $out/lib/unit-warden/dist/cli.js
            for shell in bash zsh fish; do
              $out/bin/unit-warden completion $shell >unit-warden.$shell
            done
            installShellCompletion unit-warden.{bash,zsh,fish}
            runHook postInstall
          '';

          meta = {
            description = "Completes, checks, explains and hardens systemd units";
            homepage = "@REPOSITORY@";
            license = [
              pkgs.lib.licenses.mit
              pkgs.lib.licenses.lgpl21Plus
            ];
            mainProgram = "unit-warden";
          };
        });
    in
    {
      packages = eachSystem (pkgs: {
        default = unitWarden pkgs;
      });
    };
}
