#!/bin/sh
# Builds one share of a site; the machines exchange files through object storage.
#
#   build-share.sh read      parse this share of the texts, for all machines
#   build-share.sh build     make this share of the files, without parsing
#   build-share.sh publish   on one machine, when all are done: publish the combined site
#
# Run one build at a time: only files that differ from the site in the bucket are uploaded. The
# working directory must be empty at the start. Environment variables:
#
#   BUCKET                   the storage, in the notation of rclone: store:bucket/folder
#   BUILD                    a unique name for this build: letters, digits, dashes
#   SHARES                   the number of machines
#   JOB_COMPLETION_INDEX     the number of this machine, counted from 0
#   SITEURL                  the address of the site
#   SOURCE_DATE_EPOCH        the current time, the same for all machines: date +%s
#   CONTENT                  the content folder; default: that of the project
set -eu
export LC_ALL=C.UTF-8
: "${BUCKET:?}" "${BUILD:?}" "${SHARES:?}" "${SITEURL:?}" "${SOURCE_DATE_EPOCH:?}"
project=$(cd "$(dirname "$0")/.." && pwd)
made=$BUCKET/builds/$BUILD

# Compare checksums, because times differ: every machine starts with an empty disk.
copy() { rclone copy --checksum "$@"; }
mirror() { rclone sync --checksum "$@"; }
build() {
    python3 -m pelican "${CONTENT:-$project/content}" -s "$project/publishconf.py" -o site \
        --fatal warnings
}
share() {
    number=$((${JOB_COMPLETION_INDEX:?} + 1))
    export RUBRIC_SHARD="$number/$SHARES"
    kept=$SHARES/$number  # other numbers of machines have other shares
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
    copy files "$made/files"  # last: it marks the share as complete
    ;;
publish)
    mkdir -p files
    copy "$made/files" files
    ready=$(find files -type f | wc -l)
    if [ "$ready" -ne "$SHARES" ]; then
        echo "$ready of $SHARES shares of $BUILD are done. The site stays as it is." >&2
        exit 1
    fi
    # Files are copied within the storage; obsolete files are deleted last.
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
