resource "azurerm_storage_account" "a" {
  # ruleid: traffic-in-plain
  https_traffic_only_enabled = false
}

resource "aws_cloudfront_distribution" "b" {
  default_cache_behavior {
    # ruleid: traffic-in-plain
    viewer_protocol_policy = "allow-all"
  }
  ordered_cache_behavior {
    # ok: traffic-in-plain
    viewer_protocol_policy = "redirect-to-https"
  }
}

resource "aws_elasticache_replication_group" "c" {
  # ok: traffic-in-plain
  transit_encryption_enabled = true
}
