resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.ci.name
  # ruleid: administrator-role
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "b" {
  # ok: administrator-role
  role       = aws_iam_role.ci.name
  # ok: administrator-role
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}

resource "google_project_iam_member" "c" {
  # ruleid: administrator-role
  role   = "roles/owner"
  member = "serviceAccount:ci@example.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "d" {
  # ok: administrator-role
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:ci@example.iam.gserviceaccount.com"
}

resource "azurerm_role_assignment" "e" {
  # ruleid: administrator-role
  role_definition_name = "Owner"
}
