from datasets import load_dataset
from transformers import AutoModel

# ruleid: remote-model-code
model = AutoModel.from_pretrained("owner/model", trust_remote_code=True)

# ruleid: remote-model-code
rows = load_dataset("owner/rows", trust_remote_code=True)

# ok: remote-model-code
model = AutoModel.from_pretrained("owner/model", trust_remote_code=False)

# ok: remote-model-code
model = AutoModel.from_pretrained("owner/model", trust_remote_code=True, revision="86b5e0934494bd15c9632b12f734a8a67f723594")

# ok: remote-model-code
rows = load_dataset("owner/rows", revision=commit)
