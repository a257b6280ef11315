"""The only room that starts git, and what can be read through it."""
