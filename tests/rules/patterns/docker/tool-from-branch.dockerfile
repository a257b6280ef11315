FROM debian:12
# ruleid: tool-from-branch
RUN pip install git+https://github.com/acme/tool
# ruleid: tool-from-branch
RUN go install example.com/tool@latest
# ruleid: tool-from-branch
RUN cargo install --git https://github.com/acme/tool
# ok: tool-from-branch
RUN pip install git+https://github.com/acme/tool@8f4b7f84864484a7bf31766abe9204da3cbe65b3
# ok: tool-from-branch
RUN go install example.com/tool@v1.4.2
# ok: tool-from-branch
RUN cargo install --git https://github.com/acme/tool --rev 8f4b7f84
