FROM debian:12
# ruleid: ssh-server
RUN apt-get install -y --no-install-recommends openssh-server
# ruleid: ssh-server
RUN echo "root:root" | chpasswd
# ok: ssh-server
RUN apt-get install -y openssh-client
# ok: ssh-server
RUN ssh-keyscan github.com >> /etc/ssh/ssh_known_hosts
