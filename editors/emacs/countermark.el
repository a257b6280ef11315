;;; countermark.el --- Countermark's language server in Emacs  -*- lexical-binding: t; -*-

(require 'cl-lib)

(defgroup countermark nil "Findings and unreviewed AI code while you type." :group 'tools)

(defcustom countermark-command '("countermark" "lsp")
  "The program that is the language server, and its arguments."
  :type '(repeat string) :risky t)

(defcustom countermark-eglot-modes '(conf-mode text-mode sh-mode yaml-mode)
  "Modes in which eglot runs Countermark: it runs one server in a buffer, so those that want no other."
  :type '(repeat symbol))

(defun countermark--draw (buffer marks)
  "Mark the lines of MARKS that nobody answers for in the fringe of BUFFER."
  (with-current-buffer buffer
    (remove-overlays (point-min) (point-max) 'countermark t)
    (save-restriction
      (widen)
      (cl-loop for mark across marks
               unless (eq (plist-get mark :passes) t)
               do (save-excursion
                    (goto-char (point-min))
                    (forward-line (plist-get mark :startLine))
                    (dotimes (_ (1+ (- (plist-get mark :endLine) (plist-get mark :startLine))))
                      (let ((overlay (make-overlay (line-beginning-position) (line-end-position))))
                        (overlay-put overlay 'countermark t)
                        (overlay-put overlay 'before-string (propertize " " 'display '(left-fringe vertical-bar warning)))
                        (overlay-put overlay 'help-echo (format "%s: not reviewed" (plist-get mark :author))))
                      (forward-line 1)))))))

(defun countermark--fetch (server buffer)
  "Ask SERVER for the marks of BUFFER; from then on it says when they change."
  (jsonrpc-async-request
   server :countermark/reviewMarks
   (list :uri (with-current-buffer buffer (plist-get (eglot--TextDocumentIdentifier) :uri)))
   :success-fn (lambda (answer) (when (buffer-live-p buffer) (countermark--draw buffer (plist-get answer :marks))))
   :error-fn #'ignore))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons countermark-eglot-modes (lambda (&rest _) countermark-command)))
  (cl-defmethod eglot-handle-notification (server (_method (eql countermark/reviewMarksChanged)) &key uri &allow-other-keys)
    (when-let ((buffer (find-buffer-visiting (eglot--uri-to-path uri))))
      (countermark--fetch server buffer)))
  (add-hook 'eglot-managed-mode-hook
            (lambda ()
              (let ((server (eglot-current-server)))
                (when (equal (plist-get (and server (eglot--server-info server)) :name) "countermark")
                  (countermark--fetch server (current-buffer)))))))

;; lsp-mode runs it beside the language's own server.
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () countermark-command))
    :activation-fn (lambda (&rest _) t)
    :notification-handlers (let ((handlers (make-hash-table :test #'equal)))
                             (puthash "countermark/reviewMarksChanged" #'ignore handlers)
                             handlers)
    :add-on? t
    :priority -1
    :server-id 'countermark)))

(provide 'countermark)
;;; countermark.el ends here
