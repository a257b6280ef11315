from pysnmp.hlapi import CommunityData, UsmUserData

# ruleid: snmp-cleartext
community = CommunityData("public", mpModel=0)

# ruleid: snmp-cleartext
user = UsmUserData("monitor", auth_key)

# ok: snmp-cleartext
user = UsmUserData("monitor", auth_key, privacy_key)

# ok: snmp-cleartext
user = UsmUserData("monitor", authKey=auth_key, privKey=privacy_key)
