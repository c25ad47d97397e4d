# What is served is the same bundle that `npm start` runs. docs/operating.md says how to use the image and how to pin its base.
ARG NODE_IMAGE=node:24-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# By themselves: packages are installed again only where one of these two has changed. No scripts: Node is here already.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY bundle bundle
COPY commands commands
COPY src src
RUN node bundle/build.js \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/.cache

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Cardigan" \
  org.opencontainers.image.description="A Discord bot that buys digital gift cards from a team's prepaid CardPlusPay account" \
  org.opencontainers.image.licenses="MIT"
WORKDIR /app
# A user that has nothing but these two. By number: it needs no line in /etc/passwd, and is the same on every machine.
RUN install -d -o 10001 -g 10001 -m 0700 /data /backups
COPY LICENSE package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/bundle bundle
COPY --from=build /app/commands commands
COPY --from=build /app/src src
COPY --from=build /app/dist dist
ENV NODE_ENV=production \
  STORE_URL=sqlite:///data/cardigan.db \
  HEALTH_ADDRESS=0.0.0.0:9464
VOLUME ["/data", "/backups"]
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["node", "bundle/run.js", "health"]
ENTRYPOINT ["node", "bundle/run.js"]
CMD ["main"]
