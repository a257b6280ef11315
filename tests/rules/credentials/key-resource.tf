# ruleid: key-resource
resource "aws_iam_access_key" "deploy" {
  user = aws_iam_user.deploy.name
}

# ruleid: key-resource
resource "google_service_account_key" "deploy" {
  service_account_id = google_service_account.deploy.name
}

# ruleid: key-resource
resource "azuread_application_password" "for_ever" {
  application_id = azuread_application.ours.id
}

# ruleid: key-resource
resource "azuread_service_principal_password" "a_year" {
  service_principal_id = azuread_service_principal.ours.id
  end_date_relative    = "8760h"
}

# ruleid: key-resource
resource "azuread_application_password" "until" {
  end_date = "2027-11-21T00:00:00Z"
}

# ok: key-resource
resource "azuread_application_password" "a_day" {
  end_date_relative = "24h"
}

# ok: key-resource
resource "azuread_application_password" "tomorrow" {
  end_date = "2026-11-22T00:00:00Z"
}

# ok: key-resource
resource "aws_iam_role" "deploy" {
  name = "deploy"
}

# ok: key-resource
data "aws_iam_access_keys" "all" {
  user = "deploy"
}

# ok: key-resource
resource "azuread_application_federated_identity_credential" "github" {
  issuer = "https://token.actions.githubusercontent.com"
}
