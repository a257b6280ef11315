import os
import random
import time

# ruleid: predictable-seed
random.seed(time.time())

# ruleid: predictable-seed
random.seed(int(time.time()) ^ os.getpid())

# ruleid: predictable-seed
generator = random.Random(time.time())


def generate_token(user_id):
    # ruleid: predictable-seed
    random.seed(user_id)
    return random.getrandbits(64)


# ok: predictable-seed
random.seed(42)

# ok: predictable-seed
random.seed()


def simulate(seed):
    # ok: predictable-seed
    random.seed(seed)


# ok: predictable-seed
generator = random.Random(seed)


def ticket():
    seed = os.getpid()
    # ruleid: predictable-seed
    return random.Random(seed).random()


def repeatable(seed):
    # ok: predictable-seed
    return random.Random(seed).random()
