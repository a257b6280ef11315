resource "google_compute_firewall" "a" {
  network = "default"
  allow {
    protocol = "tcp"
    ports    = ["22", "443"]
  }
  # ruleid: gcp-open-firewall
  source_ranges = ["0.0.0.0/0"]
}

resource "google_compute_firewall" "b" {
  # ruleid: gcp-open-firewall
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "all"
  }
}

resource "google_compute_firewall" "c" {
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
  # ok: gcp-open-firewall
  source_ranges = ["0.0.0.0/0"]
}

resource "google_compute_firewall" "d" {
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
  # ok: gcp-open-firewall
  source_ranges = ["35.235.240.0/20"]
}
