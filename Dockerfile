# A static binary in an empty image.
#   docker build -t banxin .
#   docker run --rm -v "$PWD:/work" banxin input -o output
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev python3
WORKDIR /src
COPY . .
RUN cargo build --release --locked && python3 .ci/without-profile.py target/release/banxin

FROM scratch
COPY --from=build /src/target/release/banxin /banxin
WORKDIR /work
ENTRYPOINT ["/banxin"]
