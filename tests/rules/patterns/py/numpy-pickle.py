import numpy as np

# ruleid: numpy-pickle
rows = np.load(path, allow_pickle=True)

# ruleid: numpy-pickle
rows = np.load(upload, mmap_mode="r", allow_pickle=True)

# ok: numpy-pickle
rows = np.load(path)

# ok: numpy-pickle
rows = np.load(path, allow_pickle=False)
