FROM debian:12
# ruleid: chmod-777
RUN chmod -R 777 /app
# ruleid: chmod-777
COPY --chmod=777 . /app
# ok: chmod-777
RUN chmod 755 /app/run
# ok: chmod-777
RUN chmod -R u+rwX /app
