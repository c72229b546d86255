#!/usr/bin/env bash
# Make every file of this folder anew from its source package, in a folder of its own, and compare sums with fonts.toml.
#
#   fonts/rebuild.sh [WORK]        WORK: where to build (default: a new temporary folder)
#
# Needs Debian's apt-get and dpkg-deb, npm, and Python 3.11 or later with venv. Packages come from whatever mirrors this machine is set up
# with: only the release is changed, in a configuration of our own, so the machine's is not touched.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work"
work=$(cd "$work" && pwd)
echo "building in $work"

lists=$(find /etc/apt -name '*.sources' -o -name '*.list')
mirror=$(cat $lists | sed -nE 's/^URIs: *([^ ]+).*/\1/p; s/^deb (\[[^]]*\] )?([^ ]+) .*/\2/p' | grep -v security | head -n 1)
[ -n "$mirror" ] || { echo "no Debian mirror is set up on this machine"; exit 1; }
keys=/usr/share/keyrings/debian-archive-keyring.gpg

# fetch RELEASE PACKAGE VERSION: unpacked into $work/PACKAGE
fetch() {
  local state="$work/apt-$1"
  local apt=(apt-get -q -o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$state/lists"
    -o "Dir::Cache=$state/cache" -o APT::Sandbox::User=root)
  if [ ! -d "$state" ]; then
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
    echo "deb [signed-by=$keys] $mirror $1 main" > "$state/sources.list"
    "${apt[@]}" update > "$state/log"
  fi
  (cd "$work" && rm -f "$2"_*.deb && "${apt[@]}" download "$2=$3" >> "$state/log" && dpkg-deb -x "$2"_*.deb "$work/$2")
}
fetch trixie fonts-noto-cjk 1:20240730+repack1-1
fetch trixie fonts-lxgw-wenkai 1.511+repack-1
fetch sid fonts-libertinus 7.051+ds1-3
fetch bookworm fonts-noto-core 20201225-1
fetch bookworm unicode-data 15.0.0-1
(cd "$work" && npm pack --silent @expo-google-fonts/noto-sans-mono@0.4.2 > /dev/null && mkdir -p mono && tar xzf expo-google-fonts-noto-sans-mono-0.4.2.tgz -C mono)
(cd "$work" && npm pack --silent @expo-google-fonts/noto-emoji@0.4.7 > /dev/null && mkdir -p emoji && tar xzf expo-google-fonts-noto-emoji-0.4.7.tgz -C emoji)

[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q fonttools==4.68.0 uharfbuzz==0.57.0
found() { find "$work/$1" -name "$2" | head -n 1; }
mkdir -p "$work/out"
noto=$(dirname "$(found fonts-noto-cjk NotoSerifCJK-Regular.ttc)")
"$work/venv/bin/python" "$here/rebuild.py" --noto "$noto" --wenkai "$(found fonts-lxgw-wenkai LXGWWenKai-Regular.ttf)" \
  --unihan "$(find "$work/unicode-data" -name 'Unihan_OtherMappings.txt*' | head -n 1)" --out "$work/out"
for face in LibertinusSerif-{Regular,Bold,Italic,BoldItalic} LibertinusMath-Regular; do cp "$(found fonts-libertinus "$face.otf")" "$work/out/"; done
cp "$(found mono NotoSansMono_400Regular.ttf)" "$work/out/NotoSansMono-Regular.ttf"
cp "$(found mono NotoSansMono_700Bold.ttf)" "$work/out/NotoSansMono-Bold.ttf"
cp "$(found emoji NotoEmoji_400Regular.ttf)" "$work/out/NotoEmoji-Regular.ttf"
cp "$(found fonts-noto-core NotoSansSymbols2-Regular.ttf)" "$work/out/"

python3 - "$here/fonts.toml" "$work/out" <<'PYTHON'
import hashlib, pathlib, sys, tomllib
manifest, out = tomllib.loads(pathlib.Path(sys.argv[1]).read_text()), pathlib.Path(sys.argv[2])
differing = 0
for face in manifest["face"]:
    same = hashlib.sha256((out / face["file"]).read_bytes()).hexdigest() == face["sha256"]
    differing += not same
    print("same   " if same else "DIFFERS", face["file"])
sys.exit(1 if differing else 0)
PYTHON
echo "every file is the same as in fonts.toml"
