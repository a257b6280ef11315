-- Look at every file that is edited. `vim.g.countermark_enable = false` before this is loaded keeps it from starting by itself.
if vim.g.loaded_countermark then
  return
end
vim.g.loaded_countermark = true
require('countermark').setup()

if vim.g.countermark_enable == false then
  return
end

vim.lsp.enable('countermark')

-- vim.lsp.enable waits for a filetype, and a file that has none (a key, a token, a note) can hold a secret as well.
vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  group = vim.api.nvim_create_augroup('countermark', {}),
  desc = 'Countermark: look at files without a filetype',
  callback = function(event)
    vim.schedule(function() -- filetype detection comes first
      local buffer = event.buf
      if not vim.api.nvim_buf_is_valid(buffer) or vim.bo[buffer].buftype ~= '' or vim.bo[buffer].filetype ~= '' then
        return
      end
      local config = vim.deepcopy(vim.lsp.config.countermark)
      config.root_dir = vim.fs.root(buffer, config.root_markers)
      vim.lsp.start(config, { bufnr = buffer })
    end)
  end,
})
