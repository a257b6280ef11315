import keras
from langchain_community.vectorstores import FAISS
from transformers import AutoModel

# ruleid: unsafe-model-format
model = keras.models.load_model(path, safe_mode=False)

# ruleid: unsafe-model-format
model = AutoModel.from_pretrained(name, revision=commit, use_safetensors=False)

# ruleid: unsafe-model-format
index = FAISS.load_local("index", embeddings, allow_dangerous_deserialization=True)

# ok: unsafe-model-format
model = keras.models.load_model(path)

# ok: unsafe-model-format
model = AutoModel.from_pretrained(name, revision=commit, use_safetensors=True)

# ok: unsafe-model-format
index = FAISS.load_local("index", embeddings)
