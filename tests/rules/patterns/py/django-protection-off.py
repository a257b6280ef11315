# ruleid: django-protection-off
ALLOWED_HOSTS = ["*"]

# ruleid: django-protection-off
SECURE_SSL_REDIRECT = False


@xframe_options_exempt
# ruleid: django-protection-off
def page(request):
    return answer(request)


# ok: django-protection-off
ALLOWED_HOSTS = ["app.example.com"]

# ok: django-protection-off
SECURE_SSL_REDIRECT = True

# ok: django-protection-off
X_FRAME_OPTIONS = "DENY"
