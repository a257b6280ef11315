resource "aws_db_instance" "a" {
  # ruleid: no-way-back
  skip_final_snapshot     = true
  # ruleid: no-way-back
  backup_retention_period = 0
  # ok: no-way-back
  deletion_protection     = true
}

resource "aws_lb" "b" {
  # ok: no-way-back
  deletion_protection = false
}
