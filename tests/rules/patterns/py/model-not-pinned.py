from huggingface_hub import hf_hub_download
from transformers import AutoModel

# ruleid: model-not-pinned
model = AutoModel.from_pretrained("owner/model")

# ruleid: model-not-pinned
weights = hf_hub_download(repo_id="owner/model", filename="model.safetensors")

# ok: model-not-pinned
model = AutoModel.from_pretrained("owner/model", revision=commit)

# ok: model-not-pinned
model = AutoModel.from_pretrained(folder)

# ok: model-not-pinned
weights = hf_hub_download(repo_id="owner/model", filename="model.safetensors", revision=commit)
