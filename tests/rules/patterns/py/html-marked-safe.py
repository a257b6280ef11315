from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from markupsafe import Markup


def comment(text):
    # ruleid: html-marked-safe
    return mark_safe(f"<div>{text}</div>")


def title(text):
    # ruleid: html-marked-safe
    return Markup("<b>" + text + "</b>")


def proper(text):
    # ok: html-marked-safe
    return format_html("<div>{}</div>", text)


def markup(text):
    # ok: html-marked-safe
    return Markup("<b>{}</b>").format(text)


def escaped(text):
    # ok: html-marked-safe
    return mark_safe("<b>" + escape(text) + "</b>")


# ok: html-marked-safe
ICON = mark_safe("<i class='icon'></i>")
