# ruleid: container-with-host
docker run --privileged acme/ci:2
# ruleid: container-with-host
docker run -v /var/run/docker.sock:/var/run/docker.sock acme/ci:2
# ruleid: container-with-host
docker run -d --pid=host acme/agent:1
# ok: container-with-host
docker run -v "$PWD/data:/data" acme/ci:2
# ok: container-with-host
docker run --cap-add NET_BIND_SERVICE acme/web:1
# ok: container-with-host
docker ps --no-trunc
