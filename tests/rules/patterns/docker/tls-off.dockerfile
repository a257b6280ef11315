FROM node:22
# ruleid: tls-off
ENV NODE_TLS_REJECT_UNAUTHORIZED=0
# ruleid: tls-off
RUN git config --global http.sslVerify false
# ruleid: tls-off
RUN curl -fsSk https://example.com/a.tgz -o a.tgz
# ruleid: tls-off
RUN apt-get install -y --allow-unauthenticated app
# ok: tls-off
RUN curl -fsSL https://example.com/a-k.tgz -o a.tgz
# ok: tls-off
ENV NODE_EXTRA_CA_CERTS=/ca.pem
# ok: tls-off
RUN git config --global http.sslVerify true
# ok: tls-off
# RUN wget --no-check-certificate https://example.com/
