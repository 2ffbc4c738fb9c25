# One image for web, worker, beat and migrations; see docs/decisions/0013-production-shape.md. It holds no secret.
FROM python:3.11-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# What WeasyPrint needs for PDF letters: the packages that launcher/debian.py names
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/nyvei

FROM base AS build
# The launcher installs requirements.txt with hashes and --no-deps into .venv, fetches the look and checks it
COPY run.py requirements.txt requirements-look.txt package.json package-lock.json ./
COPY launcher launcher
COPY static static
RUN python3 run.py vendor
COPY . .
RUN .venv/bin/python -m config.texts compile && chmod -R a+rX .
# Settings that are thrown away with this process: nothing is connected to, no key is kept
RUN python3 -c "import run; run.become(run.PYTHON, 'manage.py', 'collectstatic', '--noinput', **run.production())"

FROM base
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin nyvei
# Code belongs to root: the program can't change itself. Only the folder of sealed files is its own
COPY --from=build /srv/nyvei /srv/nyvei
RUN install -d -o nyvei -g nyvei -m 0700 var/files
ENV PATH=/srv/nyvei/.venv/bin:$PATH NYVEI_PRODUCTION=1 MEDIA_ROOT=/srv/nyvei/var/files XDG_CACHE_HOME=/tmp/cache
USER nyvei
EXPOSE 8000
# Asked as the proxy asks: with a name that is allowed, and as https. Asks the database nothing
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "import os, sys, http.client, urllib.parse; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz', headers={'Host': urllib.parse.urlsplit(os.environ['SITE_URL']).netloc, 'X-Forwarded-Proto': 'https'}); sys.exit(c.getresponse().status != 200)"]
CMD ["gunicorn", "config.wsgi", "--worker-class", "gthread", "--threads", "8", "--no-control-socket", "--workers", "2", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
