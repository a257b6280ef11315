package main

import "github.com/go-ldap/ldap/v3"

func find(user string) {
	// ruleid: ldap-injection
	filter := fmt.Sprintf("(&(objectClass=person)(uid=%s))", user)
	// ruleid: ldap-injection
	other := "(uid=" + user + ")"
	// ok: ldap-injection
	escaped := fmt.Sprintf("(&(objectClass=person)(uid=%s))", ldap.EscapeFilter(user))
	// ok: ldap-injection
	fixed := "(objectClass=person)"
	// ok: ldap-injection
	said := fmt.Sprintf("(%s)", user)
	use(filter, other, escaped, fixed, said)
}
