import base64

from cryptography.fernet import Fernet


def encrypt(text, key):
    # ruleid: homemade-cipher
    return "".join(chr(ord(letter) ^ ord(key[i % len(key)])) for i, letter in enumerate(text))


def encrypt_bytes(data, key):
    # ruleid: homemade-cipher
    return bytes(byte ^ key[i % len(key)] for i, byte in enumerate(data))


def caesar_encrypt(text, shift):
    # ruleid: homemade-cipher
    return "".join(chr((ord(letter) - 97 + shift) % 26 + 97) for letter in text)


def encrypt_password(password):
    # ruleid: homemade-cipher
    return base64.b64encode(password).decode()


def checksum(data):
    total = 0
    for byte in data:
        # ok: homemade-cipher
        total = total ^ byte
    return total


def encrypt_safely(text, key):
    # ok: homemade-cipher
    return Fernet(key).encrypt(text)


def encrypt_for_json(text, key):
    # ok: homemade-cipher
    return base64.b64encode(Fernet(key).encrypt(text)).decode()


def as_json(data):
    # ok: homemade-cipher
    return base64.b64encode(data).decode()


def keep(settings, password):
    # ruleid: homemade-cipher
    settings["password"] = base64.b64encode(password.encode()).decode()
    # ok: homemade-cipher
    settings["picture"] = base64.b64encode(picture).decode()
