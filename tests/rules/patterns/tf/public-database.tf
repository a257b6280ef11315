resource "aws_db_instance" "a" {
  # ruleid: public-database
  publicly_accessible = true
}

resource "aws_db_instance" "b" {
  # ok: public-database
  publicly_accessible = false
}

resource "google_sql_database_instance" "c" {
  settings {
    ip_configuration {
      authorized_networks {
        # ruleid: public-database
        value = "0.0.0.0/0"
      }
      authorized_networks {
        # ok: public-database
        value = "203.0.113.7/32"
      }
    }
  }
}

resource "azurerm_mssql_firewall_rule" "d" {
  start_ip_address = "0.0.0.0"
  # ruleid: public-database
  end_ip_address   = "255.255.255.255"
}

resource "azurerm_mssql_firewall_rule" "e" {
  start_ip_address = "203.0.113.1"
  # ok: public-database
  end_ip_address   = "203.0.113.9"
}
