resource "google_storage_bucket_iam_member" "a" {
  role   = "roles/storage.objectViewer"
  # ruleid: gcp-public-access
  member = "allUsers"
}

resource "google_storage_bucket_iam_binding" "b" {
  role    = "roles/storage.objectViewer"
  # ruleid: gcp-public-access
  members = ["group:team@example.com", "allAuthenticatedUsers"]
}

resource "google_storage_bucket_iam_member" "c" {
  role   = "roles/storage.objectViewer"
  # ok: gcp-public-access
  member = "group:team@example.com"
}

resource "google_cloud_run_service_iam_member" "d" {
  # ok: gcp-public-access
  member = "allUsers"
  role   = "roles/run.invoker"
}
