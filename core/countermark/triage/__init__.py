"""What people have answered for: known findings, and comments that allow one."""
