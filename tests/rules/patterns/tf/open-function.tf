resource "aws_lambda_function_url" "a" {
  # ruleid: open-function
  authorization_type = "NONE"
}

resource "aws_lambda_function_url" "b" {
  # ok: open-function
  authorization_type = "AWS_IAM"
}
