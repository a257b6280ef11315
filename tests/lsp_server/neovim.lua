-- Run by test_neovim.py: nvim --clean --headless -l neovim.lua PLUGIN PYTHON FILE PLAIN REVIEWED; prints one JSON object.
local plugin, python, file, plain, reviewed = arg[1], arg[2], arg[3], arg[4], arg[5]
local result = {}

local function wait_for(what, condition)
  assert(vim.wait(60000, condition, 5), 'timeout: ' .. what)
end

local function found()
  return vim.tbl_map(function(d)
    return { line = d.lnum, column = d.col, last = d.end_col, code = d.code, source = d.source, severity = d.severity, message = d.message }
  end, vim.diagnostic.get(0))
end

vim.opt.runtimepath:prepend(plugin)
vim.lsp.config('countermark', { cmd = { python, '-I', '-m', 'countermark_cli', 'lsp' } })
vim.cmd('filetype on')
vim.cmd.runtime('plugin/countermark.lua')

vim.cmd.edit(file)
wait_for('first diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
result.encoding = vim.lsp.get_clients({ bufnr = 0 })[1].offset_encoding
result.first = found()

-- hover at the finding
vim.api.nvim_win_set_cursor(0, { result.first[1].line + 1, result.first[1].column })
local params = vim.lsp.util.make_position_params(0, result.encoding)
local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', params, 5000)
for _, answer in pairs(answers) do
  result.hover = answer.result and answer.result.contents.value
end

-- the fix, through Neovim's own command
vim.lsp.buf.code_action({ apply = true, context = { only = { 'quickfix' } }, filter = function(action)
  return vim.startswith(action.title, 'Take verify=False out')
end })
wait_for('the fix', function() return #vim.diagnostic.get(0) == 0 end)
result.fixed = vim.api.nvim_buf_get_lines(0, 0, -1, false)

-- typing brings it back, at another place
vim.api.nvim_buf_set_lines(0, 0, 0, false, { '# 😀' })
vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'y = "é"; requests.get(x, verify=False)' })
wait_for('a new finding', function() return #vim.diagnostic.get(0) > 0 end)
result.typed = found()

-- a file without a filetype
vim.cmd('edit! ' .. plain)
wait_for('a file without a filetype', function() return #vim.diagnostic.get(0) > 0 end)
result.plain = found()

-- a hunk of an agent's: its signs, and the command that answers for it
local marks = require('countermark')
vim.cmd('edit! ' .. reviewed)
wait_for('marks', function() return #marks.waiting() > 0 end)
local namespace = vim.api.nvim_get_namespaces().countermark
result.signs = vim.tbl_map(function(sign) return sign[2] end, vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, {}))
vim.cmd.CountermarkNext()
result.next = vim.api.nvim_win_get_cursor(0)[1]
vim.cmd.CountermarkApprove()
wait_for('the review', function() return #marks.waiting() == 0 end)
result.signs_left = #vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, {})

vim.lsp.stop_client(vim.lsp.get_clients())
vim.wait(3000, function() return #vim.lsp.get_clients() == 0 end, 10)
result.stopped = #vim.lsp.get_clients() == 0
io.stdout:write(vim.json.encode(result))
os.exit(0)
