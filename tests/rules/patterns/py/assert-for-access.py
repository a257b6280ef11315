def delete(user, number):
    # ruleid: assert-for-access
    assert user.is_admin, "administrators only"
    store.delete(number)


def change(user, order):
    # ruleid: assert-for-access
    assert user.role == "manager"
    order.change()


def delete_safely(user, number):
    # ok: assert-for-access
    if not user.is_admin:
        raise PermissionError("administrators only")
    store.delete(number)


def shrink(values):
    # ok: assert-for-access
    assert len(values) > 0
    return values[:1]
