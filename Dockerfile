# syntax=docker/dockerfile:1
# Two stages: what builds stays behind, what runs has no compiler, no pip cache and no root.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/luwte \
 && /opt/luwte/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md ./
COPY adapters adapters
COPY bot bot
COPY conversations conversations
COPY storage storage
RUN /opt/build/bin/python -m hatchling build -t wheel -d /tmp/wheel \
 && /opt/luwte/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps /tmp/wheel/*.whl \
 && /opt/luwte/bin/python -m compileall -q /opt/luwte/lib

FROM python:3.12-slim
# /keys is there so that a volume mounted on it belongs to the user; set LUWTE_KEYS=/keys to use it.
RUN useradd --system --uid 10001 --home-dir /var/lib/luwte --create-home --shell /usr/sbin/nologin luwte \
 && install -d -o 10001 -m 0700 /keys
COPY --from=build /opt/luwte /opt/luwte
ENV PATH=/opt/luwte/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LUWTE_DATA=/var/lib/luwte \
    LUWTE_HOST=0.0.0.0
USER 10001
# The only place that is written to; everything else may be mounted read-only (docker run --read-only).
VOLUME /var/lib/luwte
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('LUWTE_PORT', '8080') + '/healthz', timeout=2)"]
ENTRYPOINT ["luwte"]
CMD ["serve"]
