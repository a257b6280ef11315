FROM node:22
# ruleid: git-folder-copied
COPY .git /app/.git
# ok: git-folder-copied
COPY .gitconfig /root/
# ok: git-folder-copied
COPY . /app
