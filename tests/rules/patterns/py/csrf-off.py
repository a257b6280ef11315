import hmac

from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
# ruleid: csrf-off
def transfer(request):
    return send(request.user, request.POST["amount"])


# ruleid: csrf-off
app.config["WTF_CSRF_ENABLED"] = False


# ruleid: csrf-off
@method_decorator(csrf_exempt, name="dispatch")
class Transfer:
    pass


@csrf.exempt
# ruleid: csrf-off
def pay():
    return send(user, amount)


@csrf_exempt
# ok: csrf-off
def webhook(request):
    if not hmac.compare_digest(signature(request), request.headers["X-Signature"]):
        return None
    return accept(request.body)


# ok: csrf-off
app.config["WTF_CSRF_ENABLED"] = True


@csrf_protect
# ok: csrf-off
def transfer_safely(request):
    return send(request.user, request.POST["amount"])


# ok: csrf-off
@method_decorator(login_required, name="dispatch")
class TransferSafely:
    pass
