resource "aws_s3_bucket_acl" "a" {
  bucket = aws_s3_bucket.a.id
  # ruleid: public-bucket
  acl    = "public-read"
}

resource "aws_s3_bucket_acl" "b" {
  bucket = aws_s3_bucket.b.id
  # ok: public-bucket
  acl    = "private"
}

resource "azurerm_storage_container" "c" {
  # ruleid: public-bucket
  container_access_type = "blob"
}

resource "azurerm_storage_container" "d" {
  # ok: public-bucket
  container_access_type = "private"
}

resource "azurerm_storage_account" "e" {
  # ruleid: public-bucket
  allow_nested_items_to_be_public = true
}

resource "azurerm_storage_account" "f" {
  # ok: public-bucket
  allow_nested_items_to_be_public = false
}
