from flask import request


def mail(token):
    # ruleid: link-to-host-of-request
    link = f"https://{request.host}/reset/{token}"
    # ruleid: link-to-host-of-request
    again = request.host_url + "reset?token=1"
    # ok: link-to-host-of-request
    fixed = f"{BASE_URL}/reset/{token}"
    # ok: link-to-host-of-request
    return link + again + fixed + f"https://{request.host}/about"
