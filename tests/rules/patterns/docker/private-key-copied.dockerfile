FROM node:22
# ruleid: private-key-copied
COPY id_rsa /root/.ssh/id_rsa
# ruleid: private-key-copied
COPY --chown=app package.json .npmrc ./
# ruleid: private-key-copied
ADD .env /app/.env
# ok: private-key-copied
COPY id_rsa.pub /root/.ssh/authorized_keys
# ok: private-key-copied
COPY .env.example /app/
# ok: private-key-copied
COPY --from=build /app/.env /app/
