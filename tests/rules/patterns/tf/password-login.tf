resource "azurerm_linux_virtual_machine" "a" {
  # ruleid: password-login
  disable_password_authentication = false
}

resource "google_container_cluster" "b" {
  # ruleid: password-login
  enable_legacy_abac = true
}

resource "azurerm_linux_virtual_machine" "c" {
  # ok: password-login
  disable_password_authentication = true
}

resource "google_container_cluster" "d" {
  # ok: password-login
  enable_legacy_abac = false
}
