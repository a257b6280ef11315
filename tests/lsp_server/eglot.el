;;; eglot.el --- A short session of editing with eglot  -*- lexical-binding: t; -*-
(setq eglot-sync-connect 60 eglot-confirm-server-initiated-edits nil countermark-eglot-modes '(python-mode))
(load (getenv "COUNTERMARK_SETTINGS"))
(require 'eglot)
(require 'flymake)

(defun shown ()
  (flymake-start)
  (flymake-diagnostics))

(find-file "a.py")
(python-mode)
(apply #'eglot (eglot--guess-contact))
(let ((first (car (wait-for "the first diagnostic" #'shown))))
  (note 'place (place (flymake-diagnostic-beg first)))
  (note 'message (flymake-diagnostic-text first))
  (goto-char (flymake-diagnostic-beg first)))
(eglot--apply-workspace-edit (plist-get (elt (eglot-code-actions (point) nil "quickfix") 0) :edit))
(eglot--signal-textDocument/didChange) ; a person's pause
(wait-for "the fixed text to be clean" (lambda () (null (shown))))
(finish)
