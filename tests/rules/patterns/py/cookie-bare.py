def visit(response, count):
    # ruleid: cookie-bare
    response.set_cookie("visits", count)


def remember_basket(response, basket):
    # ok: cookie-bare
    response.set_cookie("basket", basket, secure=True, httponly=True)


def paint(response):
    # ok: cookie-bare
    response.set_cookie("theme", "dark")
