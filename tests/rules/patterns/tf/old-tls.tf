resource "aws_cloudfront_distribution" "a" {
  viewer_certificate {
    # ruleid: old-tls
    minimum_protocol_version = "TLSv1"
  }
}

resource "aws_lb_listener" "b" {
  # ruleid: old-tls
  ssl_policy = "ELBSecurityPolicy-2016-08"
}

resource "azurerm_storage_account" "c" {
  # ruleid: old-tls
  min_tls_version = "TLS1_0"
}

resource "aws_lb_listener" "d" {
  # ok: old-tls
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}

resource "azurerm_storage_account" "e" {
  # ok: old-tls
  min_tls_version = "TLS1_2"
}

resource "aws_cloudfront_distribution" "f" {
  viewer_certificate {
    # ok: old-tls
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
