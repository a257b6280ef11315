resource "aws_db_instance" "a" {
  # ruleid: encryption-off
  storage_encrypted = false
}

resource "aws_ebs_volume" "b" {
  # ruleid: encryption-off
  encrypted = false
}

resource "aws_opensearch_domain" "c" {
  # ruleid: encryption-off
  encrypt_at_rest {
    enabled = false
  }
}

resource "aws_ebs_volume" "d" {
  # ok: encryption-off
  encrypted = true
}

resource "aws_opensearch_domain" "e" {
  # ok: encryption-off
  encrypt_at_rest {
    enabled = true
  }
  # ok: encryption-off
  advanced_security_options {
    enabled = false
  }
}
