# ruleid: encryption-not-set
resource "aws_db_instance" "a" {
  engine = "postgres"
}

# ruleid: encryption-not-set
resource "aws_efs_file_system" "b" {
  creation_token = "x"
}

# ok: encryption-not-set
resource "aws_db_instance" "c" {
  engine            = "postgres"
  storage_encrypted = true
}

# ok: encryption-not-set
resource "aws_efs_file_system" "d" {
  encrypted = var.encrypted
}

# ok: encryption-not-set
resource "aws_db_instance" "e" {
  replicate_source_db = aws_db_instance.c.identifier
}
