FROM python:3.13-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.lock requirements-dev.lock ./
COPY dev/venv.sh dev/
RUN sh dev/venv.sh /opt/embargo \
    && /opt/embargo/bin/uv pip install --python /opt/embargo/bin/python --require-hashes --requirements requirements.lock
COPY pyproject.toml README.md LICENSE ingest.py ./
COPY graph graph
COPY loaders loaders
COPY queries queries
COPY api api
COPY cli cli
RUN /opt/embargo/bin/uv pip install --python /opt/embargo/bin/python \
        --no-deps --build-constraints requirements-dev.lock . \
    && /opt/embargo/bin/uv pip uninstall --python /opt/embargo/bin/python pip uv

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/embargo embargo
COPY --from=build /opt/embargo /opt/embargo
ENV PATH=/opt/embargo/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    EMBARGO_STORE=embedded:/var/lib/embargo/store \
    EMBARGO_JOBS=/var/lib/embargo/jobs \
    EMBARGO_KEYS=/var/lib/embargo/keys.json
USER embargo
WORKDIR /var/lib/embargo
VOLUME /var/lib/embargo
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["embargo"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
