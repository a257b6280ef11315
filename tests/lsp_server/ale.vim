" A short session of editing with ALE: vim -Nu ale.vim -es, with COUNTERMARK_SETTINGS and COUNTERMARK_RESULT.
set nocompatible nomore encoding=utf-8 fileencodings=utf-8 noswapfile viminfo=
let g:ale_disable_lsp = 0
let g:ale_linters_explicit = 1
let g:ale_linters = {'python': ['countermark']}
let g:ale_lint_on_text_changed = 'never'
let g:ale_completion_enabled = 0
packadd ale
filetype plugin on
source $COUNTERMARK_SETTINGS

let s:result = {}

function! s:End(fault) abort
  let s:result.fault = a:fault
  call writefile([json_encode(s:result)], $COUNTERMARK_RESULT)
  execute empty(a:fault) ? 'qall!' : 'cquit!'
endfunction

function! s:Shown(words) abort
  return filter(copy(ale#engine#GetLoclist(bufnr(''))), {_, one -> one.text =~# a:words})
endfunction

function! s:WaitFor(what, Condition) abort
  let l:begun = reltime()
  while !a:Condition()
    if reltimefloat(reltime(l:begun)) > 60 | call s:End('timeout: ' . a:what) | endif
    sleep 10m
  endwhile
endfunction

edit a.py
set filetype=python
ALELint
call s:WaitFor('the finding', {-> !empty(s:Shown('Certificate checks are off'))})
let s:first = s:Shown('Certificate checks are off')[0]
" ALE takes the protocol's columns for bytes, so this is the place as it was sent.
let s:result.sent = [s:first.lnum - 1, s:first.col - 1]
call cursor(s:first.lnum, s:first.col)
ALECodeAction
call s:WaitFor('the fix', {-> getline('.') !~# 'verify=False'})
ALELint
call s:WaitFor('the fixed text to be clean', {-> empty(s:Shown('Certificate checks are off'))})

call s:WaitFor('the hunk that waits', {-> !empty(s:Shown(''))})
call search('def double')
" A person reads before answering; approved faster than that, the hunk would be named as such.
sleep 1
ALECodeAction
call s:WaitFor('the reviewed hunk to be clean', {-> empty(s:Shown(''))})
write
call s:End('')
