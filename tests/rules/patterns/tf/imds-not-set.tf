# ruleid: imds-not-set
resource "aws_instance" "a" {
  instance_type = "t3.micro"
}

# ok: imds-not-set
resource "aws_instance" "b" {
  metadata_options {
    http_tokens = "required"
  }
}
