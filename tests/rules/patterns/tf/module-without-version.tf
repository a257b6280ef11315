module "a" {
  # ruleid: module-without-version
  source = "terraform-aws-modules/vpc/aws"
}

module "b" {
  # ok: module-without-version
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.1.0"
}

module "c" {
  # ok: module-without-version
  source = "../modules/vpc"
}

module "d" {
  # ok: module-without-version
  source = "github.com/someone/network"
}
