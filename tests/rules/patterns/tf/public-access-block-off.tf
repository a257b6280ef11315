resource "aws_s3_bucket_public_access_block" "a" {
  bucket                  = aws_s3_bucket.a.id
  # ruleid: public-access-block-off
  block_public_acls       = false
  # ok: public-access-block-off
  block_public_policy     = true
  # ruleid: public-access-block-off
  restrict_public_buckets = false
  # ok: public-access-block-off
  ignore_public_acls      = true
}
