# Sourced: brings the Debian packages of a list in scripts/apt/ that are missing.
# shellcheck shell=bash

# packages_in LIST…: the names in scripts/apt/LIST.txt, one a line.
packages_in() {
    local list
    for list in "$@"; do
        awk '!/^#/ && NF { print $1 }' "$TMS_ROOT/scripts/apt/$list.txt"
    done
}

# missing_packages LIST…: the names of those that are not installed.
missing_packages() {
    comm -23 <(packages_in "$@" | sort -u) \
        <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null |
            awk '$1 == "installed" { print $2 }' | sort -u)
}

# install_packages LIST…: install what is missing, with apt, as root or through sudo.
install_packages() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
        fail "apt-get is missing: this needs Debian 12 (packages: $(packages_in "$@" | paste -sd' '))"
    local missing=()
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "packages missing and neither root nor sudo: ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    local log=$TMS_ROOT/build/logs/apt.log
    quietly "$log" "${as_root[@]}" apt-get update ||
        fail "apt-get update failed (build/logs/apt.log); missing: ${missing[*]}"
    # No recommended packages: the lists name what is used.
    quietly "$log" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}" ||
        fail "apt-get install failed (build/logs/apt.log); missing: ${missing[*]}"
}
