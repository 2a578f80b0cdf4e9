;;; lsp-unit-warden.el --- lsp-mode client for systemd units -*- lexical-binding: t -*-

;; Keywords: languages, systemd
;; URL: @REPOSITORY@

;;; Commentary:

;; The language server of Unit Warden, which completes, checks, explains and
;; hardens systemd units.  "npm install --global unit-warden" installs it.

;;; Code:

(require 'lsp-mode)

(defgroup lsp-unit-warden nil
  "The language server of Unit Warden."
  :group 'lsp-mode
  :link '(url-link "@REPOSITORY@"))

(defcustom lsp-unit-warden-command '("unit-warden" "lsp" "--stdio")
  "How to start the server."
  :group 'lsp-unit-warden
  :type '(repeat string))

(lsp-defcustom lsp-unit-warden-profile "basic"
  "How much hardening to ask of a service."
  :group 'lsp-unit-warden
  :type '(choice (const "off") (const "basic") (const "strict") (const "isolated"))
  :lsp-path "unitWarden.hardening.profile")

(add-to-list 'lsp-language-id-configuration '(systemd-mode . "systemd"))

(lsp-register-client
 (make-lsp-client
  :new-connection (lsp-stdio-connection (lambda () lsp-unit-warden-command))
  :activation-fn (lsp-activate-on "systemd")
  :synchronize-sections '("unitWarden")
  :server-id 'unit-warden))

(lsp-consistency-check lsp-unit-warden)

(provide 'lsp-unit-warden)
;;; lsp-unit-warden.el ends here
