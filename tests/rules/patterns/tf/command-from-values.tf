resource "null_resource" "a" {
  provisioner "local-exec" {
    # ruleid: command-from-values
    command = "./register.sh ${var.name}"
  }
  provisioner "local-exec" {
    # ok: command-from-values
    command     = "./register.sh \"$NAME\""
    environment = { NAME = var.name }
  }
  provisioner "local-exec" {
    # ok: command-from-values
    command = "ls ${path.module}/files"
  }
}
