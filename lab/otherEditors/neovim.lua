-- nvim --clean --headless -l neovim.lua FOLDER, with unit-warden on the PATH: what a person does in Neovim, through its own LSP client.
-- Prints "ok" or "not ok" for each step and the counts at the end. Works from Neovim 0.10 on.
local folder = arg[1]
local PATIENCE = 20000
local passed, failed = 0, 0

local function step(name, run)
  local fine, told = xpcall(run, debug.traceback)
  print((fine and "ok " or "not ok ") .. name .. (fine and "" or "\n    " .. told:gsub("\n", "\n    ")))
  if fine then passed = passed + 1 else failed = failed + 1 end
end

local function wait(what, ready)
  assert(vim.wait(PATIENCE, ready, 20), "did not get " .. what)
end

local function shown(value) return vim.inspect(value):sub(1, 2000) end

local function equal(found, wanted)
  assert(vim.deep_equal(found, wanted), ("found %s, not %s"):format(shown(found), shown(wanted)))
end

-- What docs/editors.md tells a reader to do.
local guide = table.concat(vim.fn.readfile("docs/editors.md"), "\n")
assert(load(assert(guide:match("neovim%.lua%. %-%->\n```lua\n(.-)```"), "the guide has no set-up for Neovim")))()

local client, buffer

local function open(name)
  vim.cmd.edit(folder .. "/" .. name)
  buffer = vim.api.nvim_get_current_buf()
  wait("the server", function()
    client = vim.lsp.get_clients({ bufnr = buffer, name = "unit-warden" })[1]
    return client and client.initialized
  end)
end

local function has_finding(code)
  return vim.iter(vim.diagnostic.get(buffer)):any(function(it) return it.code == code end)
end

local function lines() return vim.api.nvim_buf_get_lines(buffer, 0, -1, true) end

local function request(method, params)
  local answer = assert(client.request_sync(method, params, PATIENCE, buffer))
  assert(not answer.err, shown(answer.err))
  return answer.result
end

local function here() return vim.lsp.util.make_text_document_params(buffer) end

local function at(row, column)
  return { textDocument = here(), position = { line = row - 1, character = column } }
end

step("Neovim opens a service as systemd and underlines a misspelt directive", function()
  open("shop.service")
  equal(vim.bo[buffer].filetype, "systemd")
  wait("diagnostics", function() return has_finding("directive/unknown") end)
end)

step("Neovim shows what a directive means", function()
  local hover = request("textDocument/hover", at(7, 3)).contents
  assert(hover.kind == "markdown" and hover.value:find("Restart=", 1, true), shown(hover))
end)

step("Neovim completes a directive and its value", function()
  vim.api.nvim_buf_set_lines(buffer, 7, 7, true, { "ProtectKernelT" })
  local answer = request("textDocument/completion", at(8, 14))
  local items = answer.items or answer
  local found = vim.tbl_filter(function(it) return it.label == "ProtectKernelTunables" end, items)
  equal(#found, 1)
  vim.api.nvim_buf_set_lines(buffer, 7, 8, true, { "ProtectKernelTunables=" })
  local values = request("textDocument/completion", at(8, 22))
  assert(vim.iter(values.items or values):any(function(it) return it.label == "yes" end), shown(values))
  vim.api.nvim_buf_set_lines(buffer, 7, 8, true, { "ProtectKernelTunables=yes" })
end)

step("Neovim applies the fix of a finding", function()
  vim.api.nvim_win_set_cursor(0, { 6, 0 })
  -- Neovim asks for the edit of the action that is chosen.
  vim.lsp.buf.code_action({ apply = true, filter = function(it) return it.title == "Change to ExecStart=" end })
  wait("the fix", function() return lines()[6] == "ExecStart=/usr/bin/shop" end)
  wait("the finding to go", function() return not has_finding("directive/unknown") end)
end)

step("Neovim formats a document", function()
  vim.lsp.buf.format({ async = false, timeout_ms = PATIENCE })
  equal(lines(), {
    "[Unit]",
    "Description=Web shop",
    "",
    "[Service]",
    "Type=exec",
    "ExecStart=/usr/bin/shop",
    "Restart=on-failure",
    "ProtectKernelTunables=yes",
  })
end)

step("Neovim highlights the other assignments and lists the symbols", function()
  equal(#request("textDocument/documentHighlight", at(7, 2)), 1)
  local symbols = request("textDocument/documentSymbol", { textDocument = here() })
  local names = vim.tbl_map(function(it) return it.name end, symbols)
  equal(names, { "Unit", "Service" })
end)

step("Neovim opens a drop-in as systemd", function()
  open("shop.service.d/override.conf")
  equal(vim.bo[buffer].filetype, "systemd")
  wait("diagnostics", function() return has_finding("value/enumeration") end)
end)

step("Neovim starts the server with the entry for nvim-lspconfig", function()
  local entry = dofile("packaging/editors/unit_warden.lua")
  assert(vim.tbl_contains(entry.filetypes, vim.bo[buffer].filetype))
  local id = assert(vim.lsp.start(vim.tbl_extend("force", entry, {
    name = "entry",
    root_dir = vim.fs.root(buffer, entry.root_markers) or folder,
  })))
  local started = assert(vim.lsp.get_client_by_id(id))
  wait("the server", function() return started.initialized end)
  local hover = assert(started.request_sync("textDocument/hover", at(2, 1), PATIENCE, buffer))
  assert(hover.result.contents.value:find("PrivateTmp=", 1, true), shown(hover))
  started.stop()
  wait("shutdown", function() return started.is_stopped() end)
end)

step("Neovim stops the server", function()
  client.stop()
  wait("shutdown", function() return client.is_stopped() end)
end)

print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
