#!/bin/sh
# Browser tests drive Debian's Chromium; honest pictures need fonts for Han and emoji.
set -eu
packages="chromium fonts-noto-cjk fonts-noto-color-emoji"
has_fonts() { ls /usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc >/dev/null 2>&1; }
if command -v chromium >/dev/null 2>&1 && has_fonts; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
    exit 0
fi
if command -v chromium >/dev/null 2>&1; then exit 0; fi
echo "The browser tests need Chromium. Install it first: sudo apt-get install $packages" >&2
exit 1
