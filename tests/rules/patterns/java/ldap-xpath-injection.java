import javax.naming.directory.DirContext;
import javax.xml.xpath.XPath;

class A {
    void find(String name) {
        // ruleid: ldap-xpath-injection
        context.search("ou=people", "(uid=" + name + ")", controls);
        String filter = "(&(uid=" + name + ")(active=TRUE))";
        // ruleid: ldap-xpath-injection
        context.search("ou=people", filter, controls);
        // ruleid: ldap-xpath-injection
        xpath.evaluate("//user[@name='" + name + "']", document);
        // ok: ldap-xpath-injection
        context.search("ou=people", "(uid={0})", new Object[] {name}, controls);
        // ok: ldap-xpath-injection
        xpath.evaluate("//user[@name=$name]", document);
        // ok: ldap-xpath-injection
        context.search("ou=people", "(uid=admin)", controls);
    }
}
