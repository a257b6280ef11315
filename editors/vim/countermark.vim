" Countermark's language server for ALE. Name each filetype that it shall look at.
for s:type in ['python', 'javascript', 'typescript', 'go', 'sh', 'yaml', 'json', 'toml', 'dockerfile', 'terraform']
  call ale#linter#Define(s:type, {
  \   'name': 'countermark',
  \   'lsp': 'stdio',
  \   'executable': 'countermark',
  \   'command': '%e lsp',
  \   'project_root': {buffer -> fnamemodify(finddir('.git', expand('#' . buffer . ':p:h') . ';'), ':p:h:h')},
  \ })
endfor
