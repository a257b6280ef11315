import pickle

import joblib
import pandas as pd


def load(path):
    with open(path, "rb") as file:
        # ruleid: pickle-file
        return pickle.load(file)


def load_model(path):
    # ruleid: pickle-file
    return joblib.load(path)


def load_frame(path):
    # ruleid: pickle-file
    return pd.read_pickle(path)


def load_ours():
    with open("cache.pickle", "rb") as file:
        # ok: pickle-file
        return pickle.load(file)


# ok: pickle-file
model = joblib.load("model.joblib")

# ok: pickle-file
frame = pd.read_parquet(path)
