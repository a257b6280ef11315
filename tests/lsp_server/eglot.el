;;; eglot.el --- A short session of editing with eglot  -*- lexical-binding: t; -*-
(setq eglot-sync-connect 60 eglot-confirm-server-initiated-edits nil countermark-eglot-modes '(python-mode))
(load (getenv "COUNTERMARK_SETTINGS"))
(require 'eglot)
(require 'flymake)

(defun shown (words)
  "The diagnostic whose text has WORDS."
  (flymake-start)
  (cl-find-if (lambda (one) (string-match-p words (flymake-diagnostic-text one))) (flymake-diagnostics)))

(defun offered (words)
  "The code action at point whose title has WORDS."
  (cl-find-if (lambda (one) (string-match-p words (plist-get one :title))) (eglot-code-actions (point) nil "quickfix")))

(find-file "a.py")
(python-mode)
(apply #'eglot (eglot--guess-contact))
(let ((first (wait-for "the finding" (lambda () (shown "Certificate checks are off")))))
  (note 'place (place (flymake-diagnostic-beg first)))
  (goto-char (flymake-diagnostic-beg first)))
(eglot--apply-workspace-edit (plist-get (offered "Take verify=False out") :edit))
(eglot--signal-textDocument/didChange) ; a person's pause
(wait-for "the fixed text to be clean" (lambda () (not (shown "Certificate checks are off"))))

(wait-for "the hunk that waits" (lambda () (shown "double\\|review")))
(search-forward "def double")
(sleep-for 1) ; a person reads; approved faster than that, the hunk would be named as such
(let ((command (plist-get (wait-for "the review" (lambda () (offered "^Mark .* reviewed"))) :command)))
  (eglot-execute-command (eglot-current-server) (intern (plist-get command :command)) (plist-get command :arguments)))
(wait-for "the reviewed hunk to be clean" (lambda () (null (flymake-start)) (null (flymake-diagnostics))))
(finish)
