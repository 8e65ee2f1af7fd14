#!/usr/bin/env bash
# Builds the corpus: the text of the Collaborative International Dictionary of English 0.48 (GCIDE), as Debian ships
# it in the package dict-gcide: 39,952,321 bytes of ASCII, in dictionary order.
#
# Licence: GNU General Public License, version 2 or (at your option) any later version; derived from Webster's Revised
# Unabridged Dictionary (1913, public domain) and WordNet. The text is not part of this repository; the notice that
# comes with it is copied beside it. No root is needed: the package is downloaded, not installed.
#
#   ./corpus.sh [FOLDER]     default: corpus/ beside this script
#   GCIDE=FILE ./corpus.sh   from a gcide.dict.dz or dict-gcide .deb that you have
set -euo pipefail
package=dict-gcide
version=0.48.5+nmu2
package_hash=7b0af5cfde3cbdef5e9d6e78f92ec335ced7c2790f37a40f49bebc6f7347ac0f
corpus_hash=802beb667e1fb666203e750f1faea60d5c202ac5430c2083c4180494609f10a7
folder=${1:-$(cd "$(dirname "$0")" && pwd)/corpus}

fail() { echo "error: $1" >&2; echo "  help: $2" >&2; exit 1; }
matches() { [[ -f "$2" ]] && [[ $(sha256sum "$2" | cut -d' ' -f1) == "$1" ]]; }

mkdir -p "$folder" 2>/dev/null && [[ -w "$folder" ]] || fail "cannot write '$folder'" "./corpus.sh FOLDER"
if matches "$corpus_hash" "$folder/corpus.txt"; then echo "$folder/corpus.txt is there"; exit 0; fi
scratch=$(mktemp -d "$folder/.making.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

if [[ -n "${GCIDE:-}" && "$GCIDE" != *.deb ]]; then
    dictionary=$GCIDE
elif [[ -z "${GCIDE:-}" && -f /usr/share/dictd/gcide.dict.dz ]]; then
    dictionary=/usr/share/dictd/gcide.dict.dz
else
    deb=${GCIDE:-}
    if [[ -z "$deb" ]]; then
        command -v apt-get >/dev/null || fail "no apt-get here" "fetch $package $version and set GCIDE=FILE"
        (cd "$scratch" && { apt-get -q download "$package=$version" || apt-get -q download "$package"; }) >&2 ||
            fail "apt-get could not download $package" "run 'apt-get update', or fetch it and set GCIDE=FILE"
        deb=$(echo "$scratch"/"$package"_*.deb)
    fi
    matches "$package_hash" "$deb" || echo "note: $(basename "$deb") is not $package $version; trying its text" >&2
    dpkg-deb -x "$deb" "$scratch/tree"
    dictionary=$scratch/tree/usr/share/dictd/gcide.dict.dz
    cp "$scratch/tree/usr/share/doc/$package/copyright" "$folder/LICENCE-NOTICE"
fi
gzip -dc <"$dictionary" >"$scratch/corpus.txt"
matches "$corpus_hash" "$scratch/corpus.txt" ||
    fail "the text's SHA-256 is not $corpus_hash" "version $version of $package is the one that the runs were made with"
mv "$scratch/corpus.txt" "$folder/corpus.txt"
echo "$folder/corpus.txt: $(stat -c %s "$folder/corpus.txt") bytes, sha256 $corpus_hash"
