data "aws_iam_policy_document" "a" {
  statement {
    # ruleid: iam-all-actions-of-service
    actions   = ["s3:*"]
    resources = ["*"]
  }
  statement {
    # ok: iam-all-actions-of-service
    actions   = ["s3:*"]
    resources = ["${aws_s3_bucket.uploads.arn}/*"]
  }
  statement {
    effect    = "Deny"
    # ok: iam-all-actions-of-service
    actions   = ["iam:*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "b" {
  policy = jsonencode({
    Statement = [{
      Effect = "Allow"
      Action = [
        "logs:PutLogEvents",
        # ruleid: iam-all-actions-of-service
        "iam:*",
      ]
      Resource = "*"
    }]
  })
}
