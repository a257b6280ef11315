resource "aws_security_group" "a" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    # ruleid: open-admin-port
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
  }
  ingress {
    from_port   = 443
    to_port     = 443
    # ok: open-admin-port
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    # ok: open-admin-port
    cidr_blocks = ["10.0.0.0/8"]
    from_port   = 22
    to_port     = 22
  }
  egress {
    from_port   = 22
    to_port     = 22
    # ok: open-admin-port
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group_rule" "b" {
  type             = "ingress"
  # ruleid: open-admin-port
  ipv6_cidr_blocks = ["::/0"]
  from_port        = "3000"
  to_port          = "4000"
}

resource "aws_security_group_rule" "c" {
  type        = "egress"
  # ok: open-admin-port
  cidr_blocks = ["0.0.0.0/0"]
  from_port   = 22
  to_port     = 22
}

resource "aws_vpc_security_group_ingress_rule" "d" {
  # ruleid: open-admin-port
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 3389
  to_port   = 3389
}
