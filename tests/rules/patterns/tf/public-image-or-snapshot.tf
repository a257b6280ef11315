resource "aws_ami_launch_permission" "a" {
  image_id = aws_ami.a.id
  # ruleid: public-image-or-snapshot
  group    = "all"
}

resource "aws_db_snapshot" "b" {
  # ruleid: public-image-or-snapshot
  shared_accounts = ["all"]
}

resource "aws_db_snapshot" "c" {
  # ok: public-image-or-snapshot
  shared_accounts = ["111122223333"]
}

resource "aws_ami_launch_permission" "d" {
  # ok: public-image-or-snapshot
  account_id = "111122223333"
}
