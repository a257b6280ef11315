FROM debian:12
# ruleid: secret-as-build-argument
ARG NPM_TOKEN
# ruleid: secret-as-build-argument
ARG DB_PASSWORD
# ok: secret-as-build-argument
ARG VERSION
# ok: secret-as-build-argument
ARG TOKENIZER
