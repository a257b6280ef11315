FROM debian:12
# ruleid: secret-in-image
ENV DB_PASSWORD=winter-and-summer
# ruleid: secret-in-image
ARG NPM_TOKEN=abcd-efgh-ijkl
# ruleid: secret-in-image
ENV API_KEY "abcd-efgh-ijkl"
# ok: secret-in-image
ARG NPM_TOKEN
# ok: secret-in-image
ENV DB_PASSWORD=""
# ok: secret-in-image
ENV DB_PASSWORD=$DB_PASSWORD
# ok: secret-in-image
ENV DB_PASSWORD_FILE=/run/secrets/db
# ok: secret-in-image
ENV TOKENIZERS_PARALLELISM=false
