"""Threat modelling of one change: what it adds, what to ask about it, and the model file that the answers go into."""
