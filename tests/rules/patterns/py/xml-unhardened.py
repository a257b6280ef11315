import xml.etree.ElementTree as ET

import defusedxml.ElementTree
from lxml import etree


def load(path):
    # ruleid: xml-unhardened
    return ET.parse(path)


def load_text(text):
    # ruleid: xml-unhardened
    return etree.fromstring(text)


# ok: xml-unhardened
tree = ET.parse("pom.xml")


def load_safely(path):
    # ok: xml-unhardened
    return defusedxml.ElementTree.parse(path)
