resource "aws_security_group" "a" {
  ingress {
    from_port   = 5432
    to_port     = 5432
    # ruleid: open-database-port
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port       = 5432
    to_port         = 5432
    # ok: open-database-port
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_vpc_security_group_ingress_rule" "b" {
  # ruleid: open-database-port
  cidr_ipv6 = "::/0"
  from_port = 6379
  to_port   = 6379
}

resource "aws_vpc_security_group_ingress_rule" "c" {
  # ok: open-database-port
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 80
  to_port   = 80
}
