# ruleid: login-always-passes
def authenticate(user, password):
    return True


# ruleid: login-always-passes
def verify_token(token):
    """Verify the token."""
    return True


# ok: login-always-passes
def check_password(password, stored):
    return verify(stored, password)


# ok: login-always-passes
def is_enabled(feature):
    return True


class AllowAll(Permission):
    # ok: login-always-passes
    def has_permission(self, request):
        return True
