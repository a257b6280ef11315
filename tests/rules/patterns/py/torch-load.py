import torch

# ruleid: torch-load
model = torch.load(path)

# ruleid: torch-load
weights = torch.load(path, map_location="cpu", weights_only=False)

# ok: torch-load
weights = torch.load(path, weights_only=True)

# ok: torch-load
weights = torch.load(path, map_location="cpu", weights_only=strict)
