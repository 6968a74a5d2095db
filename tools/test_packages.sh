#!/bin/sh
# Installs the programs that tests use: Chromium, the feed reader newsboat, and rclone for builds
# on several machines. Screenshots need fonts for Han characters and emoji.
set -eu
packages="chromium-headless-shell fonts-noto-cjk fonts-noto-color-emoji newsboat rclone"
has() { command -v "$1" >/dev/null 2>&1; }
has_chromium() { has chromium-headless-shell || has chromium; }
has_fonts() { ls /usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ] && has apt-get; }
install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
if is_root; then
    if ! has chromium-headless-shell || ! has newsboat || ! has rclone || ! has_fonts; then
        apt-get update -qq
        # Older releases have no package of the shell alone.
        # shellcheck disable=SC2086
        install $packages || install chromium ${packages#* }
    fi
    exit 0
fi
# Without newsboat and rclone, their tests are skipped. The browser tests need Chromium.
if has_chromium; then exit 0; fi
echo "The browser tests need Chromium. Install it first: sudo apt-get install $packages" >&2
exit 1
