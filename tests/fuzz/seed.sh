#!/usr/bin/env bash
# Fill the corpora from the fixtures and the samples.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# seed TARGET EXTENSION…
seed() {
  local target=$1 extension file
  shift
  mkdir -p "corpus/$target"
  for extension in "$@"; do
    find ../readers ../../input -type f -name "*.$extension" 2>/dev/null | while read -r file; do
      cp "$file" "corpus/$target/$(sha256sum "$file" | cut -c1-16)"
    done
  done
}
seed read_text txt
# Fixtures of dumps without their labels.
for file in ../readers/text/*.gold; do
  sed -e '1,/^---$/d' -e 's/^[^|]*|//' -e 's/[⟦⟧]//g' "$file" > "corpus/read_text/$(basename "$file" .gold)"
done
seed read_markdown md
seed read_html html htm
seed read_xml xml dbk fb2
seed read_json json
