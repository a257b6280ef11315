FROM debian:12 AS build
# ok: root-at-the-end
USER root
FROM debian:12
# ok: root-at-the-end
USER app
RUN ./x
# ruleid: root-at-the-end
USER root
CMD ["./app"]
