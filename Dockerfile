# The base of both stages; docs/container.md says how to pin it by its digest.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Without scripts: npm before 11.16 does not know package.json's allowScripts and would compile
# better-sqlite3, for which this base has no tools; the npm package `node` is not needed on Node 24.
RUN npm ci --ignore-scripts
# .dockerignore lets only the build's input through.
COPY . .
# dist/ has binaries of SQLite for eight platforms, 17 MB, of which one of 2 MB is used. Opening a database
# proves that it is the one left.
RUN npm run build && \
    rm dist/.tsbuildinfo && \
    find dist/better-sqlite3/prebuilds -type f ! -name "linux-$(node -p process.arch).node" -delete && \
    node -e "require('./dist/better-sqlite3')(':memory:')"

FROM ${BASE}
LABEL org.opencontainers.image.title="xbl-achievements-emulator" \
      org.opencontainers.image.description="An emulator of the Xbox Live achievements service for local development and tests" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=5280 \
    XBL_DATABASE=/data/world.db \
    XBL_TLS_DIR=/data/tls

# Before VOLUME: a new volume takes its owner from these folders.
RUN mkdir -p /data/tls && chmod 700 /data/tls && chown -R node:node /data
VOLUME /data

COPY package.json package-lock.json ./
# The last line is what npm keeps.
RUN npm ci --omit=dev --ignore-scripts && \
    rm -rf ~/.npm /tmp/node-compile-cache

COPY --from=build /app/dist dist
COPY --from=build /app/fixtures fixtures
COPY LICENSE ./

USER node
# HTTP, and HTTPS with XBL_TLS=true.
EXPOSE 5280 5443
# Reads PORT, as the server does; a --port in the command would escape it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/_emulator/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/bin.js"]
CMD ["start"]
