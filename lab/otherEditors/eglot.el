;;; eglot.el --- what a person does in Emacs, through eglot  -*- lexical-binding: t -*-
;; emacs -Q --batch -l eglot.el FOLDER, with unit-warden on the PATH
;; Prints "ok" or "not ok" for each step and the counts at the end. Works from Emacs 29 on.

(require 'eglot)
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

(defun equals (found wanted)
  (unless (equal found wanted) (error "Found %S, not %S" found wanted)))

(defun to-line (number) (goto-char (point-min)) (forward-line (1- number)))

(defun line () (buffer-substring-no-properties (pos-bol) (pos-eol)))

(defun findings () (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun finding-p (text) (cl-some (lambda (it) (string-search text it)) (findings)))

;; What docs/editors.md tells a reader to do.
(with-temp-buffer
  (insert-file-contents "docs/editors.md")
  (search-forward "eglot.el. -->\n```elisp\n")
  (let ((start (point)))
    (search-forward "\n```")
    (eval-region start (match-beginning 0))))

(let ((folder (file-name-as-directory (expand-file-name (pop command-line-args-left)))))
  (setq eglot-sync-connect patience
        eglot-confirm-server-edits nil
        eglot-autoshutdown t
        eglot-send-changes-idle-time 0.05
        eglot-report-progress nil
        make-backup-files nil)
  (find-file (concat folder "shop.service"))
  (step "Emacs opens a service and underlines a misspelt directive"
        (equals major-mode 'systemd-unit-mode)
        (apply #'eglot--connect (eglot--guess-contact))
        (wait "management" #'eglot-managed-p)
        (flymake-start nil)
        (wait "findings" (lambda () (finding-p "ExecStrat="))))
  (step "Emacs shows what a directive means"
        (to-line 7)
        (let ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover
                                      (eglot--TextDocumentPositionParams))))
          (unless (string-search "Restart=" (eglot--hover-info (plist-get hover :contents)))
            (error "The hover is %S" hover))))
  (step "Emacs completes a directive"
        (to-line 7)
        (goto-char (pos-eol))
        (insert "\nProtectKernelT")
        (eglot--signal-textDocument/didChange)
        (pcase-let ((`(,beg ,end ,table . ,_) (eglot-completion-at-point)))
          (let ((all (all-completions (buffer-substring-no-properties beg end) table)))
            (unless (cl-some (lambda (it) (string-prefix-p "ProtectKernelTunables" it)) all)
              (error "The completions are %S" all))))
        (delete-region (1- (pos-bol)) (pos-eol))
        (eglot--signal-textDocument/didChange))
  (step "Emacs applies the fix of a finding"
        (to-line 6)
        (let ((fix (cl-find-if (lambda (it) (equal (plist-get it :title) "Change to ExecStart="))
                               (eglot-code-actions (pos-bol) (pos-eol)))))
          (unless fix (error "There is no fix"))
          (eglot-execute (eglot-current-server) fix))
        (equals (line) "ExecStart=/usr/bin/shop")
        (eglot--signal-textDocument/didChange)
        (wait "the finding to go" (lambda () (not (finding-p "ExecStrat=")))))
  (step "Emacs formats a document"
        (eglot-format-buffer)
        (equals (buffer-substring-no-properties (point-min) (point-max))
                "[Unit]\nDescription=Web shop\n\n[Service]\nType=exec\nExecStart=/usr/bin/shop\nRestart=on-failure\n"))
  (step "Emacs stops the server"
        (set-buffer-modified-p nil)
        (eglot-shutdown (eglot-current-server)))
  (princ (format "%d passed, %d failed\n" passed failed))
  (kill-emacs (if (= failed 0) 0 1)))
