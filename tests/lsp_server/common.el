;;; common.el --- What both Emacs clients' tests need  -*- lexical-binding: t; -*-
;; emacs -q --batch -l common.el -l eglot.el, with COUNTERMARK_SETTINGS and COUNTERMARK_RESULT; -Q would hide Debian's packages.
(package-initialize)
(require 'cl-lib)
(require 'json)
(prefer-coding-system 'utf-8-unix)
(setq enable-local-variables nil make-backup-files nil create-lockfiles nil debug-on-error t)

(defvar result nil "What the session saw, as an alist.")

(defun wait-for (what condition)
  "Let the server speak until CONDITION gives something; fail with WHAT after a minute."
  (let ((end (+ (float-time) 60)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.01))
    (or found (error "timeout: %s" what))))

(defun place (point)
  "Line and column of POINT, both from 0, in characters."
  (save-excursion
    (goto-char point)
    (list (1- (line-number-at-pos)) (- (point) (line-beginning-position)))))

(defun note (key value)
  (push (cons key value) result))

(defun finish ()
  "Save, so that the file is what the buffer is, and tell what was seen."
  (let ((coding-system-for-write 'utf-8-unix))
    (save-buffer)
    (write-region (json-encode result) nil (getenv "COUNTERMARK_RESULT") nil 'silent))
  (kill-emacs 0))
