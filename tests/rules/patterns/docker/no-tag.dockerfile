# ruleid: no-tag
FROM ghcr.io/acme/base
# ruleid: no-tag
FROM bitnami/postgresql AS db
# ok: no-tag
FROM ghcr.io/acme/base:4.2
# ok: no-tag
FROM scratch
# ok: no-tag
FROM db
# ok: no-tag
FROM registry.example.com:5000/base@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5
