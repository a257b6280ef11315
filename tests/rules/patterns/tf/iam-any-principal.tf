resource "aws_sqs_queue_policy" "a" {
  policy = jsonencode({
    Statement = [
      # ruleid: iam-any-principal
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "sqs:SendMessage"
        Resource  = "*"
      },
      # ruleid: iam-any-principal
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "sqs:*" },
      # ok: iam-any-principal
      { Effect = "Deny", Principal = "*", Action = "sqs:*" },
      # ok: iam-any-principal
      { Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } } },
      # ok: iam-any-principal
      { Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage" },
    ]
  })
}

data "aws_iam_policy_document" "b" {
  # ruleid: iam-any-principal
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
  # ok: iam-any-principal
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
