resource "azurerm_key_vault" "a" {
  network_acls {
    bypass         = "AzureServices"
    # ruleid: network-acl-allows-all
    default_action = "Allow"
  }
}

resource "azurerm_key_vault" "b" {
  network_acls {
    bypass         = "AzureServices"
    # ok: network-acl-allows-all
    default_action = "Deny"
  }
}
