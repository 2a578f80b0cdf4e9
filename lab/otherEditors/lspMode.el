;;; lspMode.el --- what a person does in Emacs, through lsp-mode  -*- lexical-binding: t -*-
;; emacs -Q --batch -l lspMode.el FOLDER, with unit-warden on the PATH and Debian's elpa-lsp-mode
;; Prints "ok" or "not ok" for each step and the counts at the end. The client is the one that packaging/ has for lsp-mode.

(require 'cl-lib)

(defconst patience 20)
(defvar passed 0)
(defvar failed 0)

(defmacro step (name &rest body)
  `(condition-case err
       (progn ,@body (princ (format "ok %s\n" ,name)) (cl-incf passed))
     (error (princ (format "not ok %s\n    %s\n" ,name (error-message-string err))) (cl-incf failed))))

(defun wait (what ready)
  (with-timeout (patience (error "Waited in vain for %s" what))
    (while (not (funcall ready)) (accept-process-output nil 0.05))))

(defun to-line (number) (goto-char (point-min)) (forward-line (1- number)))

(defun finding-p (text)
  (cl-some (lambda (it) (string-search text (lsp-get it :message)))
           (cl-loop for all being the hash-values of (lsp-diagnostics) append all)))

(let ((default-directory "/usr/share/emacs/site-lisp/elpa-src/"))
  (when (file-directory-p default-directory) (normal-top-level-add-subdirs-to-load-path)))

(unless (require 'lsp-mode nil t)
  (princ "skipped: there is no lsp-mode\n0 passed, 0 failed\n")
  (kill-emacs 0))

(define-derived-mode systemd-mode conf-unix-mode "systemd")
(add-to-list 'auto-mode-alist '("\\.service\\'" . systemd-mode))
(load (expand-file-name "packaging/editors/lsp-unit-warden.el"))

(let ((folder (file-name-as-directory (expand-file-name (pop command-line-args-left)))))
  (setq lsp-auto-guess-root t
        lsp-enable-file-watchers nil
        lsp-enable-suggest-server-download nil
        lsp-lens-enable nil
        lsp-enable-snippet nil
        lsp-diagnostics-provider :flymake
        lsp-session-file (concat folder "session")
        lsp-server-install-dir (concat folder "servers")
        lsp-response-timeout patience
        lsp-idle-delay 0.05
        lsp-before-save-edits nil
        make-backup-files nil)
  (let ((session (lsp-session))) (cl-pushnew folder (lsp-session-folders session)))
  (find-file (concat folder "shop.service"))
  (step "lsp-mode opens a service and reports a misspelt directive"
        (lsp)
        (wait "the server" (lambda () (lsp-workspaces)))
        (wait "findings" (lambda () (finding-p "ExecStrat="))))
  (step "lsp-mode shows what a directive means"
        (to-line 7)
        (let ((hover (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
          (unless (string-search "Restart=" (format "%S" hover)) (error "The hover is %S" hover))))
  (step "lsp-mode completes a directive"
        (to-line 7)
        (goto-char (pos-eol))
        (insert "\nProtectKernelT")
        (pcase-let ((`(,beg ,end ,table . ,_) (lsp-completion-at-point)))
          (let ((all (all-completions (buffer-substring-no-properties beg end) table)))
            (unless (cl-some (lambda (it) (string-prefix-p "ProtectKernelTunables" it)) all)
              (error "The completions are %S" all))))
        (delete-region (1- (pos-bol)) (pos-eol)))
  (step "lsp-mode applies the fix of a finding"
        (to-line 6)
        (let ((fix (cl-find-if (lambda (it) (equal (lsp-get it :title) "Change to ExecStart="))
                               (lsp-code-actions-at-point))))
          (unless fix (error "There is no fix"))
          (lsp-execute-code-action fix))
        (unless (equal (buffer-substring-no-properties (pos-bol) (pos-eol)) "ExecStart=/usr/bin/shop")
          (error "The line is %S" (buffer-substring-no-properties (pos-bol) (pos-eol)))))
  (step "lsp-mode formats a document"
        (lsp-format-buffer)
        (unless (equal (buffer-substring-no-properties (point-min) (point-max))
                       "[Unit]\nDescription=Web shop\n\n[Service]\nType=exec\nExecStart=/usr/bin/shop\nRestart=on-failure\n")
          (error "The text is %S" (buffer-substring-no-properties (point-min) (point-max)))))
  (step "lsp-mode stops the server"
        (set-buffer-modified-p nil)
        (let ((workspace (car (lsp-workspaces))))
          (lsp-workspace-shutdown workspace)
          (wait "the end" (lambda () (not (process-live-p (lsp--workspace-cmd-proc workspace)))))))
  (princ (format "%d passed, %d failed\n" passed failed))
  (kill-emacs (if (= failed 0) 0 1)))
