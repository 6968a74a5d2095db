#!/bin/sh
# What tests drive from outside of Python: Debian's Chromium, the feed reader newsboat, and
# rclone, which machines share a build by; honest pictures need fonts for Han and emoji.
set -eu
packages="chromium fonts-noto-cjk fonts-noto-color-emoji newsboat rclone"
has() { command -v "$1" >/dev/null 2>&1; }
has_fonts() { ls /usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc >/dev/null 2>&1; }
if has chromium && has newsboat && has rclone && has_fonts; then exit 0; fi
if [ "$(id -u)" = 0 ] && has apt-get; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
    exit 0
fi
# Tests of newsboat and rclone are skipped where they aren't; those of the browser are not.
if has chromium; then exit 0; fi
echo "The browser tests need Chromium. Install it first: sudo apt-get install $packages" >&2
exit 1
