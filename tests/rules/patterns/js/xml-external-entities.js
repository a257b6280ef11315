// ruleid: xml-external-entities
const doc = libxmljs.parseXml(req.body, { noent: true, noblanks: true });
// ruleid: xml-external-entities
const two = libxml.parseXmlString(text, { noent: true });
// ok: xml-external-entities
const three = libxmljs.parseXml(req.body, { noblanks: true });
// ok: xml-external-entities
const four = libxmljs.parseXml(req.body, { noent: false });
