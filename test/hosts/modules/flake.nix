{
  outputs = { self, nixpkgs }: {
    nixosConfigurations.host = nixpkgs.lib.nixosSystem {
      modules = [
        ./hardware.nix
        ({ pkgs, ... }: {
          systemd.services.a.serviceConfig.Restart = "allways";
#                                                     ^^^^^^^ value/enumeration error
        })
      ];
    };
  };
}
