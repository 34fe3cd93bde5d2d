FROM python:3.12-slim AS builder
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.12-slim
ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BIND_HOST=0.0.0.0 \
    PORT=8000
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin site
WORKDIR /app
COPY --from=builder /venv /venv
COPY . .
# The settings refuse to start without these three; the values are thrown away with the command.
RUN SECRET_KEY=for-this-command-only ALLOWED_HOSTS=localhost DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --no-input \
    && install --directory --owner=site /app/var
USER 10001
# What must outlive the container where there is no PostgreSQL and no object store.
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --start-period=60s --interval=30s --timeout=5s CMD ["python", "deploy/health.py"]
# The scheduler is a second container of the same image: python manage.py run_scheduler. The health
# check looks which of the two runs here.
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "emca_site.wsgi"]
