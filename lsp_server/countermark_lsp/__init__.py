"""The language server: findings while you type."""
