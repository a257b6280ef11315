resource "aws_codebuild_project" "a" {
  security_context {
    # ruleid: privileged-container
    privileged = true
  }
}

resource "aws_ecs_task_definition" "b" {
  # ruleid: privileged-container
  container_definitions = jsonencode([{ name = "x", privileged = true }])
}

resource "aws_ecs_task_definition" "c" {
  # ok: privileged-container
  container_definitions = jsonencode([{ name = "x", privileged = false }])
}

resource "aws_codebuild_project" "d" {
  environment {
    # ok: privileged-container
    privileged_mode = true
  }
}
