FROM python:3.13-slim
# ruleid: pip-without-tls
RUN pip install --trusted-host pypi.example.com -r requirements.txt
# ruleid: pip-without-tls
RUN pip install --index-url http://pypi.example.com/simple app
# ok: pip-without-tls
RUN pip install --index-url https://pypi.example.com/simple app
# ok: pip-without-tls
RUN curl -i http://example.com/
