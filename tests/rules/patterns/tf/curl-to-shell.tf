resource "aws_instance" "a" {
  user_data = <<-EOT
    #!/bin/bash
    # ruleid: curl-to-shell
    curl -fsSL https://get.example.com | sh
    # ok: curl-to-shell
    curl -fsSL https://api.example.com | jq .
  EOT
}

resource "null_resource" "b" {
  provisioner "remote-exec" {
    # ruleid: curl-to-shell
    inline = ["wget -qO- https://get.example.com | sudo bash"]
  }
  provisioner "remote-exec" {
    # ok: curl-to-shell
    inline = ["sh /opt/install.sh"]
  }
}
