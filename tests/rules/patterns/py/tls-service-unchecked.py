import ldap
import pymongo
import redis
from elasticsearch import Elasticsearch
from kafka import KafkaProducer

# ruleid: tls-service-unchecked
database = pymongo.MongoClient(address, tls=True, tlsAllowInvalidCertificates=True)

# ruleid: tls-service-unchecked
cache = redis.Redis(host="cache", ssl=True, ssl_cert_reqs=None)

# ruleid: tls-service-unchecked
search = Elasticsearch(address, verify_certs=False)

# ruleid: tls-service-unchecked
producer = KafkaProducer(security_protocol="SSL", ssl_check_hostname=False)

# ruleid: tls-service-unchecked
ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)

# ruleid: tls-service-unchecked
broker.tls_insecure_set(True)

# ok: tls-service-unchecked
database = pymongo.MongoClient(address, tls=True, tlsCAFile="/etc/ssl/ca.pem")

# ok: tls-service-unchecked
cache = redis.Redis(host="cache", ssl=True, ssl_cert_reqs="required")

# ok: tls-service-unchecked
search = Elasticsearch(address, verify_certs=True)

# ok: tls-service-unchecked
producer = KafkaProducer(security_protocol="SSL", ssl_check_hostname=True)

# ok: tls-service-unchecked
ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)

# ok: tls-service-unchecked
broker.tls_insecure_set(False)
