provider "kubernetes" {
  host     = var.host
  # ruleid: tls-off
  insecure = true
}

provider "vault" {
  # ok: tls-off
  skip_tls_verify = false
}

resource "x_thing" "a" {
  # ok: tls-off
  insecure = true
}
