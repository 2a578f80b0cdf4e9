use zed_extension_api as zed;

struct UnitWarden;

impl zed::Extension for UnitWarden {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _server: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let command = worktree
            .which("unit-warden")
            .ok_or("unit-warden is not on the PATH: npm install --global unit-warden")?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".into(), "--stdio".into()],
            env: Vec::new(),
        })
    }
}

zed::register_extension!(UnitWarden);
