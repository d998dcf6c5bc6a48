# syntax=docker/dockerfile:1
# One file for every service: docker build --build-arg SERVICE=routing --tag dip/routing .
# docs/image.md says what is in an image, and how to build, check and pin it.

# Any Node with npm installs the packages; the Node that runs is one of them, pinned in package-lock.json.
ARG BUILD_BASE=node:lts-trixie-slim
# The C library and libstdc++, and nothing to log in to. Pin it by digest where builds have to be the same for years.
ARG RUNTIME_BASE=gcr.io/distroless/cc-debian13:nonroot

FROM ${BUILD_BASE} AS deps
# What is scanned for the SBOM: of the packages in a bundle nothing is to be seen in the bundle itself.
ARG BUILDKIT_SBOM_SCAN_STAGE=true
# Node wants libatomic since its 25th version, and neither of the two bases has it; nor has one an init.
RUN apt-get update && apt-get install --yes --no-install-recommends libatomic1 tini && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY bin ./bin
RUN --mount=type=cache,target=/root/.npm npm ci

FROM deps AS build
ARG SERVICE
COPY tsconfig.json LICENSE ./
COPY services ./services
RUN npm run build -- "$SERVICE" /out
RUN mkdir /libraries && cp -L /usr/lib/*-linux-gnu/libatomic.so.1 /libraries
RUN cp /usr/bin/tini-static /out/tini && cp /usr/share/doc/tini/copyright /out/tini-licence.txt

# For `skaffold dev`: runs a copy of the sources in /tmp, where a pod may write, and starts anew when one changes.
FROM deps AS dev
ARG SERVICE
COPY services ./services
ENV SERVICE=${SERVICE} NODE_DISABLE_COMPILE_CACHE=1
USER 65532:65532
ENTRYPOINT ["sh", "-c", "mkdir -p /tmp/app && cp -R /app/package.json /app/services /tmp/app && ln -sfn /app/node_modules /tmp/app/node_modules && cd /tmp/app && exec /app/node_modules/.bin/node --watch services/cli/start.mjs serve \"$SERVICE\""]

FROM ${RUNTIME_BASE} AS runtime
ARG SERVICE
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="dip/${SERVICE}" \
  org.opencontainers.image.description="The service ${SERVICE} of DIP, which turns incoming documents into routed, answered work" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.source="${SOURCE}"
COPY --from=build /libraries/ /usr/lib/
COPY --from=build /out/ /app/
WORKDIR /app
ENV NODE_ENV=production
USER 65532:65532
EXPOSE 8080
# The kernel drops the signals that process 1 has no handler for, and Node has none before it has started: a pod that is
# told to end by then would live on for all its grace period. Under an init Node is not process 1. 143: ended by SIGTERM.
ENTRYPOINT ["/app/tini", "-e", "143", "--", "/app/node", "/app/service.mjs"]
