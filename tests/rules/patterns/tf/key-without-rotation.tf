# ruleid: key-without-rotation
resource "aws_kms_key" "a" {
  description = "x"
}

# ruleid: key-without-rotation
resource "aws_kms_key" "b" {
  enable_key_rotation = false
}

# ok: key-without-rotation
resource "aws_kms_key" "c" {
  enable_key_rotation = true
}

# ok: key-without-rotation
resource "aws_kms_key" "d" {
  key_usage = "SIGN_VERIFY"
}
