;;; lsp-mode.el --- A short session of editing with lsp-mode  -*- lexical-binding: t; -*-
(setq lsp-auto-guess-root t lsp-enable-file-watchers nil lsp-restart 'ignore lsp-client-packages nil
      lsp-headerline-breadcrumb-enable nil lsp-diagnostics-provider :none lsp-enable-suggest-server-download nil
      lsp-session-file (expand-file-name "lsp-session" (getenv "HOME"))
      lsp-server-install-dir (expand-file-name "lsp-servers" (getenv "HOME")))
(load (getenv "COUNTERMARK_SETTINGS"))
(require 'lsp-mode)

(defun shown (words)
  "The diagnostic whose text has WORDS."
  (cl-find-if (lambda (one) (string-match-p words (lsp:diagnostic-message one)))
              (append (and lsp--buffer-workspaces (lsp--get-buffer-diagnostics)) nil)))

(defun choose (words)
  "Do the code action at point whose title has WORDS."
  (lsp-execute-code-action
   (wait-for words (lambda ()
                     (cl-find-if (lambda (one) (string-match-p words (lsp:code-action-title one)))
                                 (append (lsp-code-actions-at-point) nil))))))

(find-file "a.py")
(python-mode)
(lsp-workspace-folders-add default-directory)
(lsp)
(let* ((first (wait-for "the finding" (lambda () (shown "Certificate checks are off"))))
       (start (lsp:range-start (lsp:diagnostic-range first))))
  ;; lsp-mode 8.0 counts characters where the protocol counts UTF-16 units, so this is the place as it was sent.
  (note 'sent (list (lsp:position-line start) (lsp:position-character start))))
(search-forward "requests.get(")
(choose "Take verify=False out")
(lsp--flush-delayed-changes) ; a person's pause
(wait-for "the fixed text to be clean" (lambda () (not (shown "Certificate checks are off"))))

(wait-for "the hunk that waits" (lambda () (shown "")))
(search-forward "def double")
(sleep-for 1) ; a person reads; approved faster than that, the hunk would be named as such
(choose "^Mark .* reviewed")
(wait-for "the reviewed hunk to be clean" (lambda () (not (shown ""))))
(finish)
