---@brief
---
--- @REPOSITORY@
---
--- Completes, checks, explains and hardens systemd units. `npm install --global unit-warden` installs it.
---
--- Neovim knows units by their names. For drop-ins of `systemctl edit`:
---
--- ```lua
--- vim.filetype.add({ pattern = { ['.*%.d/override%.conf'] = 'systemd' } })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'unit-warden', 'lsp', '--stdio' },
  filetypes = { 'systemd' },
  root_markers = { '.git' },
}
