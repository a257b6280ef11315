import xml.etree.ElementTree as ET
from xml.dom import minidom

import defusedxml.ElementTree
from flask import request
from lxml import etree


def first():
    # ruleid: xml-from-request
    return ET.fromstring(request.data)


def second():
    body = request.get_data()
    # ruleid: xml-from-request
    return minidom.parseString(body)


def third():
    # ruleid: xml-from-request
    return etree.fromstring(request.data)


def safe():
    # ok: xml-from-request
    return defusedxml.ElementTree.fromstring(request.data)


def safe_parser():
    parser = etree.XMLParser(resolve_entities=False)
    # ok: xml-from-request
    return etree.fromstring(request.data, parser)


def local():
    # ok: xml-from-request
    return ET.parse("pom.xml")
