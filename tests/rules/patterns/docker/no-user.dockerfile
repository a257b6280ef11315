FROM debian:12 AS tool
# ok: no-user
CMD ["./build"]
FROM debian:12
RUN ./x
# ruleid: no-user
CMD ["./app"]
