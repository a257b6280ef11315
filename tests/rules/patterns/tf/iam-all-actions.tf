data "aws_iam_policy_document" "a" {
  # ruleid: iam-all-actions
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
  # ok: iam-all-actions
  statement {
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
  }
  # ok: iam-all-actions
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::uploads/*"]
  }
}

resource "aws_iam_policy" "b" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # ruleid: iam-all-actions
      {
        Effect   = "Allow"
        Action   = ["*"]
        Resource = "*"
      },
      # ok: iam-all-actions
      {
        Effect   = "Deny"
        Action   = "*"
        Resource = "*"
      },
      # ok: iam-all-actions
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "*"
      },
    ]
  })
}
