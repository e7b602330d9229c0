# One image for servers and workers. Tags can be moved: to build for production, pin the digest that was checked, with
# --build-arg NODE_IMAGE=node:24.20.0-trixie-slim@sha256:…
ARG NODE_IMAGE=node:24.20.0-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY . .
# All steps are in there, so that they are the same without Docker.
RUN node scripts/run.mjs package /opt/interview-webhooks

FROM ${NODE_IMAGE}
# On 0.0.0.0 inside of the container only. Receivers' names are looked up on the thread pool.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /opt/interview-webhooks
# Root's, and so read-only for who runs it.
COPY --from=build /opt/interview-webhooks .
# The image's user "node", as a number: Kubernetes cannot tell that a name is not root's.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
