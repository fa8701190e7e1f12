# Builds the program with everything it needs to be built, then keeps only what runs.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools/bootstrap tools/bootstrap
RUN node tools/bootstrap/install.mjs
COPY . .
RUN node tools/bootstrap/build.mjs && npm prune --omit=dev

FROM node:24-bookworm-slim
# The environment and the flags of tools/bootstrap/frugal.mjs are said again here.
ENV NODE_ENV=production DATA_DIR=/data MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
# Streams are repacked, and films and sound measured and drawn, by ffmpeg; pages of PDFs are drawn by poppler and, where they have no words,
# read by tesseract in two languages.
RUN apt-get update && apt-get install -y --no-install-recommends \
  ffmpeg poppler-utils tesseract-ocr tesseract-ocr-spa tesseract-ocr-eng && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --from=build /app/migrations ./migrations
RUN install -d -o node -g node /data
# Not root: PostgreSQL refuses to run as root, and so should everything that opens a port.
USER node
VOLUME /data
EXPOSE 4747
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4747) + '/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "--heap-growing-percent=50", "build/server/cli.js"]
