FROM debian:12
# ruleid: curl-to-shell
RUN curl -fsSL https://get.example.com | sh
RUN apt-get update \
# ruleid: curl-to-shell
 && wget -qO- https://get.example.com | bash -s -- -y
# ruleid: curl-to-shell
RUN sh -c "$(curl -fsSL https://get.example.com)"
# ok: curl-to-shell
RUN curl -fsSL https://example.com/a.tgz | tar xz
# ok: curl-to-shell
RUN curl -fsSLo i.sh https://example.com/i.sh && sha256sum -c i.sha256 && sh i.sh
# ok: curl-to-shell
# RUN curl https://get.example.com | sh
