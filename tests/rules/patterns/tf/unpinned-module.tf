module "a" {
  # ruleid: unpinned-module
  source = "git::https://example.com/network.git"
}

module "b" {
  # ruleid: unpinned-module
  source = "github.com/someone/network?ref=main"
}

module "c" {
  # ok: unpinned-module
  source = "git::https://example.com/network.git?ref=v1.2.0"
}

module "d" {
  # ok: unpinned-module
  source = "./modules/github.com/network"
}

module "e" {
  # ok: unpinned-module
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.1.0"
}
