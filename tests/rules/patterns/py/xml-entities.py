import xml.sax
from xml.sax import handler

from lxml import etree

# ruleid: xml-entities
parser = etree.XMLParser(resolve_entities=True)

# ruleid: xml-entities
parser = etree.XMLParser(no_network=False, load_dtd=True)

reader = xml.sax.make_parser()
# ruleid: xml-entities
reader.setFeature(handler.feature_external_ges, True)

# ok: xml-entities
parser = etree.XMLParser(resolve_entities=False)

# ok: xml-entities
parser = etree.XMLParser(no_network=True)

# ok: xml-entities
reader.setFeature(handler.feature_external_ges, False)
