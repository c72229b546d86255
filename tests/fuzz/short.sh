#!/usr/bin/env bash
# Every target for a few seconds, from the fixtures: short.sh [SECONDS each, 8]. Fails at the first input that crashes, takes ten
# seconds or a gibibyte. Needs a nightly compiler and cargo-fuzz.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-8}
tests/fuzz/seed.sh
for target in tests/fuzz/fuzz_targets/*.rs; do
  name=$(basename "$target" .rs)
  # Without the sanitizers: they find what unsafe code does, and ours has none.
  cargo +nightly fuzz run -s none --fuzz-dir tests/fuzz "$name" -- \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=20000 -print_final_stats=1 2>&1 |
    grep -E "^(Done|stat::number_of_executed_units|stat::peak_rss_mb)|ERROR|SUMMARY|panicked|Test unit written|BINGO|error" | sed "s/^/$name: /"
done
