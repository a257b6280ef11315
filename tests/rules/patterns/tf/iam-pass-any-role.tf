data "aws_iam_policy_document" "a" {
  statement {
    # ruleid: iam-pass-any-role
    actions   = ["iam:PassRole"]
    resources = ["*"]
  }
  statement {
    # ok: iam-pass-any-role
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.task.arn]
  }
  statement {
    # ok: iam-pass-any-role
    actions   = ["iam:ListRoles"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "b" {
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      # ruleid: iam-pass-any-role
      Action   = ["ec2:RunInstances", "iam:PassRole"]
      Resource = "*"
    }]
  })
}
