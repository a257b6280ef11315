const ldap = require("ldapjs");
const xpath = require("xpath");

// ruleid: ldap-xpath-injection
client.search(base, { filter: `(uid=${name})`, scope: "sub" }, done);
// ruleid: ldap-xpath-injection
const filter = "(&(uid=" + name + ")(active=TRUE))";
// ruleid: ldap-xpath-injection
const hits = xpath.select(`//user[name='${name}']`, doc);
// ok: ldap-xpath-injection
client.search(base, { filter: "(uid=admin)" }, done);
// ok: ldap-xpath-injection
client.search(base, { filter: new ldap.EqualityFilter({ attribute: "uid", value: name }) }, done);
// ok: ldap-xpath-injection
client.search(base, { filter: `(uid=${escapeFilter(name)})` }, done);
// ok: ldap-xpath-injection
const found = xpath.select("//user[@id='1']", doc);
