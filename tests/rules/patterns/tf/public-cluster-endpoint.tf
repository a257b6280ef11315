resource "aws_eks_cluster" "a" {
  # ruleid: public-cluster-endpoint
  vpc_config {
    subnet_ids = var.subnets
  }
}

resource "aws_eks_cluster" "b" {
  # ok: public-cluster-endpoint
  vpc_config {
    subnet_ids             = var.subnets
    endpoint_public_access = false
  }
}

resource "aws_eks_cluster" "c" {
  # ok: public-cluster-endpoint
  vpc_config {
    public_access_cidrs = ["203.0.113.0/24"]
  }
}

# ruleid: public-cluster-endpoint
resource "azurerm_kubernetes_cluster" "d" {
  name = "x"
}

# ok: public-cluster-endpoint
resource "azurerm_kubernetes_cluster" "e" {
  private_cluster_enabled = true
}
