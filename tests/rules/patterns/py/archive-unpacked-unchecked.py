import os
import tarfile
import zipfile


def unpack(path, target):
    with tarfile.open(path) as tar:
        # ruleid: archive-unpacked-unchecked
        tar.extractall(target)


def by_hand(path, target):
    archive = zipfile.ZipFile(path)
    for name in archive.namelist():
        with open(os.path.join(target, name), "wb") as stream:
            # ruleid: archive-unpacked-unchecked
            stream.write(archive.read(name))


def filtered(path, target):
    with tarfile.open(path) as tar:
        # ok: archive-unpacked-unchecked
        tar.extractall(target, filter="data")


def zipped(path, target):
    with zipfile.ZipFile(path) as archive:
        # ok: archive-unpacked-unchecked
        archive.extractall(target)


def one_by_one(archive, folder):
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            # ruleid: archive-unpacked-unchecked
            tar.extract(member, folder)


def checked(archive, folder):
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            if not member.isfile() or ".." in member.name:
                continue
            # ok: archive-unpacked-unchecked
            tar.extract(member, folder)
