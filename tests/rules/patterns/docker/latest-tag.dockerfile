# ruleid: latest-tag
FROM node:latest AS build
# ruleid: latest-tag
FROM --platform=linux/amd64 ghcr.io/acme/base:latest
# ok: latest-tag
FROM node:22.1-slim
# ok: latest-tag
FROM node:latest-alpine3.20@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5
# ok: latest-tag
FROM node:$VERSION
