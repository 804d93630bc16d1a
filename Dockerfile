# The bundle in dist/ holds everything it needs, so the second stage installs no packages from npm.
FROM node:24 AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The sources are not here yet, so the build that `prepare` would start has to wait.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:24-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /data
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/dist dist
ENV NODE_ENV=production COUNTERSIGN_DATA=/data PORT=3000
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "dist/cli/main.js"]
CMD ["serve"]
