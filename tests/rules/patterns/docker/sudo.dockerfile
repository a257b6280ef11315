FROM debian:12
# ruleid: sudo
RUN echo "app ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/app
# ok: sudo
RUN echo "app ALL=(ALL) NOPASSWD: /usr/bin/systemctl" > /etc/sudoers.d/app
