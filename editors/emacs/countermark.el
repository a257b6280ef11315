;;; countermark.el --- Countermark's language server in Emacs  -*- lexical-binding: t; -*-

(defgroup countermark nil "Findings and unreviewed AI code while you type." :group 'tools)

(defcustom countermark-command '("countermark" "lsp")
  "The program that is the language server, and its arguments."
  :type '(repeat string) :risky t)

(defcustom countermark-eglot-modes '(conf-mode text-mode sh-mode yaml-mode)
  "Modes in which eglot runs Countermark: it runs one server in a buffer, so those that want no other."
  :type '(repeat symbol))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons countermark-eglot-modes (lambda (&rest _) countermark-command))))

;; lsp-mode runs it beside the language's own server.
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () countermark-command))
    :activation-fn (lambda (&rest _) t)
    :add-on? t
    :priority -1
    :server-id 'countermark)))

(provide 'countermark)
;;; countermark.el ends here
