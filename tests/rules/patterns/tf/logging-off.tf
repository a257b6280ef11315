resource "aws_cloudtrail" "a" {
  # ruleid: logging-off
  enable_logging             = false
  # ok: logging-off
  enable_log_file_validation = true
}

resource "google_container_cluster" "b" {
  # ruleid: logging-off
  logging_service = "none"
}

resource "google_container_cluster" "c" {
  # ok: logging-off
  logging_service = "logging.googleapis.com/kubernetes"
}
