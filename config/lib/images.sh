# shellcheck shell=bash
# Images of Tessera on this machine: from an archive, built here, or pulled by docker compose when it starts.

# The digest of the last archive that was loaded.
LOADED_IMAGES=/var/lib/tessera/loaded-images
# The images that came with archives, and those without a name that building left, one a line; for --uninstall.
INSTALLED_IMAGES=/var/lib/tessera/installed-images

# ensure_images UNIT IMAGE…: with IMAGES set, loads that archive, once; with BUILD=yes, or where an image with the tag
# `local` is missing then, builds IMAGE (tessera-master, tessera-executor) from the project that this script lies in.
ensure_images() {
  local unit=$1 image
  shift
  if [[ -n $IMAGES ]]; then load_images "$unit"; fi
  for image; do
    if has_to_be_built "$image"; then build_image "$unit" "$image"; fi
  done
}

# has_to_be_built IMAGE: a predicate. With --dry-run nobody knows what an archive would bring.
has_to_be_built() {
  if [[ $BUILD == yes ]]; then return 0; fi
  if is_dry_run && [[ -n $IMAGES ]]; then return 1; fi
  [[ $(image_tag) == local ]] && ! has_image "$1:local"
}

load_images() {
  local digest
  digest=$(sha256sum <"$IMAGES")
  if [[ -f $LOADED_IMAGES && $(cat -- "$LOADED_IMAGES") == "$digest" ]]; then return 0; fi
  mark_for_restart "$1"
  change "load the images in $IMAGES" load_and_list "$IMAGES"
  write_file "$LOADED_IMAGES" 644 root:root <<<"$digest"
}

load_and_list() { listing_new_images docker load --quiet --input "$1"; }

# listing_new_images COMMAND [ARGUMENT…]: notes which images it made.
listing_new_images() {
  list_images >"$WORK/images"
  "$@"
  (umask 022 && mkdir -p -- "${INSTALLED_IMAGES%/*}")
  (umask 022 && list_images | LC_ALL=C comm -13 "$WORK/images" - >>"$INSTALLED_IMAGES")
}

# list_images: prints names, and the ids of images that have none.
list_images() {
  docker images --no-trunc --format '{{.Repository}}:{{.Tag}} {{.ID}}' | sed 's/^<none>:<none> //;s/ .*//' | LC_ALL=C sort -u
}

# remove_installed_images: those that these scripts brought and that no container uses; the newest first, for others may
# be built on the older ones.
remove_installed_images() {
  local image
  if [[ -f $INSTALLED_IMAGES ]]; then
    while IFS= read -r image; do
      if has_image "$image" && [[ -z $(docker ps --all --quiet --filter "ancestor=$image") ]]; then
        change "remove the image $image" docker image rm "$image"
      fi
    done < <(tac -- "$INSTALLED_IMAGES")
  fi
  remove_path "$LOADED_IMAGES" "$INSTALLED_IMAGES"
}

build_image() {
  local unit=$1 image=$2 before
  before=$(image_id "$image:$(image_tag)")
  if is_dry_run; then
    change "build $image:$(image_tag)" true
    return 0
  fi
  local arguments=(--build-arg "VERSION=$(image_tag)")
  if [[ -n $(compose_setting NODE_IMAGE) ]]; then arguments+=(--build-arg "NODE_IMAGE=$(compose_setting NODE_IMAGE)"); fi
  attempt "build $image:$(image_tag)" listing_new_images docker build --quiet "${arguments[@]}" --tag "$image:$(image_tag)" \
    --file "$CHECKOUT/components/${image#tessera-}/Dockerfile" "$CHECKOUT"
  if [[ $(image_id "$image:$(image_tag)") == "$before" ]]; then return 0; fi
  mark_for_restart "$unit"
  change "build $image:$(image_tag)" true
}

image_tag() {
  local tag
  tag=$(compose_setting TESSERA_VERSION)
  printf '%s' "${tag:-local}"
}

has_image() { [[ -n $(image_id "$1") ]]; }

image_id() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null || true; }
