;;; countermark.el --- Countermark's language server in Emacs  -*- lexical-binding: t; -*-

;; eglot runs one server in a buffer: use this where no other server is wanted, or join servers by a multiplexer.
(with-eval-after-load 'eglot
  (dolist (mode '(conf-mode text-mode sh-mode yaml-mode))
    (add-to-list 'eglot-server-programs (cons mode '("countermark" "lsp")))))

;; lsp-mode runs it beside the language's own server.
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection '("countermark" "lsp"))
    :activation-fn (lambda (&rest _) t)
    :add-on? t
    :priority -1
    :server-id 'countermark)))

(provide 'countermark)
;;; countermark.el ends here
