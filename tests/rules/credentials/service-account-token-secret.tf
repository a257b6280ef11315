# ruleid: service-account-token-secret
resource "kubernetes_secret_v1" "deployer" {
  metadata {
    name = "deployer"
  }
  type = "kubernetes.io/service-account-token"
}

# ok: service-account-token-secret
resource "kubernetes_secret_v1" "other" {
  type = "Opaque"
}
