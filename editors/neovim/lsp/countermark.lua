-- The language server for Neovim 0.11 and later. `vim.lsp.config('countermark', { ... })` changes any of it.
return {
  cmd = { 'countermark', 'lsp' },
  root_markers = { 'countermark.toml', '.git' },
  -- No filetypes: a secret may be in any file.
  flags = { debounce_text_changes = 80 },
}
