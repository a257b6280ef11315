-- Hunks that an AI wrote and nobody answers for: a sign beside their lines, and commands to answer for them.
local M = {}

local namespace = vim.api.nvim_create_namespace('countermark')
local waiting = {} -- by buffer: marks as the server told them, those that pass left out

local function client_of(buffer)
  return vim.lsp.get_clients({ bufnr = buffer, name = 'countermark' })[1]
end

local function draw(buffer, marks)
  vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
  waiting[buffer] = vim.tbl_filter(function(mark) return not mark.passes end, marks)
  for _, mark in ipairs(waiting[buffer]) do
    for line = mark.startLine, math.min(mark.endLine, vim.api.nvim_buf_line_count(buffer) - 1) do
      vim.api.nvim_buf_set_extmark(buffer, namespace, line, 0, { sign_text = 'AI', sign_hl_group = 'DiagnosticSignHint', priority = 5 })
    end
  end
end

--- Ask the server which hunks wait; from then on it says when they change.
function M.fetch(buffer)
  local client = client_of(buffer)
  if client then
    client:request('countermark/reviewMarks', { uri = vim.uri_from_bufnr(buffer) }, function(_, answer)
      if answer and vim.api.nvim_buf_is_loaded(buffer) then
        draw(buffer, answer.marks)
      end
    end, buffer)
  end
end

--- The hunks of a buffer that nobody answers for.
function M.waiting(buffer)
  return waiting[buffer or vim.api.nvim_get_current_buf()] or {}
end

--- Decide about the hunk under the cursor: approve, reject or waive, the last with a reason.
function M.decide(decision, reason)
  local buffer, line = vim.api.nvim_get_current_buf(), vim.api.nvim_win_get_cursor(0)[1] - 1
  for _, mark in ipairs(M.waiting(buffer)) do
    if mark.startLine <= line and line <= mark.endLine then
      local argument = { uri = vim.uri_from_bufnr(buffer), hunks = { mark.id }, decision = decision, reason = reason }
      client_of(buffer):exec_cmd({ title = 'Review', command = 'countermark.review', arguments = { argument } }, { bufnr = buffer })
      return
    end
  end
  vim.notify('Countermark: there is no unreviewed AI hunk under the cursor')
end

--- Go to the next hunk that waits, round the end of the file.
function M.next()
  local line, marks = vim.api.nvim_win_get_cursor(0)[1] - 1, M.waiting()
  for _, mark in ipairs(marks) do
    if mark.startLine > line then
      return vim.api.nvim_win_set_cursor(0, { mark.startLine + 1, 0 })
    end
  end
  if marks[1] then
    vim.api.nvim_win_set_cursor(0, { marks[1].startLine + 1, 0 })
  end
end

--- Draw marks in every buffer that the server is attached to, and define the commands.
function M.setup()
  local group = vim.api.nvim_create_augroup('countermark_marks', {})
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'countermark' then
        M.fetch(event.buf)
      end
    end,
  })
  vim.api.nvim_create_autocmd({ 'LspDetach', 'BufDelete' }, { group = group, callback = function(event) waiting[event.buf] = nil end })
  vim.lsp.handlers['countermark/reviewMarksChanged'] = function(_, params)
    M.fetch(vim.uri_to_bufnr(params.uri))
  end
  local command = vim.api.nvim_create_user_command
  command('CountermarkApprove', function() M.decide('approve') end, { desc = 'Answer for the AI hunk under the cursor' })
  command('CountermarkReject', function() M.decide('reject') end, { desc = 'Reject the AI hunk under the cursor' })
  command('CountermarkWaive', function(given) M.decide('waive', given.args) end, { nargs = '+', desc = 'Let the hunk pass, for a reason' })
  command('CountermarkNext', M.next, { desc = 'Go to the next unreviewed AI hunk' })
  command('CountermarkReview', function() vim.cmd.terminal(vim.lsp.config.countermark.cmd[1] .. ' review') end, { desc = 'The review screen' })
end

return M
