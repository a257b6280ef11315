resource "azurerm_network_security_rule" "a" {
  direction                  = "Inbound"
  access                     = "Allow"
  protocol                   = "Tcp"
  destination_port_range     = "22"
  # ruleid: azure-open-network-rule
  source_address_prefix      = "*"
}

resource "azurerm_network_security_group" "b" {
  security_rule {
    # ruleid: azure-open-network-rule
    source_address_prefix  = "Internet"
    direction              = "Inbound"
    access                 = "Allow"
    destination_port_range = "*"
  }
  security_rule {
    # ok: azure-open-network-rule
    source_address_prefix  = "*"
    direction              = "Inbound"
    access                 = "Deny"
    destination_port_range = "*"
  }
}

resource "azurerm_network_security_rule" "c" {
  direction              = "Inbound"
  access                 = "Allow"
  destination_port_range = "443"
  # ok: azure-open-network-rule
  source_address_prefix  = "*"
}

resource "azurerm_network_security_rule" "d" {
  direction              = "Inbound"
  access                 = "Allow"
  destination_port_range = "3389"
  # ok: azure-open-network-rule
  source_address_prefix  = "203.0.113.7/32"
}
