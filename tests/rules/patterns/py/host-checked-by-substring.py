from urllib.parse import urlsplit


def ours(url, origin):
    # ruleid: host-checked-by-substring
    if "example.com" in url:
        return True
    # ruleid: host-checked-by-substring
    if url.startswith("https://example.com"):
        return True
    # ruleid: host-checked-by-substring
    return origin.endswith("example.com")


def ours_safely(url, origin):
    # ok: host-checked-by-substring
    if urlsplit(url).hostname == "example.com":
        return True
    # ok: host-checked-by-substring
    if url.startswith("https://example.com/"):
        return True
    # ok: host-checked-by-substring
    return origin.endswith(".example.com")
