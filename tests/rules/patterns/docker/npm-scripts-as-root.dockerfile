FROM node:22
# ruleid: npm-scripts-as-root
RUN npm install --unsafe-perm
# ruleid: npm-scripts-as-root
RUN npm config set unsafe-perm true
# ok: npm-scripts-as-root
RUN npm ci --ignore-scripts
# ok: npm-scripts-as-root
RUN npm install --unsafe-perm=false
