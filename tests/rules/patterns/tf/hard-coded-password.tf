resource "aws_db_instance" "a" {
  # ruleid: hard-coded-password
  password = "summer-and-winter"
}

variable "db_password" {
  # ruleid: hard-coded-password
  default = "summer-and-winter"
}

resource "aws_db_instance" "b" {
  # ok: hard-coded-password
  password = var.db_password
}

resource "aws_db_instance" "c" {
  # ok: hard-coded-password
  password = "${random_password.db.result}"
}

variable "other_password" {
  # ok: hard-coded-password
  default = ""
}

variable "region" {
  # ok: hard-coded-password
  default = "eu-central-1"
}
