;;; lsp-mode.el --- A short session of editing with lsp-mode  -*- lexical-binding: t; -*-
(setq lsp-auto-guess-root t lsp-enable-file-watchers nil lsp-restart 'ignore lsp-client-packages nil
      lsp-headerline-breadcrumb-enable nil lsp-diagnostics-provider :none lsp-enable-suggest-server-download nil
      lsp-session-file (expand-file-name "lsp-session" (getenv "HOME"))
      lsp-server-install-dir (expand-file-name "lsp-servers" (getenv "HOME")))
(load (getenv "COUNTERMARK_SETTINGS"))
(require 'lsp-mode)

(defun shown ()
  (and lsp--buffer-workspaces (lsp--get-buffer-diagnostics)))

(find-file "a.py")
(python-mode)
(lsp-workspace-folders-add default-directory)
(lsp)
(let* ((first (elt (wait-for "the first diagnostic" #'shown) 0))
       (start (lsp:range-start (lsp:diagnostic-range first))))
  (note 'message (lsp:diagnostic-message first))
  ;; lsp-mode 8.0 counts characters where the protocol counts UTF-16 units, so this is the place as it was sent.
  (note 'sent (list (lsp:position-line start) (lsp:position-character start))))
(search-forward "requests.get(")
(lsp-execute-code-action (elt (lsp-code-actions-at-point) 0))
(lsp--flush-delayed-changes) ; a person's pause
(wait-for "the fixed text to be clean" (lambda () (null (shown))))
(finish)
