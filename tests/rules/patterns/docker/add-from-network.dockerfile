FROM debian:12
# ruleid: add-from-network
ADD https://example.com/tool.tgz /tmp/
# ruleid: add-from-network
ADD --chown=app https://example.com/tool.tgz /tmp/
# ok: add-from-network
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/tool.tgz /tmp/
# ok: add-from-network
ADD rootfs.tar.xz /
# ok: add-from-network
COPY https.conf /etc/
