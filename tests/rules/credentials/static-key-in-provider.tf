provider "aws" {
  region = "eu-west-1"
  # ruleid: static-key-in-provider
  access_key = var.access_key
  secret_key = var.secret_key
}

provider "azurerm" {
  features {}
  client_id = var.client_id
  # ruleid: static-key-in-provider
  client_secret = var.client_secret
}

provider "google" {
  # ruleid: static-key-in-provider
  credentials = file("account.json")
  project     = "ours"
}

terraform {
  backend "s3" {
    bucket = "state"
    # ruleid: static-key-in-provider
    access_key = "${var.key}"
  }
}

terraform {
  backend "azurerm" {
    # ruleid: static-key-in-provider
    sas_token = var.sas
  }
}

provider "aws" {
  # ok: static-key-in-provider
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/deploy" # access_key = "x"
  }
}

provider "azurerm" {
  features {}
  # ok: static-key-in-provider
  use_oidc = true
}

provider "google" {
  # ok: static-key-in-provider
  project = "ours"
}

provider "aws" {
  # ok: static-key-in-provider
  access_key = "test"
  # ok: static-key-in-provider
  secret_key = "test"
}

provider "aws" {
  # ok: static-key-in-provider
  access_key                  = var.key
  skip_credentials_validation = true
  endpoints {
    s3 = "http://localhost:4566"
  }
}

provider "aws" {
  # ok: static-key-in-provider
  access_key = var.key
  secret_key = var.secret
  token      = var.session_token
}

/*
provider "aws" {
  # ok: static-key-in-provider
  access_key = var.key
}
*/

resource "local_file" "script" {
  content = <<-EOT
    provider "aws" {
      # ok: static-key-in-provider
      access_key = var.key
    }
  EOT
}

provider "digitalocean" {
  # ok: static-key-in-provider
  token = var.token
}
