import random
import string

import numpy as np

alphabet = string.ascii_letters + string.digits


def generate_password(length):
    # ruleid: weak-random-secret
    return "".join(random.choice(alphabet) for _ in range(length))


def send_code(user):
    # ruleid: weak-random-secret
    otp = str(random.randint(100000, 999999))
    mail(user, otp)


class Sessions:
    def start(self):
        # ruleid: weak-random-secret
        session_id = random.getrandbits(128)
        return session_id


# ruleid: weak-random-secret
reset = {"reset_token": "".join(random.choices(alphabet, k=32))}

# ruleid: weak-random-secret
user = User(api_key=random.randbytes(16))

# ruleid: weak-random-secret
salt = np.random.bytes(16)


# ok: weak-random-secret
dice = random.randint(1, 6)

# ok: weak-random-secret
delay = 2 + random.uniform(0, 1)

# ok: weak-random-secret
rows = random.sample(records, 10)

# ok: weak-random-secret
max_tokens = random.randint(10, 20)


def generate_password_safely(length):
    rng = random.SystemRandom()
    # ok: weak-random-secret
    return "".join(rng.choice(alphabet) for _ in range(length))


def next_token(scores):
    # ok: weak-random-secret
    return random.choices(range(len(scores)), weights=scores)


def pick_color():
    # ok: weak-random-secret
    return random.choice(["red", "green"])


class TokenService:
    def issue(self):
        # ruleid: weak-random-secret
        return "".join(random.choices(self.letters, k=16))


class Playlist:
    def mix(self):
        # ok: weak-random-secret
        return random.sample(self.songs, 10)
