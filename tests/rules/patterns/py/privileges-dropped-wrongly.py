import os


def drop(uid, gid):
    # ruleid: privileges-dropped-wrongly
    os.setuid(uid)
    os.setgid(gid)


def rise():
    # ruleid: privileges-dropped-wrongly
    os.seteuid(0)


def drop_user(uid):
    # ruleid: privileges-dropped-wrongly
    os.setuid(uid)


def drop_safely(uid, gid):
    os.setgroups([])
    os.setgid(gid)
    # ok: privileges-dropped-wrongly
    os.setuid(uid)


def whoami():
    # ok: privileges-dropped-wrongly
    return os.getuid()


def same(uid):
    # ok: privileges-dropped-wrongly
    return os.geteuid() == uid
