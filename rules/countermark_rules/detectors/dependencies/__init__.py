"""New packages: invented names, look-alikes, sources that can change unseen."""
