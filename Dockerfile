# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home codegen
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY --chown=codegen manage.py ./
COPY --chown=codegen codegen_site ./codegen_site
COPY --chown=codegen projects ./projects
COPY --chown=codegen memory ./memory
COPY --chown=codegen generation ./generation
COPY --chown=codegen templates ./templates
RUN mkdir var && chown codegen var
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 CODEGEN_PROCESS=web
USER codegen
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["python", "-m", "uvicorn", "codegen_site.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--lifespan", "off"]
