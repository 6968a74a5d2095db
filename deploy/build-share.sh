#!/bin/sh
# One machine's share of a build, with object storage between the machines.
#
#   build-share.sh read      parses this share of the texts, for all
#   build-share.sh build     makes this share of the files, and parses nothing
#   build-share.sh publish   one machine, when all are done: what they made becomes the site
#
# One build at a time: only what differs from the site of the bucket is sent there. Works in
# the folder it is called in, which is empty at first. From the environment:
#
#   BUCKET                   where everything is kept, as rclone names it: store:bucket/folder
#   BUILD                    a name for this build that no other one has: letters, digits, dashes
#   SHARES                   how many machines there are
#   JOB_COMPLETION_INDEX     which of them this is, counted from 0
#   SITEURL                  address of the site
#   SOURCE_DATE_EPOCH        what time it is, the same for all machines: date +%s
#   CONTENT                  folder of texts; that of the project unless said
set -eu
export LC_ALL=C.UTF-8
: "${BUCKET:?}" "${BUILD:?}" "${SHARES:?}" "${SITEURL:?}" "${SOURCE_DATE_EPOCH:?}"
project=$(cd "$(dirname "$0")/.." && pwd)
made=$BUCKET/builds/$BUILD

# What is the same isn't sent again; times differ, for every machine starts with nothing.
copy() { rclone copy --checksum "$@"; }
mirror() { rclone sync --checksum "$@"; }
build() {
    python3 -m pelican "${CONTENT:-$project/content}" -s "$project/publishconf.py" -o site \
        --fatal warnings
}
share() {
    number=$((${JOB_COMPLETION_INDEX:?} + 1))
    export RUBRIC_SHARD="$number/$SHARES"
    kept=$SHARES/$number  # another number of machines shares otherwise, so it begins anew
}

case ${1:-} in
read)
    share
    mkdir -p .site.store/texts
    copy "$BUCKET/texts/$kept" .site.store/texts
    RUBRIC_ONLY_READ=1 build
    mirror .site.store/texts "$BUCKET/texts/$kept"
    ;;
build)
    share
    mkdir -p texts site exports .cache/social .site.store/texts .site.store/values
    copy "$BUCKET/texts/$SHARES" texts
    find texts -type f -exec mv {} .site.store/texts/ \;
    copy "$BUCKET/pictures/$kept" .cache/social
    copy "$BUCKET/values/$kept" .site.store/values
    build
    copy .cache/social "$BUCKET/pictures/$kept"
    mirror .site.store/values "$BUCKET/values/$kept"
    copy exports "$made/exports"
    copy --no-traverse --compare-dest "$BUCKET/site" site "$made/site"
    mkdir -p files
    find site -type f -printf '%P\n' > "files/$number"
    copy files "$made/files"  # last: it says that the rest is there
    ;;
publish)
    mkdir -p files
    copy "$made/files" files
    ready=$(find files -type f | wc -l)
    if [ "$ready" -ne "$SHARES" ]; then
        echo "$ready of $SHARES shares of $BUILD are done. The site stays as it is." >&2
        exit 1
    fi
    # Storage copies within itself, and what nobody has made any more goes last.
    copy "$made/site" "$BUCKET/site"
    rclone lsf --recursive --files-only "$BUCKET/site" | sort > there
    sort files/* | comm -13 - there > vanished
    [ ! -s vanished ] || rclone delete --files-from-raw vanished "$BUCKET/site"
    mirror "$made/exports" "$BUCKET/exports"
    rclone purge "$made"
    ;;
*)
    echo "Say what to do: $0 read, build or publish." >&2
    exit 2
    ;;
esac
