resource "aws_instance" "a" {
  metadata_options {
    http_endpoint = "enabled"
    # ruleid: imds-v1
    http_tokens   = "optional"
  }
}

resource "aws_instance" "b" {
  metadata_options {
    # ok: imds-v1
    http_tokens = "required"
  }
}
