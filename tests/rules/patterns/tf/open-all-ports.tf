resource "aws_security_group" "a" {
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    # ruleid: open-all-ports
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    # ok: open-all-ports
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group_rule" "b" {
  type        = "ingress"
  # ruleid: open-all-ports
  cidr_blocks = ["0.0.0.0/0"]
  from_port   = 0
  to_port     = 65535
  protocol    = "tcp"
}

resource "aws_security_group_rule" "c" {
  type        = "ingress"
  # ok: open-all-ports
  cidr_blocks = ["10.0.0.0/8"]
  from_port   = 0
  to_port     = 65535
}

resource "aws_vpc_security_group_ingress_rule" "d" {
  # ruleid: open-all-ports
  cidr_ipv4   = "0.0.0.0/0"
  ip_protocol = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "e" {
  # ok: open-all-ports
  cidr_ipv4   = "0.0.0.0/0"
  ip_protocol = "tcp"
  from_port   = 443
  to_port     = 443
}
